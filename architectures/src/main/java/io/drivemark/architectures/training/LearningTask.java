package io.drivemark.architectures.training;

/**
 * What a network learns to answer: labels or depth, and at which outputs. One of {@link
 * LabelLearning} and {@link DepthLearning}. Immutable.
 */
public sealed interface LearningTask permits LabelLearning, DepthLearning {}
