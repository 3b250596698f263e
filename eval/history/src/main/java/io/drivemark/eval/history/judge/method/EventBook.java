package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Cause;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.MetricRule;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Series;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The events that are known of a machine, asked for what they mean to a figure: where its levels
 * begin, which nights of it do not count, whether a finding is new. Immutable.
 *
 * <p>A level begins at the onset of every event that holds or that a person accepted, for the
 * better or the worse. Nights between a change for the worse and its end count for no baseline once
 * the level has come back. Candidates, cleared and dismissed events change nothing. What an earlier
 * verdict of the same night said is undone: a night that is judged again has the same verdict.
 */
final class EventBook {
  /** Onsets that differ by no more nights may be the same. */
  static final int NEAR = 2;

  private final Nights nights;
  private final List<Event> events;
  private final Map<String, Map<String, List<Event>>> byFigure = new HashMap<>(); // metric, series

  private final Map<String, Event> ofTonight = new HashMap<>();

  EventBook(List<Event> all, Nights nights) {
    this.nights = nights;
    Night tonight = nights.get(nights.tonight());
    List<Event> known = new ArrayList<>();
    for (Event event : all) {
      if (event.machine().equals(tonight.machine())) {
        if (event.opened().equals(tonight.ref())) {
          ofTonight.put(event.uid(), event);
        } else {
          known.add(asBefore(event, tonight.ref()));
        }
      }
    }
    events = List.copyOf(known);
    for (Event event : events) {
      for (Event.Change change : event.changes()) {
        byFigure
            .computeIfAbsent(change.metric(), m -> new HashMap<>())
            .computeIfAbsent(change.series().key(), k -> new ArrayList<>())
            .add(event);
      }
    }
  }

  /** An event as it was before an earlier verdict of the same night closed it. */
  private static Event asBefore(Event event, Night.Ref tonight) {
    boolean again =
        event.state() == Event.State.FIXED
            && event.closed().equals(Optional.of(tonight))
            && event.decision().isEmpty();
    return again ? event.reopened() : event;
  }

  /** A new event with what a person said of it after an earlier verdict of the same night. */
  Event asDecided(Event event) {
    Event was = ofTonight.get(event.uid());
    return was == null || was.decision().isEmpty()
        ? event
        : event.decided(was.state(), was.decision().get());
  }

  static String figure(Series series, String metric) {
    return metric + "\n" + series.key();
  }

  List<Event> events() {
    return events;
  }

  List<Event> of(Series series, String metric) {
    return byFigure.getOrDefault(metric, Map.of()).getOrDefault(series.key(), List.of());
  }

  private static boolean beginsLevel(Event event) {
    return event.state() == Event.State.CONFIRMED || event.state() == Event.State.ACCEPTED;
  }

  /** Indexes of the nights at which a known level of a timed figure begins, rising. */
  int[] starts(Series series, String metric) {
    return of(series, metric).stream()
        .filter(EventBook::beginsLevel)
        .mapToInt(event -> nights.place(event.onset().first()))
        .filter(at -> at < nights.size())
        .sorted()
        .distinct()
        .toArray();
  }

  /** By how much known events moved a figure's level until a night, as a logarithm, worse up. */
  double moved(Series series, MetricRule rule, Night.Ref night) {
    double out = 0;
    for (Event event : of(series, rule.metric())) {
      if (night.compareTo(event.onset().first()) >= 0
          && (beginsLevel(event) || isMaskedBy(event, night))) {
        for (Event.Change change : event.changes()) {
          if (change.series().equals(series) && change.metric().equals(rule.metric())) {
            out += (rule.moreIsBetter() ? -1 : 1) * Math.log1p(change.change());
          }
        }
      }
    }
    return out;
  }

  /** Whether a night counts for no baseline of a figure. */
  boolean isMasked(Series series, String metric, Night.Ref night) {
    for (Event event : of(series, metric)) {
      if (isMaskedBy(event, night)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isMaskedBy(Event event, Night.Ref night) {
    return event.state() == Event.State.FIXED
        && night.compareTo(event.onset().first()) >= 0
        && event.closed().isPresent()
        && night.compareTo(event.closed().get()) < 0;
  }

  /** Nights at which a change of the machine itself that is known begins. */
  boolean[] rebased() {
    boolean[] out = new boolean[nights.size()];
    for (Event event : events) {
      if (event.cause() == Cause.MACHINE && beginsLevel(event)) {
        int at = nights.place(event.onset().first());
        if (at < out.length) {
          out[at] = true;
        }
      }
    }
    return out;
  }

  /** The known events that an alarm is about, in whatever state. */
  List<Event> about(Alarm alarm) {
    return of(alarm.series(), alarm.metric()).stream()
        .filter(event -> event.worse() == alarm.worse())
        .filter(event -> hasClass(event, alarm))
        .toList();
  }

  private static boolean hasClass(Event event, Alarm alarm) {
    return event.changes().stream()
        .anyMatch(
            change ->
                change.series().equals(alarm.series())
                    && change.metric().equals(alarm.metric())
                    && change.ofClass().equals(alarm.ofClass()));
  }

  /**
   * Whether an alarm may have the onset of an event. What is found in its first night has that one;
   * what is found over nights has a range, and is counted in nights: their order is a time.
   */
  boolean isNear(Event event, Alarm alarm) {
    return switch (alarm.kind()) {
      case NIGHT, ACCURACY, DETERMINISM ->
          event.onset().earliest().order() <= alarm.onset().first().order()
              && alarm.onset().first().order() <= event.onset().latest().order();
      case LEVEL ->
          Math.abs(nights.place(event.onset().first()) - nights.place(alarm.onset().first()))
                  <= NEAR
              || event.onset().earliest().order() <= alarm.onset().latest().order()
                  && alarm.onset().earliest().order() <= event.onset().latest().order();
      case DRIFT -> false; // it has no onset
    };
  }

  /** How often a figure had a finding that did not hold, since a night. */
  long cleared(Series series, String metric, Night.Ref since) {
    return of(series, metric).stream()
        .filter(event -> event.state() == Event.State.CLEARED)
        .filter(event -> event.opened().compareTo(since) >= 0)
        .count();
  }
}
