package io.drivemark.eval.statistics;

import java.util.Arrays;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * The bootstrap over clusters for statistics of sums: each cluster is a vector of counts, a draw
 * takes as many clusters as there are, with replacement, and the statistics are functions of the
 * sum of their vectors. So a draw costs additions and no object, and ten thousand draws of five
 * hundred frames are a matter of a second. Seeded: the same input gives the same draws on every
 * machine. Two models compared within one vector see the same draws. Immutable. See Efron and
 * Tibshirani, An Introduction to the Bootstrap, chapters 13 and 14.
 *
 * @param resamples how many draws, at least 100
 * @param level the nominal coverage, for example 0.95
 * @param seed of the generator (Well19937c)
 */
public record ClusterBootstrap(int resamples, double level, long seed) {
  /** Draws where nothing is said: p-values adjusted over dozens of classes need them. */
  public static final int DRAWS = 10_000;

  public ClusterBootstrap {
    if (resamples < 100 || !(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "cluster bootstrap: at least 100 resamples and a level in (0, 1) are needed, got "
              + resamples
              + " and "
              + level);
    }
  }

  /** {@value #DRAWS} resamples at {@link Interval#LEVEL}. */
  public static ClusterBootstrap seeded(long seed) {
    return new ClusterBootstrap(DRAWS, Interval.LEVEL, seed);
  }

  /** Statistics of a sum of clusters. */
  @FunctionalInterface
  public interface Statistics {
    /**
     * Computes all statistics.
     *
     * @param sums the sum of the drawn clusters' vectors; not to be kept or written to
     * @param out where the values go, NaN where one is undefined
     */
    void compute(double[] sums, double[] out);
  }

  /**
   * Draws.
   *
   * @param clusters at least 2 vectors of one length; whole numbers stay exact up to 2^53
   * @param statistics how many values {@code of} gives
   * @throws IllegalArgumentException if there are fewer than 2 clusters or the lengths differ
   */
  public Resampled resample(double[][] clusters, int statistics, Statistics of) {
    int n = clusters.length;
    if (n < 2) {
      throw new IllegalArgumentException(
          "cluster bootstrap: at least 2 clusters are needed, found " + n);
    }
    int length = clusters[0].length;
    double[] total = new double[length];
    for (double[] cluster : clusters) {
      if (cluster.length != length) {
        throw new IllegalArgumentException(
            "cluster bootstrap: vectors of " + length + " and of " + cluster.length + " numbers");
      }
      add(total, cluster, 1);
    }
    double[] out = new double[statistics];
    of.compute(total, out);
    double[] estimates = out.clone();
    double[][] draws = new double[statistics][resamples];
    RandomGenerator random = new Well19937c(seed);
    int[] times = new int[n];
    double[] sums = new double[length];
    for (int r = 0; r < resamples; r++) {
      Arrays.fill(times, 0);
      for (int i = 0; i < n; i++) {
        times[random.nextInt(n)]++;
      }
      Arrays.fill(sums, 0);
      for (int i = 0; i < n; i++) {
        if (times[i] > 0) {
          add(sums, clusters[i], times[i]);
        }
      }
      store(of, sums, out, draws, r);
    }
    double[][] without = new double[statistics][n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(total, 0, sums, 0, length);
      add(sums, clusters[i], -1);
      store(of, sums, out, without, i);
    }
    return new Resampled(level, estimates, draws, without);
  }

  private static void store(Statistics of, double[] sums, double[] out, double[][] to, int at) {
    of.compute(sums, out);
    for (int s = 0; s < out.length; s++) {
      to[s][at] = out[s];
    }
  }

  private static void add(double[] sums, double[] vector, double times) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += times * vector[i];
    }
  }
}
