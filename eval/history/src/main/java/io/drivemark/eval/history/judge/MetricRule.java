package io.drivemark.eval.history.judge;

import java.util.Objects;

/**
 * How one metric is judged. Immutable.
 *
 * @param metric its id
 * @param title for people
 * @param unit for people; empty for a fraction
 * @param noisy whether it is timed and judged by statistics, or follows from counts and is exact
 * @param moreIsBetter the direction
 * @param floor the least change that counts: of noisy metrics relative (0.02 for 2 %), of others in
 *     the metric's unit
 * @param least of noisy metrics the least change in the metric's unit that counts besides; 0 for
 *     none
 */
public record MetricRule(
    String metric,
    String title,
    String unit,
    boolean noisy,
    boolean moreIsBetter,
    double floor,
    double least) {
  public MetricRule {
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(unit, "unit");
    if (!(floor >= 0 && floor < 1) && noisy || !(floor >= 0) || !(least >= 0)) {
      throw new IllegalArgumentException(
          metric + ": floor " + floor + ", least " + least + "; both are at least 0");
    }
  }

  /** The same with another floor. */
  public MetricRule withFloor(double newFloor) {
    return new MetricRule(metric, title, unit, noisy, moreIsBetter, newFloor, least);
  }

  /** The same with another least change in the metric's unit. */
  public MetricRule withLeast(double newLeast) {
    return new MetricRule(metric, title, unit, noisy, moreIsBetter, floor, newLeast);
  }
}
