package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.DepthError;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.head.HeadKind;
import java.util.List;

/** What a training minimises where distances are known. Stateless. */
public final class DepthLoss {
  private DepthLoss() {}

  /**
   * The mean absolute difference of the natural logarithms of distances, over the pixels whose
   * distance is known and within the head's range.
   *
   * @param output the answer
   * @param kind what its numbers are
   */
  public static Loss of(String output, HeadKind kind) {
    return new Loss(List.of(new DepthError(output, (DepthHead) kind, DepthError.Norm.LOG, 1)));
  }
}
