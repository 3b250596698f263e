package io.drivemark.eval.runner.record;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * By how much a model's mIoU differs from another's on the same frames, engine and size. The
 * intervals are the paired bootstrap's: every draw takes the same clusters of frames for both, so
 * what is hard for both cancels out. Immutable.
 *
 * @param from name of the other model
 * @param miou this model's mIoU less the other's, a fraction
 * @param low lower end of the 95 % percentile interval, which is too narrow with few clusters;
 *     absent with fewer than two
 * @param high upper end
 * @param expandedLow lower end of the interval widened for few clusters; absent in records of older
 *     programs, too
 * @param expandedHigh upper end
 * @param swapP two-sided p-value of the swap test ({@link
 *     io.drivemark.eval.statistics.ClusterSwapTest}), on which decisions rest; not adjusted; absent
 *     in records of older programs, too
 */
public record MiouDifference(
    String from,
    double miou,
    OptionalDouble low,
    OptionalDouble high,
    OptionalDouble expandedLow,
    OptionalDouble expandedHigh,
    OptionalDouble swapP) {
  public MiouDifference {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(low, "low");
    Objects.requireNonNull(high, "high");
    Objects.requireNonNull(expandedLow, "expandedLow");
    Objects.requireNonNull(expandedHigh, "expandedHigh");
    Objects.requireNonNull(swapP, "swapP");
  }

  /** As older programs wrote it: the percentile interval alone. */
  public MiouDifference(String from, double miou, OptionalDouble low, OptionalDouble high) {
    this(
        from,
        miou,
        low,
        high,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  /** What of it older programs wrote. */
  public MiouDifference percentileOnly() {
    return new MiouDifference(from, miou, low, high);
  }
}
