package io.drivemark.eval.statistics;

import java.util.Arrays;

/**
 * How alike neighbours in time are. Stateless.
 *
 * <p>Example: of 1, −1, 1, −1 it is −3/4 and the standard error 1/2 besides, −1/4.
 */
public final class Autocorrelation {
  /** Residuals beyond so many scaled median deviations count as if they were there. */
  private static final double CLIPPED = 3;

  private Autocorrelation() {}

  /**
   * The lag-1 autocorrelation of values about their level, and one standard error 1/√n besides, so
   * that it is rather taken too large. Residuals are clipped at 3 scaled median deviations.
   *
   * @param rows values of one level each, in order; pairs are taken within a row
   * @return less than 1 + 1/√n; 1/√n where all residuals are 0, and 1 without any value
   */
  public static double of(double[]... rows) {
    double[][] residuals = new double[rows.length][];
    int n = 0;
    for (int i = 0; i < rows.length; i++) {
      double middle = rows[i].length == 0 ? 0 : Robust.median(rows[i]);
      residuals[i] = Arrays.stream(rows[i]).map(v -> v - middle).toArray();
      n += rows[i].length;
    }
    if (n == 0) {
      return 1;
    }
    double[] sizes = new double[n];
    int at = 0;
    for (double[] row : residuals) {
      for (double r : row) {
        sizes[at++] = Math.abs(r);
      }
    }
    double clip = CLIPPED * Robust.MAD_TO_SIGMA * Robust.median(sizes);
    double pairs = 0;
    double squares = 0;
    for (double[] row : residuals) {
      double last = 0;
      for (double residual : row) {
        double r = Math.max(-clip, Math.min(clip, residual));
        pairs += r * last;
        squares += r * r;
        last = r;
      }
    }
    return (squares > 0 ? pairs / squares : 0) + 1 / Math.sqrt(n);
  }
}
