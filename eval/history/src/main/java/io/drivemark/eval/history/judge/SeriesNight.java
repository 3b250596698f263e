package io.drivemark.eval.history.judge;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a night has of a series. Immutable.
 *
 * @param series which one
 * @param unmeasured why it was not measured though it was to be; empty if it was
 * @param timings its latencies, one for each metric and fork; empty if it was not timed
 * @param accuracy its accuracy; empty if it was not judged on frames
 * @param model digest of the model's content; empty where it is not known
 */
public record SeriesNight(
    Series series,
    Optional<String> unmeasured,
    List<Timing> timings,
    Optional<CellAccuracy> accuracy,
    Optional<String> model) {
  /** Of a series whose model is known by its accuracy alone. */
  public SeriesNight(
      Series series,
      Optional<String> unmeasured,
      List<Timing> timings,
      Optional<CellAccuracy> accuracy) {
    this(series, unmeasured, timings, accuracy, accuracy.map(CellAccuracy::model));
  }

  public SeriesNight {
    Objects.requireNonNull(series, "series");
    Objects.requireNonNull(unmeasured, "unmeasured");
    timings = List.copyOf(timings);
    Objects.requireNonNull(accuracy, "accuracy");
    Objects.requireNonNull(model, "model");
    if (unmeasured.isPresent() && (!timings.isEmpty() || accuracy.isPresent())) {
      throw new IllegalArgumentException(
          series.label() + ": measured, and not: " + unmeasured.get());
    }
  }

  /** A series that was to be measured and was not. */
  public static SeriesNight unmeasured(Series series, String why) {
    return new SeriesNight(series, Optional.of(why), List.of(), Optional.empty());
  }
}
