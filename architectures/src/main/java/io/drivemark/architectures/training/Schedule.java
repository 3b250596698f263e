package io.drivemark.architectures.training;

/**
 * The learning rate over a training: a linear rise, then (1 − progress)^power. Immutable.
 *
 * <p>Example: with rate 1, power 1 and 2 of 10 steps of warm-up the rates are 0.5, 0.9, 0.8, 0.7,
 * …, 0.1.
 *
 * @param rate highest rate
 * @param power exponent of the decline
 * @param warmUpSteps steps of the rise
 */
record Schedule(double rate, double power, long warmUpSteps) {
  /**
   * The rate of one step.
   *
   * @param step from 0
   * @param progress share of the training that is over, 0 to 1
   */
  double at(long step, double progress) {
    double rise = warmUpSteps == 0 ? 1 : Math.min(1, (step + 1.0) / warmUpSteps);
    return rate * rise * Math.pow(Math.max(0, 1 - progress), power);
  }
}
