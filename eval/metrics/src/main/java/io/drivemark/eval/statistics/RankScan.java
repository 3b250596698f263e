package io.drivemark.eval.statistics;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Looks whether values are larger from some place of a row on. For each split it takes the
 * one-sided rank-sum p-value (Wilcoxon, Mann and Whitney), exact where one side has at most {@value
 * #EXACT} values, normal with continuity correction otherwise, and keeps the smallest. That is no
 * p-value of there being a change, since many splits were looked at and neighbours in time are
 * alike: {@link RankNull} makes one of it. Nor is its split the likeliest place, see {@link
 * StepFit}. Ties have middle ranks. Stateless but for a cache of tables; thread-safe.
 *
 * <p>Example: in 0, 1, 2, 3, 4, 5, 10, 11, 12 the ranks of the last three have the largest sum that
 * three of nine can have: of C(9, 3) = 84 choices one, so p = 1/84.
 */
public final class RankScan {
  /** Up to so many values on one side the p-value is exact. */
  public static final int EXACT = 6;

  /** Shuffles of values with ties at most; the observed order counts besides. */
  public static final int SHUFFLES = 4999;

  /** So many shuffles with a p as small tell their share well enough (Besag and Clifford 1991). */
  private static final int ENOUGH = 100;

  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);
  private static final ConcurrentMap<Integer, double[][]> TABLES = new ConcurrentHashMap<>();

  private RankScan() {}

  /**
   * The smallest p of all splits.
   *
   * @param values finite, at least 2 · {@code least}
   * @param least how many values each side has at least, at least 1
   * @throws IllegalArgumentException if there are too few values
   */
  public static double smallestP(double[] values, int least) {
    require(values, least);
    return smallest(ranks(values), least);
  }

  /**
   * The p of every split, by the index of the first value after it; 1 where a side would have fewer
   * than {@code least} values.
   */
  public static double[] pOfSplits(double[] values, int least) {
    require(values, least);
    double[] ranks = ranks(values);
    int n = ranks.length;
    double[] out = new double[n];
    Arrays.fill(out, 1);
    double[][] table = table(n);
    double sum = 0;
    for (int k = 1; k <= n - least; k++) {
      sum += ranks[n - k];
      if (k >= least) {
        out[n - k] = isExact(n, k) ? exact(n, k, sum, table) : normal(z(n, k, sum));
      }
    }
    return out;
  }

  private static void require(double[] values, int least) {
    if (least < 1 || values.length < 2 * least) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "rank scan: %d values, %d on each side", values.length, least));
    }
  }

  private static double smallest(double[] ranks, int least) {
    int n = ranks.length;
    double[][] table = table(n);
    double sum = 0;
    double p = 1;
    double z = Double.NEGATIVE_INFINITY; // of normal splits; their p is computed once
    for (int k = 1; k <= n - least; k++) {
      sum += ranks[n - k];
      if (k >= least && isExact(n, k)) {
        p = Math.min(p, exact(n, k, sum, table));
      } else if (k >= least) {
        z = Math.max(z, z(n, k, sum));
      }
    }
    return Math.min(p, normal(z));
  }

  private static boolean isExact(int n, int k) {
    return k <= EXACT || n - k <= EXACT;
  }

  private static double z(int n, int k, double sum) {
    double mean = k * (n + 1) / 2.0;
    double sd = Math.sqrt((double) k * (n - k) * (n + 1) / 12);
    return (sum - 0.5 - mean) / sd;
  }

  private static double normal(double z) {
    return z == Double.NEGATIVE_INFINITY ? 1 : NORMAL.cumulativeProbability(-z);
  }

  /** P(the sum of k of the ranks 1..n is at least this). */
  private static double exact(int n, int k, double sum, double[][] table) {
    if (k <= EXACT) {
      return exact(table[k], k, sum);
    }
    // the others' sum mirrored: each rank r as n + 1 - r
    int others = n - k;
    double rest = n * (n + 1) / 2.0 - sum;
    return exact(table[others], others, others * (n + 1.0) - rest);
  }

  private static double exact(double[] atLeast, int k, double sum) {
    int smallest = k * (k + 1) / 2;
    int at = (int) Math.ceil(sum) - smallest;
    return at <= 0 ? 1 : atLeast[Math.min(at, atLeast.length - 1)];
  }

  /** By k and the sum less the smallest one: the share of k-subsets of 1..n with at least that. */
  private static double[][] table(int n) {
    return TABLES.computeIfAbsent(n, RankScan::count);
  }

  private static double[][] count(int n) {
    int most = Math.min(EXACT, n);
    // ways[k][s]: subsets of k ranks whose sum is s more than the smallest sum of k ranks
    double[][] ways = new double[most + 1][];
    for (int k = 0; k <= most; k++) {
      ways[k] = new double[k * (n - k) + 1];
    }
    ways[0][0] = 1;
    for (int rank = 1; rank <= n; rank++) {
      for (int k = Math.min(most, rank); k >= 1; k--) {
        // adding this rank as the k-th: rank - k more than the smallest possible k-th
        int more = rank - k;
        double[] from = ways[k - 1];
        double[] to = ways[k];
        for (int s = Math.min(from.length, to.length - more) - 1; s >= 0; s--) {
          to[s + more] += from[s];
        }
      }
    }
    for (int k = 0; k <= most; k++) {
      double[] row = ways[k];
      for (int s = row.length - 2; s >= 0; s--) {
        row[s] += row[s + 1];
      }
      double all = row[0];
      for (int s = 0; s < row.length; s++) {
        row[s] /= all;
      }
    }
    return ways;
  }

  /** Ranks from 1; equal values share the mean of theirs. */
  static double[] ranks(double[] values) {
    int n = values.length;
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    if (!Double.isFinite(sorted[0]) || !Double.isFinite(sorted[n - 1])) {
      throw new IllegalArgumentException(
          "rank scan: values are finite, found " + Arrays.toString(values));
    }
    double[] out = new double[n];
    for (int i = 0; i < n; i++) {
      int low = Arrays.binarySearch(sorted, values[i]);
      int high = low;
      while (low > 0 && sorted[low - 1] == values[i]) {
        low--;
      }
      while (high < n - 1 && sorted[high + 1] == values[i]) {
        high++;
      }
      out[i] = 1 + (low + high) / 2.0;
    }
    return out;
  }

  /** Whether two values are equal. */
  public static boolean hasTies(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return IntStream.range(1, sorted.length).anyMatch(i -> sorted[i] == sorted[i - 1]);
  }

  /**
   * The p-value of there being a change at all, by shuffling: the share of orders whose smallest p
   * is at most this. For values with ties, whose ranks follow no table; it takes values as
   * independent.
   *
   * @param seed of the generator (Well19937c)
   */
  public static double pByShuffling(double[] values, int least, double smallest, long seed) {
    double[] ranks = ranks(values);
    RandomGenerator random = new Well19937c(seed);
    int asSmall = 1;
    for (int draw = 0; draw < SHUFFLES; draw++) {
      for (int i = ranks.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        double kept = ranks[i];
        ranks[i] = ranks[j];
        ranks[j] = kept;
      }
      asSmall += smallest(ranks, least) <= smallest * (1 + 1e-9) ? 1 : 0;
      if (asSmall > ENOUGH) {
        return ENOUGH / (draw + 1.0);
      }
    }
    return asSmall / (SHUFFLES + 1.0);
  }
}
