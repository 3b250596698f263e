package io.drivemark.reports.table;

import io.drivemark.eval.decide.Measure;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.reports.board.Contender;
import io.drivemark.reports.board.MeasureWords;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Columns of what accuracy is measured by. A contender that is measured by something else has no
 * value in them. Stateless.
 */
final class MeasureFields {
  private MeasureFields() {}

  /** What these contenders are measured by, in the measures' order. */
  static Collection<Measure> of(Collection<Contender> contenders) {
    TreeSet<Measure> out = new TreeSet<>();
    contenders.forEach(c -> out.add(c.measure()));
    return out;
  }

  /** The measure's value. */
  static Field value(Measure measure, String title) {
    return Field.number(
        MeasureWords.key(measure),
        title,
        MeasureWords.meaning(measure),
        better(measure),
        c -> of(measure, c).flatMap(m -> Field.boxed(m.accuracy())),
        v -> MeasureWords.value(measure, v));
  }

  /** The ends of its interval. */
  static List<Field> bounds(Measure measure) {
    return List.of(
        bound(measure, "low", "from", "Lower end", measure::low),
        bound(measure, "high", "to", "Upper end", measure::high));
  }

  private static Field bound(
      Measure measure, String key, String word, String end, Function<Entry, OptionalDouble> value) {
    String title = MeasureWords.title(measure);
    return Field.number(
        MeasureWords.key(measure) + "_" + key,
        title + " " + word + (MeasureWords.isPercent(measure) ? " %" : ""),
        end + " of the interval of " + title + ", by the bootstrap over clusters of frames.",
        better(measure),
        c -> of(measure, c).flatMap(m -> Field.boxed(value.apply(m.entry()))),
        v -> MeasureWords.value(measure, v));
  }

  /** Which way a measure's better values lie. */
  static Field.Better better(Measure measure) {
    return measure.isMoreBetter() ? Field.Better.HIGHER : Field.Better.LOWER;
  }

  /** Whether a column has a measure's value itself. */
  static boolean isValue(Field field) {
    return of(field).map(MeasureWords::key).filter(field.key()::equals).isPresent();
  }

  /** The measure that a column shows; empty if it shows something else. */
  static Optional<Measure> of(Field field) {
    for (Measure measure : Measure.values()) {
      String key = MeasureWords.key(measure);
      if (field.key().toLowerCase(Locale.ROOT).matches(key + "(_change)?(_low|_high)?")) {
        return Optional.of(measure);
      }
    }
    return Optional.empty();
  }

  private static Optional<Contender> of(Measure measure, Contender contender) {
    return contender.measure() == measure ? Optional.of(contender) : Optional.empty();
  }
}
