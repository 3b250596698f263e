package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.AccuracyFinding;
import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.ConfirmPlan;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.JudgeInput;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.SeriesNight;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.problem.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Judges a night. Without a confirmation the findings of tonight's own values are candidates, and
 * the verdict says what is to be timed again; with it each of them is confirmed or cleared. A
 * caller stores the events of the last verdict of a night and hands them in for later ones.
 * Stateless; the same input gives the same verdict.
 *
 * <pre>{@code
 * Verdict first = Judge.judge(input);
 * if (first.confirm().isPresent()) {
 *   // time again, in fresh processes
 *   Verdict last = Judge.judge(input.withConfirmation(again));
 * }
 * }</pre>
 */
public final class Judge {
  private final JudgeInput input;
  private final JudgeRules rules;
  private final Nights nights;
  private final EventBook book;
  private final LatencyJudge latency;
  private final Events events;
  private final List<Alarm> alarms = new ArrayList<>();
  private final Map<Series, AccuracyTest.Result> accuracy = new TreeMap<>();
  private Optional<ConfirmPlan> plan = Optional.empty();

  private Judge(JudgeInput input) {
    this.input = input;
    this.rules = input.rules();
    this.nights = new Nights(input);
    this.book = new EventBook(input.events(), nights);
    this.latency = new LatencyJudge(input, nights, book);
    this.events = new Events(input.tonight(), book, new Attribution(nights, latency));
  }

  /**
   * The verdict of a night.
   *
   * @throws IllegalArgumentException if records of the night contradict each other
   */
  public static Verdict judge(JudgeInput input) {
    return new Judge(input).verdict();
  }

  private Verdict verdict() {
    judgeAccuracy();
    judgeLatency();
    events.add(alarms);
    List<AccuracyFinding> findings =
        accuracy.values().stream().map(AccuracyTest.Result::finding).toList();
    Closing closing = new Closing(input.tonight(), nights, latency, findings, rules.metrics());
    List<Event> known = current();
    for (Event event : known) {
      if (event.isOpen() && !isOfTonight(event) && closing.isOver(event)) {
        events.put(event.closed(Event.State.FIXED, input.tonight().ref()));
      }
    }
    return assemble(findings);
  }

  private boolean isOfTonight(Event event) {
    return event.opened().equals(input.tonight().ref());
  }

  private void judgeAccuracy() {
    AccuracyTest test = new AccuracyTest(input, nights);
    for (SeriesNight one : input.tonight().series()) {
      if (one.accuracy().isPresent()) {
        AccuracyTest.Result result = test.judge(one);
        accuracy.put(one.series(), result);
        alarms.addAll(result.alarms());
      }
    }
    alarms.addAll(
        new ExactDrift(rules, nights, book).search(input.pinned().map(nights::indexOf).orElse(-1)));
  }

  private void judgeLatency() {
    Alarms words = new Alarms(nights, book);
    List<LatencyJudge.NightAlarm> candidates = latency.candidates();
    if (input.confirmation().isPresent()) {
      candidates = latency.confirm(candidates, input.confirmation().get());
    } else if (!candidates.isEmpty()) {
      plan = Optional.of(latency.plan(candidates));
    }
    candidates.stream().map(words::of).forEach(alarms::add);
    for (boolean worse : new boolean[] {true, false}) {
      latency.levels(worse).stream()
          .map(change -> words.of(change, worse))
          .filter(alarm -> !events.isSettled(alarm))
          .forEach(alarms::add);
    }
    latency.drifts().stream()
        .map(words::of)
        .filter(alarm -> !events.isSettled(alarm))
        .forEach(alarms::add);
  }

  /** All events as they are now: those known and those of tonight. */
  private List<Event> current() {
    Map<String, Event> out = new LinkedHashMap<>();
    book.events().forEach(event -> out.put(event.uid(), event));
    events.touched().forEach(event -> out.put(event.uid(), event));
    return List.copyOf(out.values());
  }

  private Verdict assemble(List<AccuracyFinding> findings) {
    Counting counting = new Counting(rules, nights, latency, accuracy);
    Verdict.Coverage coverage = counting.coverage();
    List<String> why = reasons(coverage);
    List<String> reasons = new ArrayList<>(why);
    pinnedElsewhere().ifPresent(reasons::add);
    List<String> news = events.touched().stream().map(Event::uid).toList();
    List<Event> shown =
        current().stream()
            .filter(event -> event.isOpen() || news.contains(event.uid()))
            .sorted(
                Comparator.comparing((Event e) -> !news.contains(e.uid()))
                    .thenComparing(e -> -size(e))
                    .thenComparing(Event::uid))
            .toList();
    List<Event> open = shown.stream().filter(Event::isOpen).toList();
    Verdict.State state =
        !open.isEmpty()
            ? Verdict.State.WORSE
            : coverage.suffices() ? Verdict.State.FINE : Verdict.State.NOT_JUDGED;
    int candidates = (int) alarms.stream().filter(a -> a.state() == Alarm.State.CANDIDATE).count();
    alarms.sort(
        Comparator.comparing((Alarm a) -> !a.worse())
            .thenComparing(a -> a.state() != Alarm.State.CONFIRMED)
            .thenComparing(a -> -Math.abs(a.change()))
            .thenComparing(Alarm::series)
            .thenComparing(Alarm::metric));
    return new Verdict(
        input.tonight().ref(),
        input.tonight().machine(),
        state,
        Sentences.of(state, coverage, why, open, candidates, rules),
        coverage,
        reasons,
        counting.census(),
        findings,
        alarms,
        shown,
        news,
        plan);
  }

  private static double size(Event event) {
    return event.changes().isEmpty() ? 0 : Math.abs(event.changes().get(0).change());
  }

  /** Why nothing is held against the pinned night; empty if it is, or none is pinned. */
  private Optional<String> pinnedElsewhere() {
    String uid = input.pinned().orElse("");
    if (uid.isEmpty() || nights.indexOf(uid) >= 0) {
      return Optional.empty();
    }
    Optional<Night> pinned =
        input.before().stream().filter(night -> night.ref().uid().equals(uid)).findFirst();
    String why;
    if (pinned.isEmpty()) {
      why = "is not among the nights before";
    } else if (!pinned.get().machine().equals(input.tonight().machine())) {
      why = "is of another machine";
    } else if (pinned.get().excluded().isPresent()) {
      why = "was taken out of all baselines";
    } else {
      why =
          "is none of the "
              + Counted.of(nights.tonight(), "night that is", "nights that are")
              + " looked back";
    }
    return Optional.of("creeping is not judged: the pinned night " + uid + " " + why);
  }

  private List<String> reasons(Verdict.Coverage coverage) {
    List<String> out = new ArrayList<>();
    latency.unfit().ifPresent(why -> out.add("latency is not judged: machine: " + why));
    if (coverage.judged() + coverage.notJudged() == 0) {
      out.add("nothing was to be judged");
    }
    return out;
  }
}
