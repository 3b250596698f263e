package io.drivemark.eval.runner.derive;

import io.drivemark.eval.gauge.Figure;
import io.drivemark.eval.gauge.Gauge;
import io.drivemark.eval.gauge.Pool;
import io.drivemark.eval.gauge.Reading;
import io.drivemark.eval.runner.record.GaugeReading;
import io.drivemark.eval.runner.record.GaugeReading.ClassValue;
import io.drivemark.eval.runner.record.GaugeReading.SliceValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** From a gauge's counts to what a record keeps of it. Stateless. */
public final class Readings {
  private Readings() {}

  /**
   * The figures over all frames, and those with a column also over the frames of each slice.
   *
   * @param pool what the gauge counted on all frames
   * @param attributes of each frame, in the same order
   */
  public static GaugeReading of(Gauge gauge, Pool pool, List<Map<String, String>> attributes) {
    Reading reading = gauge.read(pool);
    Map<String, List<SliceValue>> slices = new LinkedHashMap<>();
    Slices.of(attributes)
        .forEach(
            (attribute, values) ->
                values.forEach(
                    (value, frames) ->
                        gauge
                            .read(part(pool, frames))
                            .values()
                            .forEach(
                                (id, v) ->
                                    slices
                                        .computeIfAbsent(id, i -> new ArrayList<>())
                                        .add(
                                            new SliceValue(
                                                attribute,
                                                value,
                                                frames.size(),
                                                v.value().value())))));
    List<GaugeReading.Figure> figures = new ArrayList<>();
    for (Figure figure : gauge.figures()) {
      Reading.Value value = reading.values().get(figure.id());
      if (value == null) {
        throw new IllegalStateException(
            "gauge " + gauge.name() + " gives no value for its figure " + figure.id());
      }
      figures.add(
          figure(
              figure,
              value,
              figure.shown() ? slices.getOrDefault(figure.id(), List.of()) : List.of()));
    }
    return new GaugeReading(gauge.name(), gauge.derivation(), pool.settings(), figures);
  }

  private static Pool part(Pool pool, List<Integer> frames) {
    return new Pool(
        pool.space(),
        pool.protocol(),
        pool.settings(),
        frames.stream().map(pool.confusion()::get).toList(),
        pool.frames().isEmpty() ? List.of() : frames.stream().map(pool.frames()::get).toList());
  }

  private static GaugeReading.Figure figure(
      Figure figure, Reading.Value value, List<SliceValue> slices) {
    List<ClassValue> byClass = new ArrayList<>();
    value.byClass().forEach((name, v) -> byClass.add(new ClassValue(name, v.value())));
    return figure(
        figure,
        value.value().value(),
        value.interval().map(i -> OptionalDouble.of(i.low())).orElse(OptionalDouble.empty()),
        value.interval().map(i -> OptionalDouble.of(i.high())).orElse(OptionalDouble.empty()),
        byClass,
        slices);
  }

  /** A figure with these values, in the words of its gauge. */
  static GaugeReading.Figure figure(
      Figure figure,
      OptionalDouble value,
      OptionalDouble low,
      OptionalDouble high,
      List<ClassValue> byClass,
      List<SliceValue> slices) {
    return new GaugeReading.Figure(
        figure.id(),
        figure.title(),
        figure.unit().name().toLowerCase(Locale.ROOT),
        figure.better().name().toLowerCase(Locale.ROOT),
        figure.shown(),
        figure.about(),
        value,
        low,
        high,
        byClass,
        slices);
  }
}
