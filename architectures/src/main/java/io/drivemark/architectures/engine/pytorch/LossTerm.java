package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.graph.op.Shape;
import java.util.List;
import java.util.Map;

/**
 * One summand of what a {@link Learner} minimises: a function of some of the network's outputs and
 * of what a step gives besides images. Immutable.
 */
public sealed interface LossTerm
    permits LabelError,
        SoftLabels,
        DepthError,
        PhotometricError,
        SmoothnessError,
        ConsistencyError,
        GateError,
        MaskPenalty {
  /** The outputs that it is a function of, at least one. */
  List<String> outputs();

  /** The factor of its value in the sum, at least 0. */
  double weight();

  /** The same with another factor. */
  LossTerm withWeight(double other);

  /**
   * The float32 tensors that a step must give for it, by their names.
   *
   * @param batch shape of the images, [N, C, H, W]
   */
  Map<String, Shape> targets(Shape batch);

  /**
   * Writes the lines that compute its value.
   *
   * @return the expression of the value, a scalar
   */
  String write(LossWriter writer);
}
