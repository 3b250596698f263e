package io.drivemark.eval.gauge;

import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.statistics.Interval;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a gauge gives for a pool of frames. Immutable.
 *
 * @param values by the figure's id, in the order in which they were put
 */
public record Reading(Map<String, Value> values) {

  /**
   * The value of a figure.
   *
   * @param value the number, or why there is none
   * @param interval how sure it is, where the gauge says so
   * @param byClass the same for each class by name, where it has them; in index order
   */
  public record Value(
      MetricValue value, Optional<Interval> interval, Map<String, MetricValue> byClass) {
    public Value {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(interval, "interval");
      byClass = Collections.unmodifiableMap(new LinkedHashMap<>(byClass));
    }
  }

  public Reading {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Nothing yet. */
  public static Reading empty() {
    return new Reading(Map.of());
  }

  /** The same and this. */
  public Reading with(String id, MetricValue value) {
    return with(id, new Value(value, Optional.empty(), Map.of()));
  }

  /** The same and this. */
  public Reading with(String id, MetricValue value, Map<String, MetricValue> byClass) {
    return with(id, new Value(value, Optional.empty(), byClass));
  }

  /** The same and this. */
  public Reading with(String id, MetricValue value, Optional<Interval> interval) {
    return with(id, new Value(value, interval, Map.of()));
  }

  private Reading with(String id, Value value) {
    Map<String, Value> all = new LinkedHashMap<>(values);
    if (all.put(id, value) != null) {
      throw new IllegalArgumentException("reading: figure '" + id + "' has two values");
    }
    return new Reading(all);
  }
}
