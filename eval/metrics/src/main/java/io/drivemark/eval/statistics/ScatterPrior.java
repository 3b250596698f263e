package io.drivemark.eval.statistics;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.math3.special.Gamma;

/**
 * What the scatters of many rows say of the scatter of one: empirical Bayes, as in G. K. Smyth,
 * Linear models and empirical Bayes methods for assessing differential expression, 2004. Variances
 * are taken as drawn from a scaled inverse χ² distribution; where they are alike a row of a dozen
 * values borrows freedom from the others, where they differ it keeps to its own. Immutable.
 *
 * @param variance the one that the rows are drawn about, greater than 0
 * @param freedom the degrees of freedom that it is worth, greater than 0
 */
public record ScatterPrior(double variance, double freedom) {
  /** Rows from which on their variances say how they are distributed. */
  public static final int FEWEST = 5;

  /**
   * The most that others count for: rows that are alike in scatter may still have other tails than
   * normal ones.
   */
  public static final double MOST = 10;

  private static final int STEPS = 50;
  private static final double EXACT = 1e-10;

  public ScatterPrior {
    if (!(variance > 0) || !(freedom > 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "prior: variance %s, freedom %s; both more than 0", variance, freedom));
    }
  }

  /**
   * The prior that rows have in common, by matching mean and variance of the logarithms of their
   * variances. Rows without scatter are left out.
   *
   * @param variances of the rows
   * @param freedoms the degrees of freedom of each
   * @return empty of fewer than {@value #FEWEST} rows with scatter
   */
  public static Optional<ScatterPrior> of(double[] variances, double[] freedoms) {
    int[] rows = new int[variances.length];
    int n = 0;
    for (int i = 0; i < rows.length; i++) {
      if (variances[i] > 0) {
        rows[n++] = i;
      }
    }
    if (n < FEWEST) {
      return Optional.empty();
    }
    double[] e = new double[n];
    double own = 0; // what logarithms of variances scatter where all are drawn about the same one
    for (int i = 0; i < n; i++) {
      double half = freedoms[rows[i]] / 2;
      e[i] = Math.log(variances[rows[i]]) - Gamma.digamma(half) + Math.log(half);
      own += Gamma.trigamma(half) / n;
    }
    double mean = Arrays.stream(e).sum() / n;
    double spread = Arrays.stream(e).map(v -> (v - mean) * (v - mean)).sum() / (n - 1) - own;
    double half = spread > 0 ? Math.min(MOST / 2, inverseTrigamma(spread)) : MOST / 2;
    return Optional.of(
        new ScatterPrior(Math.exp(mean + Gamma.digamma(half) - Math.log(half)), 2 * half));
  }

  /** The x > 0 with ψ′(x) = y, y > 0; by Newton's steps of 1/ψ′, which is nearly a line. */
  private static double inverseTrigamma(double y) {
    double x = 0.5 + 1 / y;
    for (int i = 0; i < STEPS; i++) {
      double value = Gamma.trigamma(x);
      double slope = (Gamma.trigamma(x * (1 + 1e-6)) - value) / (x * 1e-6);
      double step = value * (1 - value / y) / slope;
      x += step;
      if (Math.abs(step) < EXACT * x) {
        break;
      }
    }
    return x;
  }

  /** A limit whose scatter is that of its own values and of the others'. */
  public PredictionLimit of(PredictionLimit own) {
    double all = freedom + own.freedom();
    double pooled = (freedom * variance + own.freedom() * own.scatter() * own.scatter()) / all;
    return new PredictionLimit(own.level(), Math.sqrt(pooled), own.values(), own.ofLevel(), all);
  }
}
