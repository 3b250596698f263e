package io.drivemark.architectures.training;

import io.drivemark.architectures.head.HeadKind;
import java.util.Objects;

/**
 * A network that learns distances. Immutable.
 *
 * @param output its answer
 * @param kind what the answer's numbers are, of those kinds that are decoded to depth
 */
public record DepthLearning(String output, HeadKind kind) implements LearningTask {
  public DepthLearning {
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(kind, "kind");
  }
}
