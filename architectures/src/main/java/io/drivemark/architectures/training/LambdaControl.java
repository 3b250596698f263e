package io.drivemark.architectures.training;

/**
 * Steers the factor of what live masks cost so that the share that remains falls along a straight
 * line, from all at the beginning to the target when {@value #RAMP} of the steps are over, and
 * stays there. At each tick the factor's logarithm changes with the distance from the line and with
 * how that distance changed. Not thread-safe.
 */
final class LambdaControl {
  /** When the target is reached. */
  static final double RAMP = 0.75;

  /** Times that the factor is changed in an epoch. */
  static final int TICKS = 16;

  /** What one distance of 1, held over all ticks, adds to the logarithm. */
  private static final double SLOW = 100;

  /** What a distance that grows by 1 adds. */
  private static final double FAST = 15;

  /** The factor changes by no more than this at a tick. */
  private static final double MOST = Math.log(4);

  private final double target;
  private double lambda;
  private double error;

  /**
   * @param target share that is to remain
   */
  LambdaControl(double target) {
    this.target = target;
  }

  /** The share that is to remain when so much of the training is over. */
  double wanted(double progress) {
    return 1 - (1 - target) * Math.min(1, progress / RAMP);
  }

  /** The factor as it is; 0 until {@link #begin}. */
  double lambda() {
    return lambda;
  }

  /** Gives a first factor, or one to go on with. */
  void begin(double first) {
    lambda = first;
  }

  /** Remembers how far from the line an epoch ended. */
  void at(double kept, double progress) {
    error = kept - wanted(progress);
  }

  /**
   * Changes the factor.
   *
   * @param kept share that remains
   * @param progress share of the steps that are over
   * @param ticks of the whole training
   */
  void tick(double kept, double progress, double ticks) {
    double before = error;
    at(kept, progress);
    double change = SLOW / ticks * error + FAST * (error - before);
    lambda *= Math.exp(Math.max(-MOST, Math.min(MOST, change)));
  }
}
