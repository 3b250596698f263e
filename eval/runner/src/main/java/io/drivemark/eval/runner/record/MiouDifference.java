package io.drivemark.eval.runner.record;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * By how much a model's mIoU differs from another's on the same frames, engine and size. The
 * interval is the paired bootstrap's: every draw takes the same clusters of frames for both, so
 * what is hard for both cancels out. Immutable.
 *
 * @param from name of the other model
 * @param miou this model's mIoU less the other's, a fraction
 * @param low lower end of the 95 % percentile interval; absent with fewer than two clusters
 * @param high upper end
 */
public record MiouDifference(String from, double miou, OptionalDouble low, OptionalDouble high) {
  public MiouDifference {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(low, "low");
    Objects.requireNonNull(high, "high");
  }

  /** Whether the interval leaves zero out; false if there is none. */
  public boolean isSure() {
    return low.isPresent() && high.isPresent() && (low.getAsDouble() > 0 || high.getAsDouble() < 0);
  }
}
