package io.drivemark.eval.statistics;

import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * A share of independent trials and how sure it is. Immutable. See Clopper and Pearson, Biometrika
 * 26 (1934), doi:10.1093/biomet/26.4.404.
 *
 * @param successes at most {@code trials}
 * @param trials at least 0
 */
public record Proportion(long successes, long trials) {
  public Proportion {
    if (successes < 0 || successes > trials) {
      throw new IllegalArgumentException("proportion: " + successes + " of " + trials);
    }
  }

  /**
   * The exact (Clopper–Pearson) interval: it covers at least as often as its level says; [0, 1]
   * without trials.
   *
   * <p>Example: 9 of 10 at 0.95 is [0.555, 0.9975].
   */
  public Interval interval(double level) {
    double tail = (1 - level) / 2;
    double low =
        successes == 0
            ? 0
            : new BetaDistribution(null, successes, trials - successes + 1)
                .inverseCumulativeProbability(tail);
    double high =
        successes == trials
            ? 1
            : new BetaDistribution(null, successes + 1, trials - successes)
                .inverseCumulativeProbability(1 - tail);
    return new Interval(low, high, level);
  }
}
