package io.drivemark.architectures.training;

/**
 * How long a training has run, over all the processes it ran in, and how much of its limit is used.
 * Not thread-safe.
 */
final class TimeBudget {
  private final double limit;
  private double secondsBefore;
  private double keptBack;
  private long begun;

  /**
   * @param minutes by the clock; 0 = no limit
   */
  TimeBudget(double minutes) {
    this.limit = 60 * minutes;
  }

  /** Adds what an earlier process took. */
  void add(double seconds) {
    secondsBefore += seconds;
  }

  /** This process begins. */
  void begin() {
    begun = System.nanoTime();
  }

  /** Keeps time back for what must come at the end. */
  void keepBack(double seconds) {
    keptBack = seconds;
  }

  double seconds() {
    return secondsBefore + (System.nanoTime() - begun) / 1e9;
  }

  /** The larger of a share of the work and of the limit that is used; at most 1. */
  double over(double share) {
    return Math.min(1, Math.max(share, used()));
  }

  boolean isUp() {
    return used() >= 1;
  }

  private double used() {
    return limit == 0 ? 0 : (seconds() + keptBack) / limit;
  }
}
