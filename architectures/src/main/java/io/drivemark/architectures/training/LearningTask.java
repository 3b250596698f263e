package io.drivemark.architectures.training;

import java.util.Map;

/**
 * What a network learns to answer: labels or depth, and at which outputs. One of {@link
 * LabelLearning} and {@link DepthLearning}. Immutable.
 */
public sealed interface LearningTask permits LabelLearning, DepthLearning {
  /** What a model's provenance says of it; nothing for labels. */
  Map<String, String> facts();
}
