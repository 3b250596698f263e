package io.drivemark.architectures.training;

/**
 * The learning rate over a training: a linear rise, then a fall. Polynomial: (1 − progress)^power.
 * In steps: to {@code stepFactor} of it after every {@code stepSteps} steps. Halving: to a half
 * after three and again after four fifths. Immutable.
 *
 * <p>Example: with rate 1, power 1 and 2 of 10 steps of warm-up the rates are 0.5, 0.9, 0.8, 0.7,
 * …, 0.1; with steps of 4 to 0.1, and no warm-up, 1 four times, 0.1 four times, 0.01 twice.
 *
 * @param rate highest rate
 * @param warmUpSteps steps of the rise
 * @param kind how it falls
 * @param power exponent of the polynomial
 * @param stepSteps training steps between two falls
 * @param stepFactor what a fall leaves
 */
record Schedule(
    double rate,
    long warmUpSteps,
    TrainingRecipe.ScheduleKind kind,
    double power,
    long stepSteps,
    double stepFactor) {

  /**
   * The schedule of a recipe.
   *
   * @param steps training steps an epoch
   */
  static Schedule of(TrainingRecipe recipe, int steps) {
    return new Schedule(
        recipe.learningRate(),
        Math.round(recipe.warmUpEpochs() * steps),
        recipe.schedule(),
        recipe.power(),
        (long) recipe.stepEpochs() * steps,
        recipe.stepFactor());
  }

  /**
   * The rate of one step.
   *
   * @param step from 0
   * @param progress share of the training that is over, 0 to 1
   */
  double at(long step, double progress) {
    double rise = warmUpSteps == 0 ? 1 : Math.min(1, (step + 1.0) / warmUpSteps);
    return rate
        * rise
        * switch (kind) {
          case POLY -> Math.pow(Math.max(0, 1 - progress), power);
          case STEP -> Math.pow(stepFactor, (double) Math.floorDiv(step, stepSteps));
          case HALVING -> progress < 0.6 ? 1 : progress < 0.8 ? 0.5 : 0.25;
        };
  }
}
