package io.drivemark.eval.history.judge.json;

import io.drivemark.eval.history.judge.AccuracyFinding;
import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Cause;
import io.drivemark.eval.history.judge.Census;
import io.drivemark.eval.history.judge.ConfirmPlan;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.ExactDifference;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Onset;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.Verdict;
import java.util.HashMap;
import java.util.Map;

/** Makes a verdict of the tree that {@link VerdictWriter} writes. */
final class VerdictReader {
  private final Map<String, Series> series = new HashMap<>();

  Verdict read(Place file) {
    Place schema = file.field("schema");
    if (!schema.text().equals(VerdictJson.SCHEMA)) {
      throw schema.wrong("\"" + VerdictJson.SCHEMA + "\"");
    }
    file.field("series").list(this::series).forEach(one -> series.put(one.key(), one));
    return new Verdict(
        ref(file.field("night")),
        file.field("machine").text(),
        file.field("state").word(Verdict.State.values(), Verdict.State::word),
        file.field("sentence").text(),
        coverage(file.field("coverage")),
        file.field("reasons").list(Place::text),
        file.field("census").list(this::census),
        file.field("accuracy").list(this::finding),
        file.field("alarms").list(this::alarm),
        file.field("events").list(this::event),
        file.field("news").list(Place::text),
        file.field("confirm").optional(this::confirm));
  }

  private Series series(Place at) {
    return new Series(
        at.field("key").text(),
        at.field("label").text(),
        at.field("model").text(),
        at.field("dataset").text(),
        at.field("engine").text());
  }

  private Series byKey(Place at) {
    Series found = series.get(at.text());
    if (found == null) {
      throw at.wrong("the key of one of the series of this file");
    }
    return found;
  }

  private static Night.Ref ref(Place at) {
    return new Night.Ref(
        at.field("uid").text(), at.field("order").whole(), at.field("start").instant());
  }

  private static Verdict.Coverage coverage(Place at) {
    return new Verdict.Coverage(
        at.field("judged").count(),
        at.field("notJudged").count(),
        at.field("gone").count(),
        at.field("required").number());
  }

  private ConfirmPlan confirm(Place at) {
    return new ConfirmPlan(
        at.field("candidates").list(this::byKey),
        at.field("mates").list(this::byKey),
        at.field("forks").count());
  }

  private static Onset onset(Place at) {
    return new Onset(
        ref(at.field("before")),
        ref(at.field("first")),
        ref(at.field("earliest")),
        ref(at.field("latest")));
  }

  private Event event(Place at) {
    return new Event(
        at.field("uid").text(),
        at.field("machine").text(),
        at.field("state").word(Event.State.values(), Event.State::word),
        at.field("worse").flag(),
        at.field("cause").word(Cause.values(), Cause::word),
        at.field("changes").list(this::change),
        onset(at.field("onset")),
        ref(at.field("opened")),
        at.field("closed").optional(VerdictReader::ref),
        at.field("conditions").list(Place::text),
        at.field("decision").optional(VerdictReader::decision));
  }

  private static Event.Decision decision(Place at) {
    return new Event.Decision(
        at.field("by").text(), at.field("because").text(), at.field("at").instant());
  }

  private Event.Change change(Place at) {
    return new Event.Change(
        byKey(at.field("series")),
        at.field("metric").text(),
        at.field("class").optional(Place::text),
        at.field("kind").word(Alarm.Kind.values(), Alarm.Kind::word),
        at.field("baseline").number(),
        at.field("level").number(),
        at.field("change").number());
  }

  private Alarm alarm(Place at) {
    return new Alarm(
        at.field("kind").word(Alarm.Kind.values(), Alarm.Kind::word),
        at.field("state").word(Alarm.State.values(), Alarm.State::word),
        byKey(at.field("series")),
        at.field("metric").text(),
        at.field("class").optional(Place::text),
        at.field("worse").flag(),
        at.field("baseline").number(),
        at.field("level").number(),
        at.field("change").number(),
        at.field("floor").number(),
        at.field("scatter").optionalNumber(),
        at.field("p").optionalNumber(),
        at.field("q").optionalNumber(),
        at.field("nights").count(),
        onset(at.field("onset")),
        at.field("note").text());
  }

  private AccuracyFinding finding(Place at) {
    return new AccuracyFinding(
        byKey(at.field("series")),
        at.field("state").word(AccuracyFinding.State.values(), AccuracyFinding.State::word),
        at.field("before").optional(VerdictReader::ref),
        at.field("declared").list(Place::text),
        at.field("difference").optional(VerdictReader::difference),
        at.field("note").text());
  }

  private static ExactDifference difference(Place at) {
    return new ExactDifference(
        at.field("before").text(),
        at.field("framesMoved").count(),
        at.field("pixelsMoved").whole(),
        at.field("withinFragile").flag(),
        at.field("frames").list(Place::text));
  }

  private Census census(Place at) {
    try {
      return new Census(
          byKey(at.field("series")),
          at.field("metric").text(),
          at.field("state").word(Census.State.values(), Census.State::word),
          at.field("reason").text());
    } catch (IllegalArgumentException e) {
      throw at.refused(e);
    }
  }
}
