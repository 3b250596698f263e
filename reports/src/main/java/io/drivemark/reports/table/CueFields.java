package io.drivemark.reports.table;

import static io.drivemark.reports.table.Field.Better.LOWER;

import io.drivemark.eval.runner.record.cue.CueFacts;
import io.drivemark.eval.runner.record.cue.CueFacts.Deadline;
import io.drivemark.eval.runner.record.cue.CueFacts.Timing;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** Columns of what cues around networks made of runs and times. Stateless. */
final class CueFields {
  private CueFields() {}

  /** The columns; none where no contender has cues. */
  static List<Field> of(List<Contender> contenders) {
    if (contenders.stream().noneMatch(c -> c.entry().cues().isPresent())) {
      return List.of();
    }
    return List.of(
        field(
            "runs_per_picture",
            "Runs a picture",
            "How often networks ran for a picture in the mean, where cues are around them.",
            cues -> Optional.of(cues.runsPerPicture()),
            CueFields::hundredths),
        field(
            "label_age",
            "Age of labels",
            "How many pictures old labels were in the mean, where cues keep them.",
            cues -> Optional.of(cues.meanAge()),
            CueFields::hundredths),
        field(
            "ms_with_run",
            "With run ms",
            "Mean end-to-end latency of pictures that a network runs for.",
            cues -> cues.timing().map(Timing::withRunMs).flatMap(Field::boxed),
            Numbers::milliseconds),
        field(
            "ms_between",
            "Between ms",
            "Mean end-to-end latency of the pictures between.",
            cues -> cues.timing().map(Timing::betweenMs).flatMap(Field::boxed),
            Numbers::milliseconds),
        field(
            "deadline_misses",
            "Late %",
            "Share of timed runs that took longer than the time to the next picture.",
            cues -> cues.timing().flatMap(Timing::deadline).map(Deadline::share),
            Numbers::percent));
  }

  private static Field field(
      String key,
      String title,
      String meaning,
      Function<CueFacts, Optional<Double>> value,
      DoubleFunction<String> format) {
    return Field.number(key, title, meaning, LOWER, c -> c.entry().cues().flatMap(value), format);
  }

  private static String hundredths(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
