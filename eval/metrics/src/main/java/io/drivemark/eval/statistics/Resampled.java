package io.drivemark.eval.statistics;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * What a bootstrap drew: for each statistic its value on all clusters, on each draw and without
 * each single cluster. A draw in which a statistic is undefined (a class that occurs in none of the
 * drawn clusters) is left out of that statistic's interval and counted. Immutable.
 */
public final class Resampled {
  private final double level;
  private final double[] estimates;
  private final double[][] sorted; // by statistic: the defined draws, ascending
  private final int resamples;
  private final double[][] without;
  private double expandedTail; // 0 until it is asked for: it takes longer than all else here

  /** Takes over the arrays; sorts the draws. */
  Resampled(double level, double[] estimates, double[][] draws, double[][] without) {
    this.level = level;
    this.estimates = estimates;
    this.resamples = draws.length == 0 ? 0 : draws[0].length;
    this.sorted = new double[draws.length][];
    for (int s = 0; s < draws.length; s++) {
      sorted[s] = Arrays.stream(draws[s]).filter(v -> !Double.isNaN(v)).sorted().toArray();
    }
    this.without = without;
  }

  /** The statistic's value on all clusters, NaN if it is undefined. */
  public double estimate(int statistic) {
    return estimates[statistic];
  }

  /** In how many draws the statistic was undefined. */
  public int undefinedDraws(int statistic) {
    return resamples - sorted[statistic].length;
  }

  /**
   * The percentile interval: the middle {@code level} of the draws, ends by nearest rank; empty if
   * the statistic is undefined on all clusters or in every draw.
   */
  public Optional<Interval> percentile(int statistic) {
    double tail = (1 - level) / 2;
    return between(statistic, tail, 1 - tail);
  }

  /**
   * The expanded percentile interval, for few clusters: the percentile interval at the level at
   * which that of a mean of n normal values is as wide as Student's, tails of Φ(−t·√(n/(n−1))) with
   * t Student's quantile of n − 1 degrees of freedom. Of 11 clusters it takes the middle 98.1 % of
   * the draws for 95 %; of many it is the percentile interval. Empty where {@link #percentile} is.
   * See Hesterberg, What Teachers Should Know About the Bootstrap (2015), doi
   * 10.1080/00031305.2015.1089789.
   */
  public Optional<Interval> expanded(int statistic) {
    if (expandedTail == 0) {
      int n = without[statistic].length;
      double t = new TDistribution(null, n - 1).inverseCumulativeProbability((1 - level) / 2);
      expandedTail =
          new NormalDistribution(null, 0, 1).cumulativeProbability(t * Math.sqrt(n / (n - 1.0)));
    }
    return between(statistic, expandedTail, 1 - expandedTail);
  }

  /**
   * The bias-corrected and accelerated interval: percentiles moved by how far the draws lie off the
   * estimate and by how fast the spread changes with it, the latter from leaving out one cluster at
   * a time. Empty where {@link #percentile} is, or where leaving out a cluster makes the statistic
   * undefined.
   */
  public Optional<Interval> bca(int statistic) {
    double[] draws = sorted[statistic];
    double estimate = estimates[statistic];
    if (Double.isNaN(estimate) || draws.length == 0) {
      return Optional.empty();
    }
    if (draws[0] == draws[draws.length - 1]) {
      return between(statistic, 0, 1);
    }
    double acceleration = acceleration(without[statistic]);
    if (Double.isNaN(acceleration)) {
      return Optional.empty();
    }
    NormalDistribution normal = new NormalDistribution(null, 0, 1);
    double bias = normal.inverseCumulativeProbability(shareBelow(draws, estimate));
    double tail = (1 - level) / 2;
    double low = moved(normal, bias, acceleration, tail);
    double high = moved(normal, bias, acceleration, 1 - tail);
    return between(statistic, Math.min(low, high), Math.max(low, high));
  }

  /**
   * The two-sided p-value of the statistic being zero: that of the {@link #expanded} interval which
   * has zero for an end. It is 2·T(z·√((n−1)/n)), where z is the normal quantile of the smaller
   * share of draws on either side of zero, n the number of clusters and T Student's distribution of
   * n − 1 degrees of freedom. Draws exactly at zero count on both sides; one is added to each
   * count. With many clusters the p-value is twice that share; with few it is larger, since six
   * clusters that agree prove little. Empty where {@link #percentile} is.
   */
  public Optional<Double> pOfZero(int statistic) {
    double[] draws = sorted[statistic];
    if (Double.isNaN(estimates[statistic]) || draws.length == 0) {
      return Optional.empty();
    }
    long notAbove = Arrays.stream(draws).filter(v -> v <= 0).count();
    long notBelow = Arrays.stream(draws).filter(v -> v >= 0).count();
    double share = (Math.min(notAbove, notBelow) + 1.0) / (draws.length + 1);
    if (share >= 0.5) {
      return Optional.of(1.0);
    }
    int n = without[statistic].length;
    double z = new NormalDistribution(null, 0, 1).inverseCumulativeProbability(share);
    double t = z * Math.sqrt((n - 1.0) / n);
    return Optional.of(2 * new TDistribution(null, n - 1).cumulativeProbability(t));
  }

  private Optional<Interval> between(int statistic, double low, double high) {
    double[] draws = sorted[statistic];
    if (Double.isNaN(estimates[statistic]) || draws.length == 0) {
      return Optional.empty();
    }
    return Optional.of(new Interval(atRank(draws, low), atRank(draws, high), level));
  }

  private static double atRank(double[] draws, double p) {
    if (p <= 0 || p >= 1) {
      return p <= 0 ? draws[0] : draws[draws.length - 1];
    }
    return Percentiles.ofSorted(draws, p, PercentileEstimator.NEAREST_RANK);
  }

  /** The share of draws below the estimate, those at it by half, never 0 or 1. */
  private static double shareBelow(double[] draws, double estimate) {
    long below = Arrays.stream(draws).filter(v -> v < estimate).count();
    long at = Arrays.stream(draws).filter(v -> v == estimate).count();
    double least = 0.5 / draws.length;
    return Math.min(1 - least, Math.max(least, (below + 0.5 * at) / draws.length));
  }

  private static double moved(
      NormalDistribution normal, double bias, double acceleration, double p) {
    double z = bias + normal.inverseCumulativeProbability(p);
    return normal.cumulativeProbability(bias + z / (1 - acceleration * z));
  }

  /** Σ(m − vᵢ)³ / 6(Σ(m − vᵢ)²)^1.5 of the values without one cluster; 0 if they are all equal. */
  private static double acceleration(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = 0;
    double cubes = 0;
    for (double value : values) {
      double off = mean - value;
      squares += off * off;
      cubes += off * off * off;
    }
    return squares == 0 ? 0 : cubes / (6 * StrictMath.pow(squares, 1.5));
  }
}
