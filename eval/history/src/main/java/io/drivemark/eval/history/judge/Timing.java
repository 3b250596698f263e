package io.drivemark.eval.history.judge;

import java.util.Arrays;
import java.util.Objects;

/**
 * What one fork (a fresh process) measured of a metric that has noise. Immutable.
 *
 * @param metric the metric's id, for example {@code latencyMs}
 * @param fork from 0
 * @param rotation id of the {@link Night.Rotation} that it was measured in
 * @param log the natural logarithm of the value
 */
public record Timing(String metric, int fork, String rotation, double log) {
  /** The share of blocks that {@link #ofBlocks} leaves out at each end. */
  private static final double TRIMMED = 0.2;

  public Timing {
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(rotation, "rotation");
    if (!Double.isFinite(log)) {
      throw new IllegalArgumentException(metric + ": log is " + log + ", a number expected");
    }
  }

  /**
   * From the means of blocks: the logarithm of their mean without a fifth of them, rounded down, at
   * each end.
   *
   * <p>Example: of 1, 2, 3, 4 and 100 ms it is ln 3.
   *
   * @param blocks one value a block, each more than 0; at least one
   * @throws IllegalArgumentException if there is none, or one is not more than 0
   */
  public static Timing ofBlocks(String metric, int fork, String rotation, double[] blocks) {
    double[] sorted = blocks.clone();
    Arrays.sort(sorted);
    if (sorted.length == 0 || !(sorted[0] > 0) || !Double.isFinite(sorted[sorted.length - 1])) {
      throw new IllegalArgumentException(
          metric + ": blocks of more than 0 expected, found " + Arrays.toString(blocks));
    }
    int cut = (int) (TRIMMED * sorted.length);
    double sum = 0;
    for (int i = cut; i < sorted.length - cut; i++) {
      sum += sorted[i];
    }
    return new Timing(metric, fork, rotation, Math.log(sum / (sorted.length - 2 * cut)));
  }
}
