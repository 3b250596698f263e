package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.CellAccuracy;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.Measurement;
import io.drivemark.eval.history.judge.MetricRule;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Onset;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.SeriesNight;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Exact figures against those of a pinned night: steps below the floor, each from one night to the
 * next, add up. A figure with an open event is left out; one of which a person decided an event
 * since is held against the night of that event.
 */
final class ExactDrift {
  private final JudgeRules rules;
  private final Nights nights;
  private final EventBook book;

  ExactDrift(JudgeRules rules, Nights nights, EventBook book) {
    this.rules = rules;
    this.nights = nights;
    this.book = book;
  }

  /** Figures of tonight that are worse than the pinned ones by more than their floor. */
  List<Alarm> search(int pinned) {
    List<Alarm> out = new ArrayList<>();
    if (pinned < 0 || pinned == nights.tonight()) {
      return out;
    }
    for (SeriesNight one : nights.get(nights.tonight()).series()) {
      if (one.accuracy().filter(CellAccuracy::complete).isPresent()) {
        search(one.series(), one.accuracy().get(), pinned, out);
      }
    }
    return out;
  }

  private void search(Series series, CellAccuracy now, int pinned, List<Alarm> out) {
    for (Measurement figure : now.values()) {
      Optional<MetricRule> rule = rules.rule(figure.metric()).filter(r -> !r.noisy());
      if (rule.isEmpty() || figure.value().isEmpty() || isOpen(series, figure)) {
        continue;
      }
      int since = Math.max(pinned, accepted(series, figure));
      Optional<CellAccuracy> then =
          nights
              .of(series, since)
              .flatMap(SeriesNight::accuracy)
              .filter(a -> a.complete() && a.data().equals(now.data()));
      OptionalDouble old =
          then.map(a -> AccuracyTest.value(a, figure)).orElse(OptionalDouble.empty());
      if (old.isPresent()
          && isWorse(rule.get(), figure, old.getAsDouble())
          && !isWorseSince(series, figure, rule.get(), now)) {
        Night.Ref from = nights.ref(since);
        Night.Ref tonight = nights.ref(nights.tonight());
        out.add(
            AccuracyTest.alarm(
                series,
                Alarm.Kind.DRIFT,
                rule.get(),
                figure,
                old.getAsDouble(),
                new Onset(from, tonight, from, tonight),
                "against the pinned night " + from.uid()));
      }
    }
  }

  private static boolean isWorse(MetricRule rule, Measurement figure, double old) {
    double change = figure.value().orElseThrow() - old;
    return (rule.moreIsBetter() ? -change : change) > rule.floor();
  }

  /** Whether tonight's own step is an alarm already: it is not told twice. */
  private boolean isWorseSince(
      Series series, Measurement figure, MetricRule rule, CellAccuracy now) {
    for (int t = nights.tonight() - 1; t >= 0; t--) {
      Optional<CellAccuracy> last =
          nights.of(series, t).flatMap(SeriesNight::accuracy).filter(CellAccuracy::complete);
      if (last.isPresent()) {
        OptionalDouble old = AccuracyTest.value(last.get(), figure);
        return last.get().data().equals(now.data())
            && old.isPresent()
            && isWorse(rule, figure, old.getAsDouble());
      }
    }
    return false;
  }

  private boolean isOpen(Series series, Measurement figure) {
    return book.of(series, figure.metric()).stream()
        .anyMatch(e -> e.isOpen() && has(e, series, figure));
  }

  private static boolean has(Event event, Series series, Measurement figure) {
    return event.changes().stream()
        .anyMatch(
            c ->
                c.series().equals(series)
                    && c.metric().equals(figure.metric())
                    && c.ofClass().equals(figure.ofClass()));
  }

  private int accepted(Series series, Measurement figure) {
    return book.of(series, figure.metric()).stream()
        .filter(e -> e.decision().isPresent())
        .filter(e -> has(e, series, figure))
        .mapToInt(e -> Math.min(nights.place(e.opened()), nights.tonight()))
        .max()
        .orElse(-1);
  }
}
