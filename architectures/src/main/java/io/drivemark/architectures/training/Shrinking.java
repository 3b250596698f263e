package io.drivemark.architectures.training;

/** What makes a network want fewer filters while it learns. */
public sealed interface Shrinking permits MaskLearning, WeightPenalty {
  /** What decides the result besides structure, weights, recipe and frames. */
  String digest();
}
