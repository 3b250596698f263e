package io.drivemark.eval.statistics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Whether values creep in one direction over time. The test is Mann's and Kendall's, with ties, and
 * with its variance widened by (1 + φ)/(1 − φ) where neighbours are alike; the slope is Theil's and
 * Sen's. Immutable. H. B. Mann (1945), Econometrica 13; P. K. Sen (1968), JASA 63.
 *
 * <p>Example: 1, 2, 3, 4 at 0, 1, 2, 3: all six pairs rise, S = 6, its variance without
 * autocorrelation 26/3, z = (6 − 1)/√(26/3), slope 1.
 *
 * @param slope the median slope of all pairs, values a unit of time
 * @param pRising one-sided p-value of there being no rise
 * @param pFalling one-sided p-value of there being no fall
 */
public record Drift(double slope, double pRising, double pFalling) {
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  /** Autocorrelation counts as this at most: with 1 nothing could ever be told. */
  private static final double MOST = 0.95;

  /**
   * The drift of a row.
   *
   * @param times rising
   * @param values as many, at least 4
   * @param autocorrelation φ of the values about their trend; less than 0 counts as 0
   * @throws IllegalArgumentException if there are too few values or times do not rise
   */
  public static Drift of(double[] times, double[] values, double autocorrelation) {
    int n = values.length;
    if (n < 4 || times.length != n) {
      throw new IllegalArgumentException(
          "drift: at least 4 values and as many times, found " + n + " and " + times.length);
    }
    double[] slopes = new double[n * (n - 1) / 2];
    int at = 0;
    long rises = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        if (!(times[j] > times[i])) {
          throw new IllegalArgumentException("drift: time " + times[j] + " after " + times[i]);
        }
        slopes[at++] = (values[j] - values[i]) / (times[j] - times[i]);
        rises += (long) Math.signum(values[j] - values[i]);
      }
    }
    double phi = Math.max(0, Math.min(MOST, autocorrelation));
    double sd = Math.sqrt(variance(values) * (1 + phi) / (1 - phi));
    return new Drift(Robust.median(slopes), pAbove(rises, sd), pAbove(-rises, sd));
  }

  private static double pAbove(long s, double sd) {
    return sd > 0 ? NORMAL.cumulativeProbability(-(double) (s - Long.signum(s)) / sd) : 1;
  }

  private static double variance(double[] values) {
    double n = values.length;
    Map<Double, Integer> ties = new HashMap<>();
    Arrays.stream(values).forEach(v -> ties.merge(v, 1, Integer::sum));
    double out = n * (n - 1) * (2 * n + 5);
    for (double t : ties.values()) {
      out -= t * (t - 1) * (2 * t + 5);
    }
    return out / 18;
  }
}
