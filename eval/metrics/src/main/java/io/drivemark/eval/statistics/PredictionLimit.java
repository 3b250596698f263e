package io.drivemark.eval.statistics;

import java.util.Arrays;
import java.util.Locale;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Where the next value of a steady row is to be expected. Values far out are drawn in before mean
 * and spread are taken, so that one wild night neither hides the next change nor moves the level.
 * Where neighbours are alike, n values are worth fewer independent ones, n (1 − φ)/(1 + φ), and
 * their mean and spread are surer by that number only. Immutable.
 *
 * @param level the mean
 * @param scatter the standard deviation of one value, greater than 0 unless all are equal
 * @param values how many the scatter is of
 * @param ofLevel how many independent values the level is worth, at least 1
 * @param freedom the degrees of freedom, at least 1
 */
public record PredictionLimit(
    double level, double scatter, int values, double ofLevel, double freedom) {
  /** Values farther out than so many scaled median deviations are drawn in to there. */
  private static final double DRAWN_IN = 2.5;

  /** What drawing in takes from the standard deviation of normal values. */
  private static final double CORRECTION = 1.03;

  /** Autocorrelation counts as this at most. */
  private static final double MOST = 0.8;

  /**
   * The limit of a row of one level.
   *
   * @param values at least 3, finite
   */
  public static PredictionLimit of(double[] values) {
    return of(values, new double[0][]);
  }

  /**
   * The limit of a row whose level changed before: the level is that of the values since, the
   * scatter that of all about their own levels.
   *
   * @param values since the last change, at least 1
   * @param earlier those of each level before; they give the scatter alone
   * @throws IllegalArgumentException if there are fewer than 3 values, or no degrees of freedom
   */
  public static PredictionLimit of(double[] values, double[][] earlier) {
    return of(values, earlier, Autocorrelation.of(rows(values, earlier)));
  }

  /** The values of each level in their order, those since the last change at the end. */
  private static double[][] rows(double[] values, double[][] earlier) {
    double[][] rows = Arrays.copyOf(earlier, earlier.length + 1);
    rows[earlier.length] = values;
    return rows;
  }

  /**
   * The same where it is known from elsewhere how alike neighbours are.
   *
   * @param alike the autocorrelation; counts as 0 at least and as 0.8 at most
   * @throws IllegalArgumentException as above
   */
  public static PredictionLimit of(double[] values, double[][] earlier, double alike) {
    double[] drawn = drawnIn(values);
    double level = mean(drawn);
    double squares = squares(drawn, level);
    int count = values.length;
    int levels = 1;
    for (double[] row : earlier) {
      if (row.length > 0) {
        double[] other = drawnIn(row);
        squares += squares(other, mean(other));
        count += row.length;
        levels++;
      }
    }
    if (values.length < 1 || count < 3 || count - levels < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "prediction limit: %d values since the last of %d levels, %d in all",
              values.length,
              levels,
              count));
    }
    double phi = Math.max(0, Math.min(MOST, alike));
    // as many independent values as these are worth
    double worth = (1 - phi) / (1 + phi);
    double freedom = Math.max(1, worth * count - levels);
    double ofLevel = Math.max(1, worth * values.length);
    double scatter = CORRECTION * Math.sqrt(squares / count * (freedom + levels) / freedom);
    return new PredictionLimit(level, scatter, count, ofLevel, freedom);
  }

  /** The same with a scatter of at least so much. */
  public PredictionLimit atLeast(double least) {
    return scatter >= least ? this : new PredictionLimit(level, least, values, ofLevel, freedom);
  }

  /** The standard error of a next value about the level. */
  public double error() {
    return scatter * Math.sqrt(1 + 1.0 / ofLevel);
  }

  /** How many standard errors of a next value this one lies above the level. */
  public double z(double next) {
    double error = error();
    if (error > 0) {
      return (next - level) / error;
    }
    return next == level ? 0 : Math.copySign(Double.POSITIVE_INFINITY, next - level);
  }

  /**
   * The one-sided p-value of a next value at least so many standard errors above the level
   * (Student's t).
   */
  public double pAbove(double z) {
    if (Double.isInfinite(z)) {
      return z > 0 ? 0 : 1;
    }
    return new TDistribution(null, freedom).cumulativeProbability(-z);
  }

  private static double[] drawnIn(double[] values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("prediction limit: no value since the last change");
    }
    double middle = Robust.median(values);
    double most = DRAWN_IN * Robust.scaledMad(values);
    if (values.length < 3 || !(most > 0)) {
      return values;
    }
    return Arrays.stream(values)
        .map(v -> Math.max(middle - most, Math.min(middle + most, v)))
        .toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static double squares(double[] values, double mean) {
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
  }
}
