package io.drivemark.eval.runner.record.robust;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A figure with its 95 % interval, that of the paired cluster bootstrap widened for few clusters.
 * Immutable.
 *
 * @param value absent where undefined
 * @param low absent where undefined, or with fewer than two clusters
 * @param high likewise
 */
public record Span(OptionalDouble value, OptionalDouble low, OptionalDouble high) {
  /** Undefined. */
  public static final Span NONE =
      new Span(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

  public Span {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(low, "low");
    Objects.requireNonNull(high, "high");
  }
}
