package io.drivemark.eval.metrics;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a metric gives: a number, or the reason why there is none. The IoU of a class that neither
 * occurs nor is predicted is {@link Undefined}, never 0, −1 or NaN. Immutable.
 */
public sealed interface MetricValue {

  /**
   * A number.
   *
   * @param number finite
   */
  record Defined(double number) implements MetricValue {
    public Defined {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException(
            "metric value: a finite number is needed, got " + number);
      }
    }

    @Override
    public OptionalDouble value() {
      return OptionalDouble.of(number);
    }

    @Override
    public String toString() {
      return Double.toString(number);
    }
  }

  /**
   * No number.
   *
   * @param reason why, for a reader of the report
   */
  record Undefined(String reason) implements MetricValue {
    public Undefined {
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public OptionalDouble value() {
      return OptionalDouble.empty();
    }

    @Override
    public String toString() {
      return "undefined (" + reason + ")";
    }
  }

  /** The number, or empty where it is undefined. */
  OptionalDouble value();

  /** Whether there is a number. */
  default boolean isDefined() {
    return value().isPresent();
  }

  /** The number. */
  static MetricValue of(double number) {
    return new Defined(number);
  }

  /** No number, for this reason. */
  static MetricValue undefined(String reason) {
    return new Undefined(reason);
  }
}
