package io.drivemark.eval.history.judge;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One figure that follows from counts, without noise. Immutable.
 *
 * @param metric the metric's id, for example {@code miou} or {@code iou}
 * @param ofClass the class it is of; empty for a figure of all
 * @param value in the metric's unit; empty where it is undefined
 */
public record Measurement(String metric, Optional<String> ofClass, OptionalDouble value) {
  public Measurement {
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(ofClass, "ofClass");
    Objects.requireNonNull(value, "value");
    if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
      throw new IllegalArgumentException(
          metric + ": " + value.getAsDouble() + " is no value; leave it out");
    }
  }
}
