package io.drivemark.reports.night;

import io.drivemark.eval.history.judge.AccuracyFinding;
import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Cause;
import io.drivemark.eval.history.judge.Census;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.ExactDifference;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Onset;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Made-up verdicts. */
public final class MadeVerdicts {
  private static final Instant FIRST = Instant.parse("2026-11-17T02:00:00Z");

  private MadeVerdicts() {}

  static Night.Ref night(int order) {
    return new Night.Ref("0" + order + "c0ffee00c0ffee", order, FIRST.plus(Duration.ofDays(order)));
  }

  static Series series(String model) {
    return new Series(
        "5e51e5" + Integer.toHexString(model.hashCode()),
        model + " on camvid/val with onnxruntime, 2 threads, at 360x480",
        model,
        "camvid/val",
        "onnxruntime");
  }

  /** Nothing is worse, all is judged. */
  static Verdict fine() {
    Series enet = series("enet");
    return new Verdict(
        night(3),
        "ac1dac1d",
        Verdict.State.FINE,
        "Fine: 2 of 2 figures judged, none is worse.",
        new Verdict.Coverage(2, 0, 0, 0.9),
        List.of(),
        List.of(
            new Census(enet, "latencyMs", Census.State.JUDGED, ""),
            new Census(enet, "miou", Census.State.JUDGED, "")),
        List.of(
            new AccuracyFinding(
                enet,
                AccuracyFinding.State.SAME,
                Optional.of(night(2)),
                List.of(),
                Optional.empty(),
                "")),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  /** One of everything; the name stands wherever a user's text can. */
  public static Verdict everything(String name) {
    Series one = series(name);
    Series other = series("espnet");
    Onset onset = new Onset(night(1), night(2), night(1), night(3));
    Alarm slow =
        alarm(Alarm.Kind.NIGHT, Alarm.State.CONFIRMED, one, 42.125, 44.3, 44.3 / 42.125 - 1, onset);
    Alarm waits = alarm(Alarm.Kind.NIGHT, Alarm.State.CANDIDATE, other, 10, 10.3, 0.03, onset);
    Alarm cleared = alarm(Alarm.Kind.LEVEL, Alarm.State.CLEARED, Series.ALL, 1, 1.04, 0.04, onset);
    Event open =
        new Event(
            "e1e1e1e1e1e1",
            "ac1dac1d",
            Event.State.CONFIRMED,
            true,
            Cause.ENGINE,
            List.of(
                change(slow),
                new Event.Change(
                    one, "iou", Optional.of(name), Alarm.Kind.ACCURACY, 0.5, 0.25, -0.25)),
            onset,
            night(3),
            Optional.empty(),
            List.of("engine.onnxruntime: 1.29.0 -> " + name),
            Optional.empty());
    Event accepted =
        new Event(
            "e2e2e2e2e2e2",
            "ac1dac1d",
            Event.State.ACCEPTED,
            true,
            Cause.MODEL,
            List.of(
                new Event.Change(
                    other, "latencyMs", Optional.empty(), Alarm.Kind.LEVEL, 9.5, 10, 1 / 19.0)),
            Onset.at(night(0), night(1)),
            night(2),
            Optional.of(night(3)),
            List.of(),
            Optional.of(new Event.Decision(name, name, Instant.parse("2026-11-19T10:00:00Z"))));
    return new Verdict(
        night(3),
        "ac1dac1d",
        Verdict.State.WORSE,
        "Worse: " + name + ": latency +5.2 %.",
        new Verdict.Coverage(3, 1, 1, 0.9),
        List.of("latency is not judged: machine: " + name),
        List.of(
            new Census(one, "latencyMs", Census.State.JUDGED, ""),
            new Census(one, "iou", Census.State.JUDGED, ""),
            new Census(other, "latencyMs", Census.State.JUDGED, ""),
            new Census(other, "miou", Census.State.NOT_JUDGED, name),
            new Census(series("old"), "latencyMs", Census.State.GONE, "not in the study")),
        List.of(
            new AccuracyFinding(
                one,
                AccuracyFinding.State.WORSE,
                Optional.of(night(2)),
                List.of("model"),
                Optional.of(new ExactDifference("n2", 3, 12345, false, List.of(name))),
                name),
            new AccuracyFinding(
                other,
                AccuracyFinding.State.FIRST,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "")),
        List.of(slow, waits, cleared),
        List.of(open, accepted),
        List.of("e1e1e1e1e1e1"),
        Optional.empty());
  }

  /** So many events are open, each larger than the one before. */
  static Verdict open(int events) {
    List<Event> all = new ArrayList<>();
    for (int i = 1; i <= events; i++) {
      double change = i / 100.0;
      all.add(
          new Event(
              "uid" + i,
              "ac1dac1d",
              Event.State.CONFIRMED,
              true,
              Cause.UNKNOWN,
              List.of(
                  new Event.Change(
                      series("m" + i),
                      "latencyMs",
                      Optional.empty(),
                      Alarm.Kind.NIGHT,
                      10,
                      10 * (1 + change),
                      change)),
              Onset.at(night(1), night(2)),
              night(2),
              Optional.empty(),
              List.of(),
              Optional.empty()));
    }
    Verdict fine = fine();
    return new Verdict(
        fine.night(),
        fine.machine(),
        Verdict.State.WORSE,
        "Worse.",
        fine.coverage(),
        List.of(),
        fine.census(),
        fine.accuracy(),
        List.of(),
        all,
        List.of(),
        Optional.empty());
  }

  /** Nothing could be judged. */
  static Verdict notJudged() {
    Series enet = series("enet");
    return new Verdict(
        night(3),
        "ac1dac1d",
        Verdict.State.NOT_JUDGED,
        "Not judged: 0 of 2 figures judged, 90 % needed; the engine is missing.",
        new Verdict.Coverage(0, 2, 0, 0.9),
        List.of("the engine is missing"),
        List.of(
            new Census(enet, "latencyMs", Census.State.NOT_JUDGED, "not timed"),
            new Census(enet, "miou", Census.State.NOT_JUDGED, "not measured")),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty());
  }

  private static Alarm alarm(
      Alarm.Kind kind,
      Alarm.State state,
      Series series,
      double baseline,
      double level,
      double change,
      Onset onset) {
    return new Alarm(
        kind,
        state,
        series,
        "latencyMs",
        Optional.empty(),
        true,
        baseline,
        level,
        change,
        0.02,
        OptionalDouble.of(0.01),
        OptionalDouble.of(1e-5),
        OptionalDouble.of(0.0123),
        60,
        onset,
        "");
  }

  private static Event.Change change(Alarm a) {
    return new Event.Change(
        a.series(), a.metric(), a.ofClass(), a.kind(), a.baseline(), a.level(), a.change());
  }
}
