package io.drivemark.eval.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * Bootstrap draws that several items (networks) share, so that a draw says of all of them at once
 * how they might have come out: the share of draws in which one is the best, or worth its time, is
 * a property of joint draws and not of intervals. {@link Resampled} sorts its draws and forgets
 * which belong together.
 *
 * <p>What is drawn is the same for all: clusters of frames where accuracy is looked at ({@link
 * #ofClusters}); occasions, processes and rounds where time is ({@link RepeatedRuns}). Immutable.
 * See Efron and Tibshirani, An Introduction to the Bootstrap, chapter 8.
 */
public final class JointDraws {
  /** Draws where nothing is said. */
  public static final int DRAWS = 10_000;

  private final double[] estimates;
  private final double[][] values; // by item and draw, NaN where undefined

  /** Takes over the arrays. */
  JointDraws(double[] estimates, double[][] values) {
    this.estimates = estimates;
    this.values = values;
  }

  /** A statistic of the sum of some clusters' vectors; NaN where it is undefined. */
  @FunctionalInterface
  public interface Statistic {
    /** Computes it; the array is reused and must not be kept or written to. */
    double of(double[] sums);
  }

  /**
   * Draws as many clusters as there are, with replacement, the same for all items.
   *
   * @param items each a vector for each cluster; all have the same number of clusters, at least 2
   * @param statistics one for each item
   * @param draws at least 100
   * @param seed of the generator (Well19937c)
   * @throws IllegalArgumentException if there are fewer than 2 clusters or their numbers differ
   */
  public static JointDraws ofClusters(
      List<double[][]> items, List<Statistic> statistics, int draws, long seed) {
    if (draws < 100) {
      throw new IllegalArgumentException("joint draws: at least 100 are needed, got " + draws);
    }
    return ofClusters(items, statistics, draws, Picks.seeded(seed));
  }

  static JointDraws ofClusters(
      List<double[][]> items, List<Statistic> statistics, int draws, Picks picks) {
    int n = items.isEmpty() ? 2 : items.get(0).length;
    if (n < 2 || items.stream().anyMatch(i -> i.length != n) || statistics.size() != items.size()) {
      throw new IllegalArgumentException(
          "joint draws: each item needs a statistic and the same 2 or more clusters, found "
              + items.stream().map(i -> i.length).toList()
              + " clusters and "
              + statistics.size()
              + " statistics");
    }
    double[] estimates = new double[items.size()];
    double[][] values = new double[items.size()][draws];
    double[][] sums = new double[items.size()][];
    int[] times = new int[n];
    Arrays.fill(times, 1);
    for (int i = 0; i < estimates.length; i++) {
      sums[i] = new double[items.get(i)[0].length];
      estimates[i] = drawn(items.get(i), times, sums[i], statistics.get(i));
    }
    for (int draw = 0; draw < draws; draw++) {
      Arrays.fill(times, 0);
      for (int c = 0; c < n; c++) {
        times[picks.below(n)]++;
      }
      for (int i = 0; i < estimates.length; i++) {
        values[i][draw] = drawn(items.get(i), times, sums[i], statistics.get(i));
      }
    }
    return new JointDraws(estimates, values);
  }

  private static double drawn(double[][] clusters, int[] times, double[] sums, Statistic of) {
    Arrays.fill(sums, 0);
    for (int c = 0; c < times.length; c++) {
      if (times[c] > 0) {
        double[] cluster = clusters[c];
        for (int k = 0; k < sums.length; k++) {
          sums[k] += times[c] * cluster[k];
        }
      }
    }
    return of.of(sums);
  }

  /** How many items. */
  public int items() {
    return estimates.length;
  }

  /** How many draws. */
  public int draws() {
    return values.length == 0 ? 0 : values[0].length;
  }

  /** An item's value on all that there is; NaN if it is undefined. */
  public double estimate(int item) {
    return estimates[item];
  }

  /** An item's value in a draw; NaN if it is undefined there. */
  public double value(int item, int draw) {
    return values[item][draw];
  }

  /** The same with every value's sign turned, where less is better. */
  public JointDraws negated() {
    return new JointDraws(
        negated(estimates), Arrays.stream(values).map(v -> negated(v)).toArray(double[][]::new));
  }

  private static double[] negated(double[] of) {
    return Arrays.stream(of).map(v -> -v).toArray();
  }

  /**
   * The standard deviation of the draws of one item's value less another's; 0 where they differ by
   * the same in every draw. Draws in which either is undefined are left out.
   */
  public double spread(int item, int other) {
    double[] moments = new double[3];
    for (int draw = 0; draw < draws(); draw++) {
      add(moments, values[item][draw] - values[other][draw]);
    }
    return deviation(moments);
  }

  /** The standard deviation of the draws of an item's value. */
  public double spread(int item) {
    double[] moments = new double[3];
    for (double value : values[item]) {
      add(moments, value);
    }
    return deviation(moments);
  }

  /** Count, mean and sum of squares about it, one value more (Welford). */
  private static void add(double[] moments, double value) {
    if (!Double.isNaN(value)) {
      moments[0]++;
      double off = value - moments[1];
      moments[1] += off / moments[0];
      moments[2] += off * (value - moments[1]);
    }
  }

  private static double deviation(double[] moments) {
    return moments[0] < 2 ? 0 : Math.sqrt(moments[2] / (moments[0] - 1));
  }

  /**
   * The one-sided p-value of an item's value being no larger than another's, for draws of clusters:
   * the larger of two. One is Student's with n − 1 degrees of freedom, from the draws' standard
   * deviation; it has no smallest value, which a family of hundreds of claims needs. The other is
   * the share of draws in which it is no larger, as {@link Resampled#pOfZero} heeds few clusters;
   * it sees skewness, and is left out where there is no such draw. Draws in which either is
   * undefined speak for no difference.
   *
   * @param clusters how many were drawn from, at least 2
   * @return 1 where the estimate is no larger or undefined; where every draw gives the same
   *     difference, 2⁻ⁿ, the chance that n fair coins agree
   */
  public double pNotAbove(int item, int other, int clusters) {
    double estimate = estimates[item] - estimates[other];
    if (!(estimate > 0)) {
      return 1;
    }
    double spread = spread(item, other);
    int notAbove = 0;
    for (int draw = 0; draw < draws(); draw++) {
      notAbove += values[item][draw] - values[other][draw] > 0 ? 0 : 1;
    }
    double p =
        spread <= estimate * 1e-12
            ? Math.scalb(1.0, -clusters)
            : Student.ofDraws(estimate / spread, clusters);
    if (notAbove == 0) {
      return p;
    }
    double share = (notAbove + 1.0) / (draws() + 1);
    return share >= 0.5 ? 1 : Math.max(p, Student.ofDraws(Student.normalQuantile(share), clusters));
  }
}
