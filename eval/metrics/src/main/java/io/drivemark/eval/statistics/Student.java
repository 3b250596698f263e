package io.drivemark.eval.statistics;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Student's t distribution: what a mean of few normal values strays by, in units of its own
 * estimated error. Stateless. See Student (1908), doi:10.1093/biomet/6.1.1.
 */
public final class Student {
  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  private Student() {}

  /**
   * The chance of a value of {@code t} or more.
   *
   * <p>Example: 2 with 10 degrees of freedom gives 0.0367.
   *
   * @param degrees of freedom, more than 0
   */
  public static double tail(double t, double degrees) {
    if (Double.isInfinite(t)) {
      return t > 0 ? 0 : 1;
    }
    return new TDistribution(null, degrees).cumulativeProbability(-t);
  }

  /**
   * The value that is exceeded with chance {@code tail}.
   *
   * @param tail in (0, 1)
   * @param degrees of freedom, more than 0
   */
  public static double quantile(double tail, double degrees) {
    return -new TDistribution(null, degrees).inverseCumulativeProbability(tail);
  }

  /** The same of the normal distribution, what many degrees of freedom come to. */
  public static double normalQuantile(double tail) {
    return -NORMAL.inverseCumulativeProbability(tail);
  }

  /** The chance of a normal value of {@code z} or more. */
  static double normalTail(double z) {
    return NORMAL.cumulativeProbability(-z);
  }

  /**
   * The one-sided p-value of a bootstrap over {@code n} clusters in which the statistic lies {@code
   * z} of the draws' standard deviations off zero: draws of n clusters spread too little by
   * √((n−1)/n), and the spread of few clusters is itself uncertain.
   *
   * @param n at least 2
   */
  static double ofDraws(double z, int n) {
    return tail(z * Math.sqrt((n - 1.0) / n), n - 1.0);
  }
}
