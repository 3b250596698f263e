package io.drivemark.eval.history.judge;

import io.drivemark.eval.history.SeriesKey;
import java.util.Objects;

/**
 * A series as the judge knows it: what tells it from others, and what people are told. Immutable;
 * equal where the keys are.
 *
 * @param key tells it from every other series
 * @param label for people
 * @param model the model's name
 * @param dataset the dataset's name and split
 * @param engine the engine's name
 */
public record Series(String key, String label, String model, String dataset, String engine)
    implements Comparable<Series> {
  /** What all series of a night have in common, as if it were one. */
  public static final Series ALL = new Series("all", "all series", "", "", "");

  public Series {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(engine, "engine");
  }

  /** The series of a key. */
  public static Series of(SeriesKey key) {
    return new Series(
        key.digest(), key.label(), key.model(), key.dataset() + "/" + key.split(), key.engine());
  }

  /** Whether it is {@link #ALL}. */
  public boolean isAll() {
    return key.equals(ALL.key);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Series series && key.equals(series.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  /** By label, then by key. */
  @Override
  public int compareTo(Series other) {
    int byLabel = label.compareTo(other.label);
    return byLabel != 0 ? byLabel : key.compareTo(other.key);
  }
}
