package io.drivemark.eval.statistics;

/**
 * A two-sided interval. Immutable.
 *
 * @param low at most {@code high}
 * @param high the upper end
 * @param level the nominal coverage, for example 0.95
 */
public record Interval(double low, double high, double level) {
  /** The nominal coverage of every interval in reports and records. */
  public static final double LEVEL = 0.95;

  public Interval {
    if (!(low <= high) || !(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "interval: [" + low + ", " + high + "] at level " + level + " is none");
    }
  }

  /** Whether the value lies in the interval, ends included. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
