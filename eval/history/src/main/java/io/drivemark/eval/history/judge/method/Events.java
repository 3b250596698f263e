package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Onset;
import io.drivemark.files.Digests;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes events of tonight's alarms: those with one onset and one direction are one event, those of
 * replaced networks apart, and they join an event that is known where it has the same onset. What a
 * person decided stays decided.
 */
final class Events {
  /** A uid's hexadecimal digits. */
  private static final int UID = 12;

  private final Night tonight;
  private final EventBook book;
  private final Attribution attribution;
  private final Map<String, Event> touched = new LinkedHashMap<>();

  Events(Night tonight, EventBook book, Attribution attribution) {
    this.tonight = tonight;
    this.book = book;
    this.attribution = attribution;
  }

  /**
   * Whether an alarm over nights says what is known already: it is none then. Creeping is known
   * where an event of its figure is open.
   */
  boolean isSettled(Alarm alarm) {
    return book.about(alarm).stream()
        .filter(
            event -> event.state() != Event.State.CANDIDATE && event.state() != Event.State.CLEARED)
        .anyMatch(
            event -> alarm.kind() == Alarm.Kind.DRIFT ? event.isOpen() : book.isNear(event, alarm));
  }

  /** Puts alarms into events. */
  void add(List<Alarm> alarms) {
    List<List<Alarm>> groups = new ArrayList<>();
    alarms.stream()
        .sorted(Comparator.comparing((Alarm a) -> a.onset().first()))
        .forEach(alarm -> group(groups, alarm));
    groups.forEach(this::addGroup);
  }

  private void group(List<List<Alarm>> groups, Alarm alarm) {
    for (List<Alarm> group : groups) {
      if (belongs(group.get(0), alarm)) {
        group.add(alarm);
        return;
      }
    }
    groups.add(new ArrayList<>(List.of(alarm)));
  }

  private boolean belongs(Alarm one, Alarm other) {
    return one.worse() == other.worse()
        && isOfNewModel(one) == isOfNewModel(other)
        && one.state() == other.state()
        && isDeterminism(one) == isDeterminism(other)
        && one.kind() != Alarm.Kind.DRIFT
        && other.kind() != Alarm.Kind.DRIFT
        && one.onset().earliest().compareTo(other.onset().latest()) <= 0
        && other.onset().earliest().compareTo(one.onset().latest()) <= 0;
  }

  private boolean isOfNewModel(Alarm alarm) {
    return attribution.isOfNewModel(alarm.series(), alarm.onset());
  }

  private boolean isOfNewModels(Event event) {
    return event.changes().stream()
        .allMatch(change -> attribution.isOfNewModel(change.series(), event.onset()));
  }

  private static boolean isDeterminism(Alarm alarm) {
    return alarm.kind() == Alarm.Kind.DETERMINISM;
  }

  private void join(Event known, List<Alarm> alarms) {
    Event.State state = state(alarms.get(0).state());
    boolean rises = known.state() == Event.State.CANDIDATE || known.state() == Event.State.CLEARED;
    Event.State merged = rises && state == Event.State.CONFIRMED ? state : known.state();
    Onset onset = rises ? alarms.get(0).onset() : known.onset();
    List<Event.Change> changes = changes(known.changes(), alarms);
    touched.put(
        known.uid(),
        new Event(
            known.uid(),
            known.machine(),
            merged,
            known.worse(),
            known.state() == Event.State.CONFIRMED
                ? known.cause()
                : attribution.cause(alarms, onset),
            changes,
            onset,
            known.opened(),
            rises && merged == Event.State.CONFIRMED ? Optional.empty() : known.closed(),
            known.conditions(),
            known.decision()));
  }

  private void addGroup(List<Alarm> alarms) {
    Optional<Event> known = known(alarms);
    if (known.isPresent()) {
      join(known.get(), alarms);
      return;
    }
    Alarm first = alarms.get(0);
    Onset onset = likeliest(alarms);
    Event.State state = state(first.state());
    String uid = uid(first, onset);
    Event event =
        new Event(
            uid,
            tonight.machine(),
            state,
            first.worse(),
            attribution.cause(alarms, onset),
            changes(List.of(), alarms),
            onset,
            tonight.ref(),
            state == Event.State.CLEARED ? Optional.of(tonight.ref()) : Optional.empty(),
            attribution.changes(alarms, onset),
            Optional.empty());
    touched.put(uid, book.asDecided(event));
  }

  /** The onset of the alarm that is surest of it. */
  private static Onset likeliest(List<Alarm> alarms) {
    return alarms.stream()
        .min(
            Comparator.comparingLong(
                a -> a.onset().latest().order() - a.onset().earliest().order()))
        .orElseThrow()
        .onset();
  }

  private String uid(Alarm first, Onset onset) {
    return Digests.of(
            Digests.text(
                "event",
                "machine",
                tonight.machine(),
                "onset",
                onset.first().uid(),
                "opened",
                tonight.ref().uid(),
                "worse",
                first.worse(),
                "state",
                first.state() == Alarm.State.CONFIRMED,
                "kind",
                isDeterminism(first),
                "figure",
                EventBook.figure(first.series(), first.metric())))
        .substring(0, UID);
  }

  /** The event that these alarms go on: open or not sure yet, of one direction and onset. */
  private Optional<Event> known(List<Alarm> alarms) {
    Alarm first = alarms.get(0);
    if (isDeterminism(first) || first.state() != Alarm.State.CONFIRMED) {
      return Optional.empty();
    }
    return Stream.concat(touched.values().stream(), book.events().stream())
        .filter(event -> event.worse() == first.worse())
        .filter(
            event ->
                event.state() == Event.State.CONFIRMED
                    || isUnsure(event) && isAboutOne(event, alarms))
        .filter(Events::hasOnset)
        .filter(event -> isOfNewModels(event) == isOfNewModel(first))
        .filter(event -> book.isNear(event, first))
        .findFirst();
  }

  /** Whether it has an onset that others may share. */
  private static boolean hasOnset(Event event) {
    return event.changes().stream()
        .noneMatch(c -> c.kind() == Alarm.Kind.DETERMINISM || c.kind() == Alarm.Kind.DRIFT);
  }

  private static boolean isUnsure(Event event) {
    return event.state() == Event.State.CANDIDATE || event.state() == Event.State.CLEARED;
  }

  private static boolean isAboutOne(Event event, List<Alarm> alarms) {
    return alarms.stream()
        .anyMatch(
            alarm ->
                event.changes().stream()
                    .anyMatch(
                        change ->
                            change.series().equals(alarm.series())
                                && change.metric().equals(alarm.metric())));
  }

  private static Event.State state(Alarm.State state) {
    return switch (state) {
      case CANDIDATE -> Event.State.CANDIDATE;
      case CONFIRMED -> Event.State.CONFIRMED;
      case CLEARED -> Event.State.CLEARED;
    };
  }

  /** One change a figure: of several alarms the one of most nights after the onset is kept. */
  private static List<Event.Change> changes(List<Event.Change> known, List<Alarm> alarms) {
    Map<String, Event.Change> out = new LinkedHashMap<>();
    for (Event.Change change : known) {
      out.put(EventBook.figure(change.series(), change.metric()) + change.ofClass(), change);
    }
    for (Alarm alarm : alarms) {
      String figure = EventBook.figure(alarm.series(), alarm.metric()) + alarm.ofClass();
      Event.Change change =
          new Event.Change(
              alarm.series(),
              alarm.metric(),
              alarm.ofClass(),
              alarm.kind(),
              alarm.baseline(),
              alarm.level(),
              alarm.change());
      if (alarm.kind() == Alarm.Kind.LEVEL) {
        out.put(figure, change);
      } else {
        out.putIfAbsent(figure, change);
      }
    }
    return out.values().stream()
        .sorted(Comparator.comparingDouble(c -> -Math.abs(c.change())))
        .toList();
  }

  /** Notes an event as it is after tonight. */
  void put(Event event) {
    touched.put(event.uid(), event);
  }

  /** Events that opened, changed or closed tonight, in the order found. */
  List<Event> touched() {
    return List.copyOf(touched.values());
  }
}
