package io.drivemark.eval.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How alike neighbours in time are. Stateless.
 *
 * <p>Example: of 1, −1, 1, −1 it is −3/4 and the standard error 1/2 besides, −1/4.
 */
public final class Autocorrelation {
  /** Residuals beyond so many scaled median deviations count as if they were there. */
  private static final double CLIPPED = 3;

  /** Rows of fewer values a level say nothing of neighbours. */
  private static final int FEWEST = 5;

  private Autocorrelation() {}

  /**
   * The lag-1 autocorrelation of values about their level, and one standard error 1/√n besides, so
   * that it is rather taken too large. Residuals are clipped at 3 scaled median deviations.
   *
   * @param rows values of one level each, in order; pairs are taken within a row
   * @return less than 1 + 1/√n; 1/√n where all residuals are 0, and 1 without any value
   */
  public static double of(double[]... rows) {
    int n = values(rows);
    return n == 0 ? 1 : plain(rows) + 1 / Math.sqrt(n);
  }

  /**
   * What many series have in common: the mean of their autocorrelations by their numbers of values,
   * without what it is too small by where a level is known from n values alone, (1 + 4ρ)/n (M. G.
   * Kendall, Note on bias in the estimation of autocorrelation, 1954), and one standard error 1/√N
   * besides, of N values in all, widened alike. One series of a dozen values says little of it,
   * twenty say much.
   *
   * @param series of each the values of one level each, in order; those of fewer than {@value
   *     #FEWEST} values a level are left out
   * @return empty where all are left out
   */
  public static OptionalDouble shared(List<double[][]> series) {
    double sum = 0;
    double error = 0;
    double all = 0;
    for (double[][] rows : series) {
      double n = values(rows);
      long levels = Arrays.stream(rows).filter(row -> row.length > 0).count();
      if (levels > 0 && n / levels >= FEWEST) {
        double each = n / levels;
        double widened = n / (1 - 4 / each);
        sum += widened * (centred(rows) + 1 / each);
        error += widened;
        all += n;
      }
    }
    return all == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(sum / all + error / all / Math.sqrt(all));
  }

  private static int values(double[][] rows) {
    return Arrays.stream(rows).mapToInt(row -> row.length).sum();
  }

  private static double plain(double[][] rows) {
    return ofResiduals(clipped(rows));
  }

  /** About their mean, for which the bias is known. */
  private static double centred(double[][] rows) {
    double[][] residuals = clipped(rows);
    for (double[] row : residuals) {
      double mean = Arrays.stream(row).average().orElse(0);
      Arrays.setAll(row, i -> row[i] - mean);
    }
    return ofResiduals(residuals);
  }

  private static double[][] clipped(double[][] rows) {
    double[][] residuals = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      double middle = rows[i].length == 0 ? 0 : Robust.median(rows[i]);
      residuals[i] = Arrays.stream(rows[i]).map(v -> v - middle).toArray();
    }
    double[] sizes =
        Arrays.stream(residuals).flatMapToDouble(Arrays::stream).map(Math::abs).toArray();
    double clip = CLIPPED * Robust.MAD_TO_SIGMA * Robust.median(sizes);
    for (double[] row : residuals) {
      Arrays.setAll(row, i -> Math.max(-clip, Math.min(clip, row[i])));
    }
    return residuals;
  }

  private static double ofResiduals(double[][] residuals) {
    double pairs = 0;
    double squares = 0;
    for (double[] row : residuals) {
      double last = 0;
      for (double r : row) {
        pairs += r * last;
        squares += r * r;
        last = r;
      }
    }
    return squares > 0 ? pairs / squares : 0;
  }
}
