package io.drivemark.eval.statistics;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * The bootstrap over clusters: draws as many clusters as there are, with replacement, and looks how
 * a statistic varies. Clusters are what is independent: sequences, blocks of runs; never single
 * frames of a drive. Seeded, so the same input gives the same interval on every machine. Immutable.
 * See Efron and Tibshirani, An Introduction to the Bootstrap, chapter 13.
 *
 * @param resamples how many draws, at least 100
 * @param level the nominal coverage, for example 0.95
 * @param seed of the generator (Well19937c)
 */
public record Bootstrap(int resamples, double level, long seed) {
  /** Draws where nothing is said: ends move by less than a tenth of the interval's width. */
  public static final int DRAWS = 2000;

  public Bootstrap {
    if (resamples < 100 || !(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "bootstrap: at least 100 resamples and a level in (0, 1) are needed, got "
              + resamples
              + " and "
              + level);
    }
  }

  /** {@value #DRAWS} resamples at {@link Interval#LEVEL}. */
  public static Bootstrap seeded(long seed) {
    return new Bootstrap(DRAWS, Interval.LEVEL, seed);
  }

  /**
   * The percentile interval of a statistic: the middle {@code level} of its resampled values, ends
   * by nearest rank.
   *
   * @param clusters how many clusters there are, at least 2
   * @param statistic of drawn clusters, given as {@code clusters} indices in 0..clusters−1, with
   *     repetitions; the array is reused and must not be kept
   * @throws IllegalArgumentException if there are fewer than 2 clusters
   */
  public Interval interval(int clusters, ToDoubleFunction<int[]> statistic) {
    if (clusters < 2) {
      throw new IllegalArgumentException(
          "bootstrap: at least 2 clusters are needed, found " + clusters);
    }
    RandomGenerator random = new Well19937c(seed);
    double[] values = new double[resamples];
    int[] drawn = new int[clusters];
    for (int r = 0; r < resamples; r++) {
      for (int i = 0; i < clusters; i++) {
        drawn[i] = random.nextInt(clusters);
      }
      values[r] = statistic.applyAsDouble(drawn);
    }
    Arrays.sort(values);
    double tail = (1 - level) / 2;
    return new Interval(
        Percentiles.ofSorted(values, tail, PercentileEstimator.NEAREST_RANK),
        Percentiles.ofSorted(values, 1 - tail, PercentileEstimator.NEAREST_RANK),
        level);
  }
}
