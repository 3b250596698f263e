package io.drivemark.architectures.training;

import io.drivemark.datasets.Dataset;
import java.util.List;
import java.util.Map;

/**
 * What a network learns to answer: labels or depth, and at which outputs. One of {@link
 * LabelLearning} and {@link DepthLearning}. Immutable.
 */
public sealed interface LearningTask permits LabelLearning, DepthLearning {
  /** The outputs that learn; the first is the answer. */
  List<String> outputs();

  /** What a model's provenance says of its training; nothing for labels. */
  Map<String, String> facts(Dataset train, TrainingRecipe recipe);
}
