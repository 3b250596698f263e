package io.drivemark.eval.statistics;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * P-values of several tests, adjusted because there are several. Stateless.
 *
 * <p>Example: of 0.01, 0.04 and 0.03 Holm makes 0.03, 0.06 and 0.06, Benjamini and Hochberg 0.03,
 * 0.04 and 0.04.
 */
public final class AdjustedP {
  private AdjustedP() {}

  /**
   * Holm's step-down: bounds the chance of a single false claim. Valid under any dependence of the
   * tests. S. Holm (1979), Scandinavian Journal of Statistics 6(2), 65–70.
   *
   * @param p in 0..1, in any order; not changed
   * @return the adjusted values in the same order
   * @throws IllegalArgumentException if a value is not in 0..1
   */
  public static double[] holm(double[] p) {
    int[] order = order(p);
    double[] out = new double[p.length];
    double most = 0;
    for (int rank = 0; rank < order.length; rank++) {
      most = Math.max(most, Math.min(1, (p.length - rank) * p[order[rank]]));
      out[order[rank]] = most;
    }
    return out;
  }

  /**
   * Benjamini and Hochberg's step-up: bounds the expected share of false claims among all claims.
   * Valid for independent tests and for those under positive regression dependence; under other
   * dependence the bound may not hold. Y. Benjamini and Y. Hochberg (1995), JRSS B 57(1), 289–300;
   * Y. Benjamini and D. Yekutieli (2001), doi:10.1214/aos/1013699998.
   *
   * @param p in 0..1, in any order; not changed
   * @return the adjusted values in the same order
   * @throws IllegalArgumentException if a value is not in 0..1
   */
  public static double[] benjaminiHochberg(double[] p) {
    int[] order = order(p);
    double[] out = new double[p.length];
    double least = 1;
    for (int rank = order.length - 1; rank >= 0; rank--) {
      least = Math.min(least, p.length * p[order[rank]] / (rank + 1));
      out[order[rank]] = least;
    }
    return out;
  }

  private static int[] order(double[] p) {
    for (double value : p) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("p-value: " + value + " is not in 0..1");
      }
    }
    return IntStream.range(0, p.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> p[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
