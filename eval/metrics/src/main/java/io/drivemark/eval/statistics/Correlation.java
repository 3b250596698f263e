package io.drivemark.eval.statistics;

import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How far two quantities follow each other in a straight line (Pearson). Immutable. See Fisher,
 * Statistical Methods for Research Workers, chapter 6.
 *
 * @param pairs how many pairs it is of
 * @param r −1..1; empty under 3 pairs, or where one quantity is the same in all of them
 * @param interval the 95 % interval by Fisher's transformation, which takes pairs as independent;
 *     empty under 4 pairs, or without {@code r}; a single point where {@code r} is −1 or 1
 */
public record Correlation(int pairs, OptionalDouble r, Optional<Interval> interval) {
  /** Two points always lie on a line. */
  private static final int LEAST = 3;

  /**
   * The correlation of pairs.
   *
   * <p>(1, 2, 3, 4) and (1, 3, 2, 4) have 0.8.
   *
   * @throws IllegalArgumentException if there are not as many of one as of the other
   */
  public static Correlation of(double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "correlation: " + x.length + " values of one and " + y.length + " of the other");
    }
    int n = x.length;
    double meanX = mean(x);
    double meanY = mean(y);
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < n; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
      xy += (x[i] - meanX) * (y[i] - meanY);
    }
    if (n < LEAST || !(xx > 0) || !(yy > 0)) {
      return new Correlation(n, OptionalDouble.empty(), Optional.empty());
    }
    double r = Math.max(-1, Math.min(1, xy / Math.sqrt(xx) / Math.sqrt(yy)));
    return new Correlation(
        n, OptionalDouble.of(r), n > LEAST ? Optional.of(interval(r, n)) : Optional.empty());
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static Interval interval(double r, int n) {
    if (Math.abs(r) == 1) {
      return new Interval(r, r, Interval.LEVEL);
    }
    double half =
        new NormalDistribution(null, 0, 1).inverseCumulativeProbability((1 + Interval.LEVEL) / 2)
            / Math.sqrt(n - 3.0);
    double z = 0.5 * Math.log((1 + r) / (1 - r));
    return new Interval(Math.tanh(z - half), Math.tanh(z + half), Interval.LEVEL);
  }
}
