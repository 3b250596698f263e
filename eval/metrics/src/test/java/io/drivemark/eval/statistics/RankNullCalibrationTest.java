package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How often a scan of nights in which nothing changed has a small p, on rows that the shipped null
 * was not made of; the large one prints rows of a Markdown table.
 */
class RankNullCalibrationTest {
  private static final double[] LEVELS = {0.05, 0.001};

  /** Shares of rows whose p is at most each level. */
  private static final class Shares {
    private final int rows;
    private final double[] known = new double[LEVELS.length];
    private final double[] estimated = new double[LEVELS.length];

    private Shares(int rows) {
      this.rows = rows;
    }

    /**
     * Shares of unchanged rows.
     *
     * @param n values a row, on the grid of the null or between its places
     * @param phi autocorrelation of neighbours
     */
    static Shares of(int n, double phi, int rows, long seed) {
      RandomGenerator random = new Well19937c(seed);
      Shares out = new Shares(rows);
      for (int row = 0; row < rows; row++) {
        double[] values = row(n, phi, random);
        double smallest = RankScan.smallestP(values, RankNull.LEAST);
        double p = RankNull.shipped().p(n, phi, smallest);
        double pEstimated = estimated(values, smallest);
        for (int i = 0; i < LEVELS.length; i++) {
          out.known[i] += p <= LEVELS[i] ? 1.0 / rows : 0;
          out.estimated[i] += pEstimated <= LEVELS[i] ? 1.0 / rows : 0;
        }
      }
      return out;
    }

    /** As nights are judged: the autocorrelation is that about the two likeliest levels. */
    private static double estimated(double[] values, double smallest) {
      double least = RankNull.shipped().p(values.length, 0, smallest);
      if (least > LEVELS[0]) {
        return least; // with autocorrelation it is larger still
      }
      int at = StepFit.of(values, RankNull.LEAST).at();
      double alike =
          Autocorrelation.of(
              Arrays.copyOfRange(values, 0, at), Arrays.copyOfRange(values, at, values.length));
      return RankNull.shipped().p(values.length, alike, smallest);
    }

    private static double[] row(int n, double phi, RandomGenerator random) {
      double[] values = new double[n];
      double last = random.nextGaussian();
      for (int i = 0; i < n; i++) {
        values[i] = last;
        last = phi * last + Math.sqrt(1 - phi * phi) * random.nextGaussian();
      }
      return values;
    }

    /**
     * A level and four standard errors of a share of so many rows. Few values have few smallest
     * p's, far between: between places of the grid a small one may be four times as frequent.
     */
    double bound(int level, int n) {
      double share = LEVELS[level] * (level > 0 && n < 25 ? 4 : 1);
      return share + 4 * Math.sqrt(share / rows);
    }
  }

  private static Shares check(int n, double phi, int rows, long seed) {
    Shares found = Shares.of(n, phi, rows, seed);
    for (int i = 0; i < LEVELS.length; i++) {
      assertTrue(
          found.known[i] <= found.bound(i, n),
          n + " values, " + phi + ", p <= " + LEVELS[i] + ": " + found.known[i] + ", seed " + seed);
    }
    // with a standard error added to what is estimated a short independent row is judged carefully
    if (phi == 0) {
      assertTrue(found.estimated[0] <= found.bound(0, n), n + ": " + found.estimated[0]);
    }
    return found;
  }

  @Test
  void aSmallPIsAsRareAsItSaysInFewRows() {
    check(25, 0, 1000, 11);
    check(43, 0.25, 1000, 12);
  }

  @Tag("slow")
  @Test
  void aSmallPIsAsRareAsItSays() {
    int rows = Integer.getInteger("drivemark.rows", 20_000);
    long seed = 500;
    System.out.println(
        "| values | autocorrelation | rows | p ≤ 0.05 | p ≤ 0.001 | p ≤ 0.05, autocorrelation estimated |"
            + " p ≤ 0.001, likewise |\n|---|---|---|---|---|---|---|");
    for (int n : new int[] {12, 20, 43, 90, 365}) {
      for (double phi : new double[] {0, 0.25, 0.4, 0.6}) {
        Shares found = check(n, phi, rows, seed++);
        System.out.printf(
            Locale.ROOT,
            "| %d | %.2f | %d | %.2f %% | %.3f %% | %.2f %% | %.3f %% |%n",
            n,
            phi,
            rows,
            100 * found.known[0],
            100 * found.known[1],
            100 * found.estimated[0],
            100 * found.estimated[1]);
      }
    }
  }
}
