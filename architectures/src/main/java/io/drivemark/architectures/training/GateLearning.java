package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.GateError;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What it takes to train a network with gates. Immutable.
 *
 * @param error how wrong logits of gates are; values of the network. Empty: the heads stay as they
 *     are, and the rest learns around them
 * @param labels the outputs that learn from labels; the first is the answer
 */
public record GateLearning(Optional<GateError> error, List<String> labels) {
  public GateLearning {
    Objects.requireNonNull(error, "error");
    labels = List.copyOf(labels);
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("gates beside no labels");
    }
  }

  /** Heads that learn. */
  public GateLearning(GateError error, List<String> labels) {
    this(Optional.of(error), labels);
  }
}
