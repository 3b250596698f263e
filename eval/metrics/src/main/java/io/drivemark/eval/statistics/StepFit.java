package io.drivemark.eval.statistics;

import java.util.Arrays;
import java.util.Locale;

/**
 * Where a row of values changes its level once, given that it does: the split about whose two
 * medians the values lie nearest, by the sum of distances. Single wild values weigh little. Ranks
 * would not do: they forget by how much the values after a step are larger, and count the largest
 * values before it in. Immutable.
 *
 * <p>Example: 0, 1, 0, 1, 5, 6, 5 has its step before the 5: distances sum to 2 + 1.
 *
 * @param at index of the first value after the step
 * @param earliest the earliest index that may be right as well, at a tenth of the likelihood of
 *     two-sided exponential noise
 * @param latest the latest one
 * @param before the median of the values before
 * @param after the median of the values after
 */
public record StepFit(int at, int earliest, int latest, double before, double after) {
  private static final double TENTH = Math.log(10);

  /**
   * The step of a row.
   *
   * @param least how many values each side has at least, at least 1
   * @throws IllegalArgumentException if there are fewer than 2 · {@code least} values
   */
  public static StepFit of(double[] values, int least) {
    int n = values.length;
    if (least < 1 || n < 2 * least) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "step: %d values, %d on each side", n, least));
    }
    double[] cost = new double[n];
    Arrays.fill(cost, Double.POSITIVE_INFINITY);
    int at = least;
    for (int i = least; i <= n - least; i++) {
      cost[i] =
          distances(Arrays.copyOfRange(values, 0, i)) + distances(Arrays.copyOfRange(values, i, n));
      at = cost[i] < cost[at] ? i : at;
    }
    double bar = cost[at] + TENTH * cost[at] / n;
    int earliest = at;
    int latest = at;
    for (int i = least; i <= n - least; i++) {
      if (cost[i] <= bar) {
        earliest = Math.min(earliest, i);
        latest = Math.max(latest, i);
      }
    }
    return new StepFit(
        at,
        earliest,
        latest,
        Robust.median(Arrays.copyOfRange(values, 0, at)),
        Robust.median(Arrays.copyOfRange(values, at, n)));
  }

  private static double distances(double[] values) {
    double middle = Robust.median(values);
    double sum = 0;
    for (double value : values) {
      sum += Math.abs(value - middle);
    }
    return sum;
  }
}
