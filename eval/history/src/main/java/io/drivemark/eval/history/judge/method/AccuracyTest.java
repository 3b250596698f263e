package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.AccuracyFinding;
import io.drivemark.eval.history.judge.AccuracyFinding.State;
import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.CellAccuracy;
import io.drivemark.eval.history.judge.ExactDifference;
import io.drivemark.eval.history.judge.JudgeInput;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.Measurement;
import io.drivemark.eval.history.judge.MetricRule;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Onset;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.SeriesNight;
import io.drivemark.problem.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A series' accuracy tonight against the last night before that has all of the same frames. Counts
 * are exact: whether something changed is no matter of chance, and what is expected to be equal
 * must be.
 */
final class AccuracyTest {
  private final JudgeRules rules;
  private final Nights nights;
  private final JudgeInput input;

  AccuracyTest(JudgeInput input, Nights nights) {
    this.rules = input.rules();
    this.nights = nights;
    this.input = input;
  }

  /**
   * What was found.
   *
   * @param finding how predictions stand to those before
   * @param alarms figures that are worse, and broken determinism
   */
  record Result(AccuracyFinding finding, List<Alarm> alarms) {
    boolean isJudged() {
      return switch (finding.state()) {
        case SAME, TAKEN, DETERMINISM, ROUNDING, CHANGED, WORSE -> true;
        case FIRST, NOT_COMPARABLE -> false;
      };
    }
  }

  /** Judges a series that has an accuracy tonight. */
  Result judge(SeriesNight tonight) {
    Series series = tonight.series();
    CellAccuracy now = tonight.accuracy().orElseThrow();
    if (!now.complete()) {
      return plain(series, State.NOT_COMPARABLE, Optional.empty(), "frames are left out");
    }
    Optional<Integer> at = before(series);
    if (at.isEmpty()) {
      return plain(series, State.FIRST, Optional.empty(), "the first night with all frames");
    }
    Night.Ref ref = nights.ref(at.get());
    CellAccuracy before = nights.of(series, at.get()).flatMap(SeriesNight::accuracy).orElseThrow();
    if (!before.data().equals(now.data())) {
      return plain(
          series,
          State.NOT_COMPARABLE,
          Optional.of(ref),
          "the frames are others than in the night before: their digest was "
              + before.data()
              + " and is "
              + now.data());
    }
    return compare(series, before, now, at.get());
  }

  private static Result plain(Series series, State state, Optional<Night.Ref> ref, String note) {
    return new Result(
        new AccuracyFinding(series, state, ref, List.of(), Optional.empty(), note), List.of());
  }

  private Optional<Integer> before(Series series) {
    for (int t = nights.tonight() - 1; t >= 0; t--) {
      if (nights
          .of(series, t)
          .flatMap(SeriesNight::accuracy)
          .filter(CellAccuracy::complete)
          .isPresent()) {
        return Optional.of(t);
      }
    }
    return Optional.empty();
  }

  private Result compare(Series series, CellAccuracy before, CellAccuracy now, int at) {
    Night.Ref ref = nights.ref(at);
    boolean prints = before.prints().isPresent() && now.prints().isPresent();
    boolean figures = sameFigures(before, now);
    boolean maps = prints ? before.prints().equals(now.prints()) : figures;
    if (maps && figures) {
      return same(series, ref, prints);
    }
    List<String> declared = declared(before, now, at);
    if (maps && declared.isEmpty()) {
      throw new IllegalArgumentException(
          series.label()
              + ": label maps are the same as in "
              + ref.uid()
              + " and figures are not; one of the two records is wrong");
    }
    Optional<ExactDifference> moved =
        Optional.ofNullable(input.differences().get(series.key()))
            .filter(difference -> difference.before().equals(ref.uid()));
    List<Alarm> alarms = new ArrayList<>();
    Onset onset = Onset.at(ref, nights.ref(nights.tonight()));
    boolean small = true;
    for (Measurement figure : now.values()) {
      Optional<MetricRule> rule = rules.rule(figure.metric()).filter(r -> !r.noisy());
      OptionalDouble old = value(before, figure);
      if (rule.isPresent() && old.isPresent() && figure.value().isPresent()) {
        double change = figure.value().getAsDouble() - old.getAsDouble();
        small &= Math.abs(change) <= rule.get().floor();
        if ((rule.get().moreIsBetter() ? -change : change) > rule.get().floor()) {
          alarms.add(
              alarm(series, Alarm.Kind.ACCURACY, rule.get(), figure, old.getAsDouble(), onset, ""));
        }
      } else if (rule.isPresent() && old.isPresent() != figure.value().isPresent()) {
        small = false;
      }
    }
    State state;
    String note = "";
    if (declared.isEmpty()) {
      state = State.DETERMINISM;
      note = "nothing was changed, and label maps are not the same";
      alarms.add(0, determinism(series, onset, moved));
    } else if (!alarms.isEmpty()) {
      state = State.WORSE;
    } else if (small && moved.isPresent() && moved.get().withinFragile()) {
      state = State.ROUNDING;
    } else {
      state = State.CHANGED;
      note = moved.isPresent() || maps ? "" : "which pixels moved was not computed";
    }
    if (maps) {
      note = "label maps are the same, figures are not: they follow otherwise from the counts";
    }
    return new Result(
        new AccuracyFinding(series, state, Optional.of(ref), declared, moved, note), alarms);
  }

  private Result same(Series series, Night.Ref before, boolean prints) {
    String origin = input.taken().get(series.key());
    if (origin != null) {
      return plain(
          series,
          State.TAKEN,
          Optional.of(before),
          "it is that of " + origin + ": key, canary, machine and Drivemark are the same");
    }
    String note = prints ? "" : "by figures; label maps have no digest in one of the nights";
    return plain(series, State.SAME, Optional.of(before), note);
  }

  private static Alarm determinism(Series series, Onset onset, Optional<ExactDifference> moved) {
    double frames = moved.map(ExactDifference::framesMoved).orElse(1);
    return new Alarm(
        Alarm.Kind.DETERMINISM,
        Alarm.State.CONFIRMED,
        series,
        "prints",
        Optional.empty(),
        true,
        0,
        frames,
        frames,
        0,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        1,
        onset,
        moved
            .map(
                d ->
                    "at least "
                        + Counted.of(d.pixelsMoved(), "pixel")
                        + " in "
                        + Counted.of(d.framesMoved(), "frame")
                        + " moved, most in "
                        + String.join(", ", d.frames()))
            .orElse("which frames moved was not computed"));
  }

  static Alarm alarm(
      Series series,
      Alarm.Kind kind,
      MetricRule rule,
      Measurement figure,
      double old,
      Onset onset,
      String note) {
    double now = figure.value().orElseThrow();
    return new Alarm(
        kind,
        Alarm.State.CONFIRMED,
        series,
        figure.metric(),
        figure.ofClass(),
        true,
        old,
        now,
        now - old,
        rule.floor(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        1,
        onset,
        note);
  }

  private static boolean sameFigures(CellAccuracy before, CellAccuracy now) {
    return before.values().size() == now.values().size()
        && now.values().stream().allMatch(f -> value(before, f).equals(f.value()));
  }

  static OptionalDouble value(CellAccuracy of, Measurement like) {
    return of.values().stream()
        .filter(f -> f.metric().equals(like.metric()) && f.ofClass().equals(like.ofClass()))
        .findFirst()
        .map(Measurement::value)
        .orElse(OptionalDouble.empty());
  }

  /** What was changed by intention, or is not known to be as it was. */
  private List<String> declared(CellAccuracy before, CellAccuracy now, int at) {
    List<String> out = new ArrayList<>();
    if (!before.model().equals(now.model())) {
      out.add("model");
    }
    if (!before.engineVersion().equals(now.engineVersion())) {
      out.add("engine");
    }
    if (out.isEmpty() && !before.cellKey().equals(now.cellKey())) {
      out.add("key");
    }
    String program = nights.get(at).conditions().get(Night.DRIVEMARK);
    String programNow = nights.get(nights.tonight()).conditions().get(Night.DRIVEMARK);
    if (program == null || !program.equals(programNow)) {
      out.add("drivemark");
    }
    if (before.canary().isEmpty() || !before.canary().equals(now.canary())) {
      out.add("canary");
    }
    return out;
  }
}
