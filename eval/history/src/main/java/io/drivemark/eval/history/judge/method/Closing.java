package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.AccuracyFinding;
import io.drivemark.eval.history.judge.CellAccuracy;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Measurement;
import io.drivemark.eval.history.judge.MetricRule;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.SeriesNight;
import io.drivemark.eval.statistics.Robust;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which open events are over because every figure of them came back. A timed figure has if the
 * newest {@value Event#NIGHTS_BACK} nights all lie nearer to the level before than to the one
 * after, and their median is not worse than the level before by the floor; an exact one if
 * tonight's value is not worse by the floor and of the same frames; determinism if tonight's label
 * maps are those of the night before.
 */
final class Closing {
  private final Night tonight;
  private final Nights nights;
  private final LatencyJudge latency;
  private final List<AccuracyFinding> accuracy;
  private final List<MetricRule> rules;

  Closing(
      Night tonight,
      Nights nights,
      LatencyJudge latency,
      List<AccuracyFinding> accuracy,
      List<MetricRule> rules) {
    this.tonight = tonight;
    this.nights = nights;
    this.latency = latency;
    this.accuracy = accuracy;
    this.rules = rules;
  }

  /** Whether all figures of an event are back. */
  boolean isOver(Event event) {
    return event.changes().stream().allMatch(change -> isBack(event, change));
  }

  private boolean isBack(Event event, Event.Change change) {
    return switch (change.kind()) {
      case NIGHT, LEVEL -> isBackInTime(event, change);
      case DETERMINISM ->
          accuracy.stream()
              .anyMatch(
                  f ->
                      f.series().equals(change.series())
                          && f.state() == AccuracyFinding.State.SAME);
      case ACCURACY -> isBackExactly(event, change);
      case DRIFT -> isExact(change) ? isBackExactly(event, change) : isBackInTime(event, change);
    };
  }

  private boolean isExact(Event.Change change) {
    return rules.stream().anyMatch(rule -> rule.metric().equals(change.metric()) && !rule.noisy());
  }

  private boolean isBackExactly(Event event, Event.Change change) {
    Optional<MetricRule> rule =
        rules.stream().filter(r -> r.metric().equals(change.metric())).findFirst();
    OptionalDouble now =
        tonight.series().stream()
            .filter(one -> one.series().equals(change.series()))
            .findFirst()
            .flatMap(SeriesNight::accuracy)
            .filter(a -> a.complete() && isOfTheSameFrames(a, event, change))
            .map(
                a ->
                    AccuracyTest.value(
                        a,
                        new Measurement(change.metric(), change.ofClass(), OptionalDouble.empty())))
            .orElse(OptionalDouble.empty());
    if (rule.isEmpty() || now.isEmpty()) {
      return false;
    }
    double worse = now.getAsDouble() - change.baseline();
    return (rule.get().moreIsBetter() ? -worse : worse) <= rule.get().floor();
  }

  /** Of other frames nothing can be said to have come back. */
  private boolean isOfTheSameFrames(CellAccuracy now, Event event, Event.Change change) {
    int before = nights.indexOf(event.onset().before().uid());
    return before < 0
        || nights
            .of(change.series(), before)
            .flatMap(SeriesNight::accuracy)
            .filter(then -> !then.data().equals(now.data()))
            .isEmpty();
  }

  private boolean isBackInTime(Event event, Event.Change change) {
    Optional<Row> row =
        change.series().isAll()
            ? latency.common(change.metric())
            : latency.rows().stream()
                .filter(r -> r.series().equals(change.series()))
                .filter(r -> r.rule().metric().equals(change.metric()))
                .findFirst();
    int first = nights.place(event.onset().first());
    if (row.isEmpty() || first >= nights.size()) {
      return false;
    }
    // the onset's own night is what the event is about, unless a person took it out
    boolean isThere = nights.ref(first).equals(event.onset().first());
    int[] since = row.get().nights(isThere ? first + 1 : first, nights.size());
    int[] before = row.get().nights(row.get().start(first - 1), first);
    if (since.length < Event.NIGHTS_BACK
        || before.length == 0
        || since[since.length - 1] != nights.tonight()) {
      return false;
    }
    double[] newest =
        row.get().at(Arrays.copyOfRange(since, since.length - Event.NIGHTS_BACK, since.length));
    double level = Robust.median(row.get().at(before));
    double sign = row.get().rule().moreIsBetter() ? -1 : 1;
    double half = level + sign * Math.log1p(change.change()) / 2;
    return Arrays.stream(newest).allMatch(v -> v < half)
        && !row.get().counts(level, Robust.median(newest));
  }
}
