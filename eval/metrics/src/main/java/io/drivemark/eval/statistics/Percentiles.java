package io.drivemark.eval.statistics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.apache.commons.math3.stat.descriptive.rank.Percentile.EstimationType;

/**
 * Percentiles of samples by a named estimator. Stateless.
 *
 * <p>Example: of the samples 1..100, p95 is 95 by nearest rank, 96 by floor index and 95.05 by
 * linear interpolation.
 */
public final class Percentiles {
  private Percentiles() {}

  /**
   * The percentile of the samples.
   *
   * @param samples at least one, in any order, none of them NaN; not changed
   * @param p in (0, 1), taken as the decimal it is written as, so 0.95 of 100 is exactly 95
   * @throws IllegalArgumentException if there are no samples, one is NaN, or p is out of range
   */
  public static double of(double[] samples, double p, PercentileEstimator estimator) {
    double[] sorted = samples.clone();
    Arrays.sort(sorted);
    return ofSorted(sorted, p, estimator);
  }

  /** The median, the mean of the two middle samples where their number is even. */
  public static double median(double[] samples) {
    return of(samples, 0.5, PercentileEstimator.LINEAR);
  }

  /** As {@link #of}, of samples sorted ascending. */
  public static double ofSorted(double[] sorted, double p, PercentileEstimator estimator) {
    int n = sorted.length;
    if (n == 0) {
      throw new IllegalArgumentException("percentile: there are no samples");
    }
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException("percentile: p must lie in (0, 1), got " + p);
    }
    if (Double.isNaN(sorted[n - 1])) { // NaN sorts last
      throw new IllegalArgumentException("percentile: a sample is NaN");
    }
    return switch (estimator) {
      case NEAREST_RANK -> sorted[nearestRank(n, p) - 1];
      case FLOOR_INDEX -> sorted[Math.min(n - 1, floor(n, p))];
      case FLOOR_INDEX_MINUS_ONE -> sorted[Math.max(0, floor(n, p) - 1)];
      case LINEAR -> commons(EstimationType.R_7, sorted, p);
      case COMMONS_MATH_LEGACY -> commons(EstimationType.LEGACY, sorted, p);
    };
  }

  /** The rank ⌈n·p⌉, at least 1, of the nearest-rank percentile. */
  public static int nearestRank(int n, double p) {
    return Math.max(1, product(n, p).setScale(0, RoundingMode.CEILING).intValueExact());
  }

  private static int floor(int n, double p) {
    return product(n, p).setScale(0, RoundingMode.FLOOR).intValueExact();
  }

  private static BigDecimal product(int n, double p) {
    return BigDecimal.valueOf(p).multiply(BigDecimal.valueOf(n));
  }

  private static double commons(EstimationType type, double[] sorted, double p) {
    return new Percentile().withEstimationType(type).evaluate(sorted, p * 100);
  }
}
