package io.drivemark.eval.runner.record;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a gauge gave for an entry, with all that a reader needs to show it, whether or not the gauge
 * is installed where it is read. Immutable.
 *
 * @param gauge its name
 * @param derivation the version of the rule by which figures follow from its counts; figures of two
 *     versions never share a column
 * @param settings what the counts were made with, by name
 * @param figures in the gauge's order
 */
public record GaugeReading(
    String gauge, int derivation, Map<String, String> settings, List<Figure> figures) {

  /**
   * A figure.
   *
   * @param id unique over all gauges, for example {@code boundary}
   * @param title the head of its column
   * @param unit {@code fraction}, {@code count}, {@code pixels}, {@code metres} or {@code number}
   * @param better {@code higher}, {@code lower} or {@code neither}
   * @param shown whether tables have a column for it
   * @param about what it says
   * @param value empty where undefined, never zero
   * @param low end of its 95 % interval, where it has one
   * @param high end of it
   * @param byClass the same for each class, where it has them
   * @param slices the same for the frames that share an attribute's value
   */
  public record Figure(
      String id,
      String title,
      String unit,
      String better,
      boolean shown,
      String about,
      OptionalDouble value,
      OptionalDouble low,
      OptionalDouble high,
      List<ClassValue> byClass,
      List<SliceValue> slices) {
    public Figure {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(title, "title");
      Objects.requireNonNull(unit, "unit");
      Objects.requireNonNull(better, "better");
      Objects.requireNonNull(about, "about");
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(low, "low");
      Objects.requireNonNull(high, "high");
      byClass = List.copyOf(byClass);
      slices = List.copyOf(slices);
    }

    /** Whether the numbers are the same, whatever the words. */
    boolean agrees(Figure other) {
      return id.equals(other.id)
          && value.equals(other.value)
          && low.equals(other.low)
          && high.equals(other.high)
          && byClass.equals(other.byClass)
          && slices.equals(other.slices);
    }
  }

  /** A class's value. */
  public record ClassValue(String name, OptionalDouble value) {}

  /** The value of the frames that share an attribute's value. */
  public record SliceValue(String attribute, String value, int images, OptionalDouble figure) {}

  public GaugeReading {
    Objects.requireNonNull(gauge, "gauge");
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
    figures = List.copyOf(figures);
  }

  /** Whether the numbers are the same, whatever the words. */
  public boolean agrees(GaugeReading other) {
    if (!gauge.equals(other.gauge)
        || derivation != other.derivation
        || !settings.equals(other.settings)
        || figures.size() != other.figures.size()) {
      return false;
    }
    for (int i = 0; i < figures.size(); i++) {
      if (!figures.get(i).agrees(other.figures.get(i))) {
        return false;
      }
    }
    return true;
  }
}
