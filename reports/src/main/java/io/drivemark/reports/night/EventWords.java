package io.drivemark.reports.night;

import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.MetricRule;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Onset;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.judge.method.Sentences;
import io.drivemark.eval.history.night.NightFolder;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is said of an event, the same in all views. Every text is one line. Stateless. */
public final class EventWords {
  private static final JudgeRules RULES = JudgeRules.defaults();

  private EventWords() {}

  /**
   * What changed: {@code enet on camvid/val: latency +5.2 %, 42.1 to 44.3 ms and 2 more figures}.
   */
  public static String title(Event event) {
    if (event.changes().isEmpty()) {
      return "a change of no figure";
    }
    int more = event.changes().size() - 1;
    return change(event.changes().get(0))
        + (more == 0 ? "" : " and " + more + (more == 1 ? " more figure" : " more figures"));
  }

  /** One figure's change, as {@link #title} has it. */
  public static String change(Event.Change change) {
    return Inert.sentence(Sentences.change(change, RULES));
  }

  /** What became of it, and when: {@code open, found tonight}. */
  public static String status(Event event, Verdict verdict) {
    return status(event, Optional.of(verdict.night()));
  }

  /**
   * What became of it, and when.
   *
   * @param tonight the night that is spoken of as tonight
   */
  public static String status(Event event, Optional<Night.Ref> tonight) {
    String opened = "found " + on(event.opened(), tonight);
    String closed = event.closed().map(by -> " " + on(by, tonight)).orElse("");
    String said = event.decision().map(EventWords::said).orElse("");
    return switch (event.state()) {
      case CANDIDATE -> "not confirmed yet, " + opened;
      case CONFIRMED -> event.worse() ? "open, " + opened : "for the better, " + opened;
      case CLEARED -> "timed again and not there, " + opened;
      case ACCEPTED -> "accepted" + said + ", " + opened;
      case FIXED -> "the level came back" + closed + ", " + opened;
      case DISMISSED -> "dismissed" + said + ", " + opened;
    };
  }

  private static String on(Night.Ref night, Optional<Night.Ref> tonight) {
    return tonight.filter(night::equals).isPresent() ? "tonight" : "on " + date(night);
  }

  private static String said(Event.Decision decision) {
    return " by "
        + Inert.name(decision.by())
        + " on "
        + decision.at().atOffset(ZoneOffset.UTC).toLocalDate()
        + " (“"
        + Inert.sentence(decision.because())
        + "”)";
  }

  /** Between which nights it began. */
  public static String onset(Onset onset) {
    String between = "after " + date(onset.before()) + ", with " + date(onset.first());
    return onset.earliest().equals(onset.latest())
        ? between
        : between
            + " (perhaps as early as "
            + date(onset.earliest())
            + ", or as late as "
            + date(onset.latest())
            + ")";
  }

  /** What it is laid to. */
  public static String cause(Event event) {
    return switch (event.cause()) {
      case MACHINE -> "the machine: fixed work moved with it, or it alone changed then";
      case ENGINE -> "the engine";
      case JVM -> "the JVM: fixed work in Java moved with it, or it alone changed then";
      case DRIVEMARK -> "Drivemark itself: fixed work did not move, or it alone changed then";
      case MODEL -> "single models";
      case UNKNOWN -> "nothing tells";
    };
  }

  /**
   * The command that holds the last night before against the first one after, where nights lie as a
   * night's file says if it says nothing.
   */
  public static String compare(Event event) {
    return "drivemark compare "
        + NightFolder.name(event.onset().before().start())
        + " "
        + NightFolder.name(event.onset().first().start())
        + " --nights nights";
  }

  /** The command by which a person says that it is meant: the new level is right. */
  public static String accept(Event event) {
    return "drivemark accept " + Inert.name(event.uid()) + " --because TEXT --store URL";
  }

  /** The command by which a person says that it is none: the old level stays right. */
  public static String dismiss(Event event) {
    return "drivemark accept " + Inert.name(event.uid()) + " --dismiss --because TEXT --store URL";
  }

  /** What an open event waits for; until then every night is worse. */
  public static String until(Event event) {
    Set<String> back = new LinkedHashSet<>();
    event.changes().forEach(change -> back.add(back(change)));
    return (back.isEmpty() ? "" : String.join(" and ", back) + ", or ")
        + "a person decides; until then every night is worse";
  }

  private static String back(Event.Change change) {
    String timed = "latency was near the level before for " + Event.NIGHTS_BACK + " nights";
    String exact = "figures from counts are back within their floor";
    return switch (change.kind()) {
      case NIGHT, LEVEL -> timed;
      case ACCURACY -> exact;
      case DETERMINISM -> "label maps are the same two nights in a row";
      case DRIFT -> RULES.rule(change.metric()).map(MetricRule::noisy).orElse(true) ? timed : exact;
    };
  }

  /** The day that a night began on, in UTC. */
  public static String date(Night.Ref night) {
    return night.start().atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  /** Its figures with the numbers that they rest on. */
  public static List<FigureRow> figures(Event event, Verdict verdict) {
    List<FigureRow> out = new ArrayList<>();
    for (Event.Change change : event.changes()) {
      out.add(FigureRow.of(change, alarm(change, verdict)));
    }
    return out;
  }

  /** Tonight's finding that a change rests on; one of an earlier night has none. */
  private static Optional<Alarm> alarm(Event.Change change, Verdict verdict) {
    return verdict.alarms().stream()
        .filter(a -> a.series().equals(change.series()) && a.metric().equals(change.metric()))
        .filter(a -> a.ofClass().equals(change.ofClass()) && a.kind() == change.kind())
        .findFirst();
  }

  /** Events for the worse that are open, the largest first. */
  static List<Event> open(Verdict verdict) {
    return verdict.events().stream().filter(Event::isOpen).toList();
  }
}
