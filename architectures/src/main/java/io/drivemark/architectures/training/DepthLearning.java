package io.drivemark.architectures.training;

import io.drivemark.architectures.head.HeadKind;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.datasets.Task;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

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

  /**
   * The size that frames are brought to before anything is cut out of them, and at which val is
   * predicted; empty: they stay as they are.
   */
  public static Optional<Size> size(InputSpec input, TrainingRecipe recipe) {
    return recipe.depth().resize().or(input::size);
  }

  @Override
  public Map<String, String> facts() {
    return Map.of("task", Task.DEPTH.word(), "learned", kind.description());
  }
}
