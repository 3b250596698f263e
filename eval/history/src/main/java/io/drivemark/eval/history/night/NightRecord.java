package io.drivemark.eval.history.night;

import io.drivemark.eval.runner.record.fork.RulerTimes;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What is kept of a night besides what its study and its forks keep: the file {@code night.json}.
 * Immutable.
 *
 * @param id the name of its folder
 * @param started when it began
 * @param order rises from night to night of one folder, also where the clock jumped back:
 *     milliseconds since 1970 when it began, or one more than that of the latest night before
 * @param plan digest of the file that it was run by and of its study
 * @param unquiet why the machine was not fit for timing; empty if it was, or it is not known yet
 * @param looked whether that is known
 * @param rulers fixed work, each time that it was timed: before the study, after all of it, and
 *     before something was confirmed
 * @param notes what a reader must know, in words
 * @param seconds how long its steps took, by their names, in the order they were done
 * @param finished when it ended; empty while it runs, or if it was killed
 */
public record NightRecord(
    String id,
    Instant started,
    long order,
    String plan,
    Optional<String> unquiet,
    boolean looked,
    List<RulerTimes> rulers,
    List<String> notes,
    Map<String, Double> seconds,
    Optional<Instant> finished) {
  /** Once before the study, once after it and its forks. */
  private static final int OF_NIGHT = 2;

  public NightRecord {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(started, "started");
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(unquiet, "unquiet");
    rulers = List.copyOf(rulers);
    notes = List.copyOf(notes);
    seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
    Objects.requireNonNull(finished, "finished");
  }

  /** Fixed work that was timed before and after the study. */
  public List<RulerTimes> rulersOfNight() {
    return rulers.subList(0, Math.min(OF_NIGHT, rulers.size()));
  }

  /** Fixed work that was timed before something was confirmed; none if nothing was. */
  public List<RulerTimes> rulersOfConfirmation() {
    return rulers.subList(Math.min(OF_NIGHT, rulers.size()), rulers.size());
  }

  /** A night that begins. */
  public static NightRecord begun(String id, Instant started, long order, String plan) {
    return new NightRecord(
        id,
        started,
        order,
        plan,
        Optional.empty(),
        false,
        List.of(),
        List.of(),
        Map.of(),
        Optional.empty());
  }

  /** The same, of a machine that was looked at. */
  public NightRecord looked(Optional<String> why) {
    return new NightRecord(id, started, order, plan, why, true, rulers, notes, seconds, finished);
  }

  /** The same with one more time of the ruler. */
  public NightRecord with(RulerTimes ruler) {
    List<RulerTimes> all = new java.util.ArrayList<>(rulers);
    all.add(ruler);
    return new NightRecord(
        id, started, order, plan, unquiet, looked, all, notes, seconds, finished);
  }

  /** The same with a note, once. */
  public NightRecord noted(String note) {
    List<String> all = new java.util.ArrayList<>(notes);
    if (!all.contains(note)) {
      all.add(note);
    }
    return new NightRecord(
        id, started, order, plan, unquiet, looked, rulers, all, seconds, finished);
  }

  /** The same with the time that a step took. */
  public NightRecord took(String step, double time) {
    Map<String, Double> all = new LinkedHashMap<>(seconds);
    all.put(step, time);
    return new NightRecord(id, started, order, plan, unquiet, looked, rulers, notes, all, finished);
  }

  /** The same, ended. */
  public NightRecord finished(Instant when) {
    return new NightRecord(
        id, started, order, plan, unquiet, looked, rulers, notes, seconds, Optional.of(when));
  }
}
