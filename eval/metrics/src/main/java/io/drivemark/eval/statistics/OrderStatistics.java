package io.drivemark.eval.statistics;

import java.util.OptionalInt;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * What n samples can say about a percentile without assuming a distribution: the ranks between
 * which it lies, and how many samples a claim about it needs. Stateless. See David and Nagaraja,
 * Order Statistics, section 7.1.
 */
public final class OrderStatistics {
  private OrderStatistics() {}

  /**
   * Ranks from 1 of the sorted samples that enclose a percentile; an end is empty where n samples
   * are too few to bound it on that side.
   *
   * @param low the rank of the lower end
   * @param high the rank of the upper end
   */
  public record Ranks(OptionalInt low, OptionalInt high) {}

  /**
   * The two-sided interval with at most (1 − level)/2 outside on each side.
   *
   * <p>Example: the median of 100 samples lies between the 40th and the 61st at level 0.95, their
   * p99 above the 97th and below nothing.
   *
   * @param n at least 1
   * @param p in (0, 1)
   * @param level in (0, 1)
   */
  public static Ranks interval(int n, double p, double level) {
    requireProbability("p", p);
    requireProbability("level", level);
    double tail = (1 - level) / 2;
    BinomialDistribution below = new BinomialDistribution(null, n, p);
    // Largest rank l with P(below <= l - 1) <= tail, smallest u with P(below >= u) <= tail.
    int low = 0;
    while (low < n && below.cumulativeProbability(low) <= tail) {
      low++;
    }
    int high = n;
    while (high > 0 && 1 - below.cumulativeProbability(high - 1) <= tail) {
      high--;
    }
    return new Ranks(
        low >= 1 ? OptionalInt.of(low) : OptionalInt.empty(),
        high + 1 <= n ? OptionalInt.of(high + 1) : OptionalInt.empty());
  }

  /**
   * The smallest number of samples after which a limit that {@code exceeding} of them exceed may be
   * claimed as a bound of percentile p: P(at most {@code exceeding} of n exceed | each with 1 − p)
   * ≤ 1 − confidence. MLPerf LoadGen's early-stopping rule at tolerance 0.
   *
   * <p>Example: p99 with confidence 0.99 and none exceeding needs 459 samples.
   */
  public static int samplesNeeded(double p, int exceeding, double confidence) {
    requireProbability("p", p);
    requireProbability("confidence", confidence);
    if (exceeding < 0) {
      throw new IllegalArgumentException("order statistics: exceeding samples: " + exceeding);
    }
    int tooFew = exceeding; // with n = exceeding the probability is 1
    int enough = exceeding + 1;
    while (!suffices(enough, p, exceeding, confidence)) {
      tooFew = enough;
      enough = Math.multiplyExact(enough, 2);
    }
    while (enough - tooFew > 1) {
      int middle = tooFew + (enough - tooFew) / 2;
      if (suffices(middle, p, exceeding, confidence)) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return enough;
  }

  private static boolean suffices(int n, double p, int exceeding, double confidence) {
    return new BinomialDistribution(null, n, 1 - p).cumulativeProbability(exceeding)
        <= 1 - confidence;
  }

  private static void requireProbability(String what, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(
          "order statistics: " + what + " must lie in (0, 1), got " + value);
    }
  }
}
