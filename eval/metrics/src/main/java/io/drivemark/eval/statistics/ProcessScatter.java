package io.drivemark.eval.statistics;

import java.util.List;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.stat.descriptive.moment.Variance;

/**
 * By how much processes that did the same on one night differ, over many nights: what a process
 * draws when it starts (where its memory lies, which core it gets) is the same to its end and
 * another one in the next. Stateless.
 */
public final class ProcessScatter {
  /** Nights of two processes or more from which on it is known. */
  public static final int FEWEST = 5;

  private ProcessScatter() {}

  /**
   * The standard deviation of one process about its night, by the median over nights of their
   * variances, each over the median of χ² of as many degrees of freedom: a few wild processes do
   * not move it.
   *
   * <p>Example: five nights of (0, 1) have a variance of 0.5 each; χ² of one degree has the median
   * 0.4549, so it is √(0.5 / 0.4549) = 1.048.
   *
   * @param nights the values of each night's processes, as logarithms or in any one unit; those
   *     with fewer than two do not count
   * @return empty with fewer than {@value #FEWEST} nights that count
   */
  public static OptionalDouble of(List<double[]> nights) {
    double[] variances =
        nights.stream()
            .filter(night -> night.length > 1)
            .mapToDouble(night -> new Variance().evaluate(night) / ofMedian(night.length - 1))
            .toArray();
    return variances.length < FEWEST
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.sqrt(Robust.median(variances)));
  }

  /** The median of a variance of so many degrees of freedom whose expectation is 1. */
  private static double ofMedian(int freedom) {
    return new ChiSquaredDistribution(null, freedom).inverseCumulativeProbability(0.5) / freedom;
  }
}
