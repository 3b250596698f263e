package io.drivemark.eval.statistics;

import java.util.Arrays;

/**
 * Middle and spread that single wild values do not move. Written for many small arrays, where
 * {@link Percentiles} is slow. Stateless.
 */
public final class Robust {
  /** By how much the median deviation of normal values is less than their standard deviation. */
  public static final double MAD_TO_SIGMA = 1.4826;

  private Robust() {}

  /**
   * The middle value, of an even number the mean of the two.
   *
   * @param values at least one, none of them NaN; not changed
   * @throws IllegalArgumentException if there is none or one is NaN
   */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    if (n == 0 || Double.isNaN(sorted[n - 1])) {
      throw new IllegalArgumentException("median of " + Arrays.toString(values));
    }
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /**
   * The median of the distances from the median, scaled so that it is the standard deviation of
   * normal values.
   *
   * <p>Example: of 1, 2, 3, 4, 100 it is 1.4826.
   */
  public static double scaledMad(double[] values) {
    double middle = median(values);
    double[] distances = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      distances[i] = Math.abs(values[i] - middle);
    }
    return MAD_TO_SIGMA * median(distances);
  }
}
