package io.drivemark.architectures.training;

import io.drivemark.datasets.Dataset;
import java.util.List;
import java.util.Map;

/**
 * A network that learns labels. Immutable.
 *
 * @param outputs its scores: the first is the answer, the others are auxiliary and learn if the
 *     recipe's auxiliary weight is above 0
 */
public record LabelLearning(List<String> outputs) implements LearningTask {
  public LabelLearning {
    outputs = List.copyOf(outputs);
    if (outputs.isEmpty()) {
      throw new IllegalArgumentException("labels of no output");
    }
  }

  @Override
  public Map<String, String> facts(Dataset train, TrainingRecipe recipe) {
    return Map.of();
  }
}
