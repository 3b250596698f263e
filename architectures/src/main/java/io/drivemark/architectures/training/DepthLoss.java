package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.DepthError;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.head.DisparityHead;
import io.drivemark.architectures.head.HeadKind;
import io.drivemark.datasets.CameraPair;
import io.drivemark.datasets.Depth;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a training minimises where distances are known: the mean absolute difference of their
 * natural logarithms, over the pixels whose distance is known and within the head's range. A
 * disparity s, a share of the width, is compared as 1/s with the distance in units of focal length
 * · baseline / width: the difference of the logarithms is that of metres. Stateless.
 */
public final class DepthLoss {
  /** Of 1/s: wide, since the range is the head's, in metres. */
  private static final DepthHead SHARES = new DepthHead(0.1, 1e5, DepthHead.Form.INVERSE);

  private DepthLoss() {}

  /**
   * The loss; a step gives it what {@link #truth} makes of distances.
   *
   * @param output the answer
   * @param kind what its numbers are
   */
  public static Loss of(String output, HeadKind kind) {
    return of(List.of(output), kind);
  }

  /**
   * The loss of a network's scales, each counting half of the finer one before it.
   *
   * @param outputs the answer, then its coarser scales
   */
  static Loss of(List<String> outputs, HeadKind kind) {
    DepthHead head = kind instanceof DepthHead depth ? depth : SHARES;
    return new Loss(List.of(DepthError.ofScales(outputs, head, DepthError.Norm.LOG)));
  }

  /**
   * Distances as the loss compares them, on the same grid.
   *
   * @param frame its name, for messages
   * @param cameras of the frame; asked for disparities alone
   * @return may be the distances themselves; NaN or out of the head's range where none counts
   * @throws BadInputException if cameras are needed and not known
   */
  public static float[] truth(
      HeadKind kind, String frame, Depth depth, Supplier<Optional<CameraPair>> cameras) {
    if (!(kind instanceof DisparityHead range)) {
      return depth.metres();
    }
    CameraPair pair = cameras.get().orElseThrow(() -> withoutCameras("frame " + frame));
    float[] metres = depth.metres();
    float[] units = new float[metres.length];
    double unit = pair.metres(depth.width());
    for (int i = 0; i < units.length; i++) {
      boolean counts = metres[i] >= range.nearest() && metres[i] <= range.farthest();
      units[i] = counts ? (float) (metres[i] / unit) : Float.NaN;
    }
    return units;
  }

  /** The refusal of frames of which the cameras are not known. */
  static BadInputException withoutCameras(String frames) {
    return new BadInputException(
        "training of disparities: focal length and baseline of the cameras of "
            + frames
            + " are not known, so disparities are no distances; declare them in the dataset's file,"
            + " cameras: {focal: 721.5377, baseline: 0.54} for example, or take a network that"
            + " answers with depth");
  }
}
