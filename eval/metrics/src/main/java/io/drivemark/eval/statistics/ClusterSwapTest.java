package io.drivemark.eval.statistics;

import java.util.OptionalDouble;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * A randomisation test for two models judged on the same clusters of frames: if they are equally
 * good, it is chance which of the two gave which result on a cluster, so the difference must look
 * like those after exchanging the results of any set of clusters. The p-value is the share of
 * exchanges whose difference is at least as large as the observed one. It holds its level however
 * few clusters there are and however unequal they are, which an interval does not. Up to {@value
 * #MOST_EXACT} clusters all exchanges are taken, of more {@value #DRAWS} seeded ones; the smallest
 * p of n clusters is 2/2ⁿ. Stateless. See Edgington and Onghena, Randomization Tests (2007).
 *
 * <p>Example: three clusters, each better by 1 with the first model: of eight exchanges two give a
 * difference as large, so p = 0.25.
 */
public final class ClusterSwapTest {
  /** Up to so many clusters every exchange is looked at. */
  public static final int MOST_EXACT = 13;

  /** Random exchanges of more clusters; the observed one counts besides. */
  public static final int DRAWS = 9999;

  /** Differences closer than this share of the observed one are equal but for rounding. */
  private static final double ROUNDING = 1e-9;

  private ClusterSwapTest() {}

  /** A statistic of a model's summed counts; NaN where it is undefined. */
  @FunctionalInterface
  public interface Statistic {
    /** Computes it; the array is reused and must not be kept or written to. */
    double of(double[] sums);
  }

  /**
   * The two-sided p-value of there being no difference between two models.
   *
   * @param first a vector of counts for each cluster, at least one cluster; vectors of one length
   * @param second those of the other model on the same clusters
   * @param seed of the generator (Well19937c) where exchanges are drawn
   * @return in (0, 1]; empty where the statistic of either model is undefined
   * @throws IllegalArgumentException if there is no cluster or the lengths differ
   */
  public static OptionalDouble p(
      double[][] first, double[][] second, long seed, Statistic statistic) {
    int n = first.length;
    if (n == 0 || second.length != n) {
      throw new IllegalArgumentException(
          "swap test: clusters of two models are needed, found " + n + " and " + second.length);
    }
    Exchange exchange = new Exchange(first, second);
    double observed = Math.abs(exchange.difference(new boolean[n], statistic));
    if (Double.isNaN(observed)) {
      return OptionalDouble.empty();
    }
    double bar = observed * (1 - ROUNDING);
    boolean[] swapped = new boolean[n];
    if (n <= MOST_EXACT) {
      // exchanging the other clusters instead only turns the sign: the last one stays
      int half = 1 << (n - 1);
      int asLarge = 0;
      for (int set = 0; set < half; set++) {
        for (int i = 0; i < n - 1; i++) {
          swapped[i] = (set >> i & 1) == 1;
        }
        asLarge += isAsLarge(exchange.difference(swapped, statistic), bar) ? 1 : 0;
      }
      return OptionalDouble.of((double) asLarge / half);
    }
    RandomGenerator random = new Well19937c(seed);
    int asLarge = 1;
    for (int draw = 0; draw < DRAWS; draw++) {
      for (int i = 0; i < n; i++) {
        swapped[i] = random.nextBoolean();
      }
      asLarge += isAsLarge(exchange.difference(swapped, statistic), bar) ? 1 : 0;
    }
    return OptionalDouble.of((double) asLarge / (DRAWS + 1));
  }

  /** What is undefined after an exchange speaks for no difference. */
  private static boolean isAsLarge(double difference, double bar) {
    return !(Math.abs(difference) < bar);
  }

  /** Sums of both models with the results of some clusters exchanged. */
  private static final class Exchange {
    private final double[] first;
    private final double[] second;
    private final double[][] gap; // by cluster: second less first
    private final double[] sumsOfFirst;
    private final double[] sumsOfSecond;

    Exchange(double[][] a, double[][] b) {
      int length = a[0].length;
      first = new double[length];
      second = new double[length];
      gap = new double[a.length][length];
      for (int i = 0; i < a.length; i++) {
        if (a[i].length != length || b[i].length != length) {
          throw new IllegalArgumentException(
              "swap test: vectors of "
                  + length
                  + ", "
                  + a[i].length
                  + " and "
                  + b[i].length
                  + " numbers");
        }
        for (int j = 0; j < length; j++) {
          first[j] += a[i][j];
          second[j] += b[i][j];
          gap[i][j] = b[i][j] - a[i][j];
        }
      }
      sumsOfFirst = new double[length];
      sumsOfSecond = new double[length];
    }

    double difference(boolean[] swapped, Statistic statistic) {
      System.arraycopy(first, 0, sumsOfFirst, 0, first.length);
      System.arraycopy(second, 0, sumsOfSecond, 0, second.length);
      for (int i = 0; i < swapped.length; i++) {
        if (swapped[i]) {
          for (int j = 0; j < first.length; j++) {
            sumsOfFirst[j] += gap[i][j];
            sumsOfSecond[j] -= gap[i][j];
          }
        }
      }
      return statistic.of(sumsOfFirst) - statistic.of(sumsOfSecond);
    }
  }

  /** The smallest p that so many clusters allow: below it no claim can be made whatever is seen. */
  public static double smallestP(int clusters) {
    return clusters <= MOST_EXACT ? Math.min(1, Math.scalb(2.0, -clusters)) : 1.0 / (DRAWS + 1);
  }
}
