package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.GateError;
import java.util.List;
import java.util.Objects;

/**
 * What it takes to learn the gates of a network besides its labels. Immutable.
 *
 * @param error how wrong logits of gates are; values of the network
 * @param labels the outputs that learn from labels; the first is the answer
 */
public record GateLearning(GateError error, List<String> labels) {
  public GateLearning {
    Objects.requireNonNull(error, "error");
    labels = List.copyOf(labels);
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("gates beside no labels");
    }
  }
}
