package io.drivemark.eval.history.store;

import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Cause;
import io.drivemark.eval.history.judge.Census;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Onset;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.Verdict;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the judge said of nights, as rows. For one thread. */
final class Verdicts {
  private final Sql sql;

  Verdicts(Sql sql) {
    this.sql = sql;
  }

  /** Keeps a verdict; one of the same night is replaced. */
  void keep(long run, Verdict verdict) {
    for (String table : List.of("verdict", "unjudged", "event_change", "event_state")) {
      sql.change("DELETE FROM " + table + " WHERE run_id = ?", run);
    }
    Verdict.Coverage coverage = verdict.coverage();
    sql.change(
        "INSERT INTO verdict (run_id, state, sentence, judged, not_judged, gone, required) VALUES"
            + " (?, ?, ?, ?, ?, ?, ?)",
        run,
        verdict.state().word(),
        verdict.sentence(),
        coverage.judged(),
        coverage.notJudged(),
        coverage.gone(),
        coverage.required());
    sql.changeAll(
        "INSERT INTO unjudged (run_id, series, metric, state, reason) VALUES (?, ?, ?, ?, ?)",
        verdict.census().stream()
            .filter(c -> c.state() != Census.State.JUDGED)
            .map(
                c -> new Object[] {run, c.series().key(), c.metric(), c.state().word(), c.reason()})
            .toList());
    verdict.events().forEach(event -> keep(run, event));
  }

  private void keep(long run, Event event) {
    Onset onset = event.onset();
    sql.change(
        "INSERT INTO event_state (uid, run_id, machine, state, worse, cause, onset_before,"
            + " onset_first, onset_earliest, onset_latest, opened, closed, conditions) VALUES (?, ?,"
            + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        event.uid(),
        run,
        event.machine(),
        event.state().word(),
        event.worse(),
        event.cause().word(),
        text(onset.before()),
        text(onset.first()),
        text(onset.earliest()),
        text(onset.latest()),
        text(event.opened()),
        event.closed().map(Verdicts::text),
        Lines.join(event.conditions()));
    List<Object[]> changes = new ArrayList<>();
    for (Event.Change change : event.changes()) {
      changes.add(
          new Object[] {
            event.uid(),
            run,
            changes.size(),
            change.series().key(),
            change.metric(),
            change.ofClass(),
            change.kind().word(),
            change.baseline(),
            change.level(),
            change.change()
          });
    }
    sql.changeAll(
        "INSERT INTO event_change (uid, run_id, number, series, metric, of_class, kind, baseline,"
            + " level, change) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        changes);
  }

  private static String text(Night.Ref ref) {
    return ref.order() + " " + ref.start().toEpochMilli() + " " + ref.uid();
  }

  private static Night.Ref ref(String text) {
    String[] parts = text.split(" ", 3);
    return new Night.Ref(
        parts[2], Long.parseLong(parts[0]), Instant.ofEpochMilli(Long.parseLong(parts[1])));
  }

  /**
   * All events as they stand: as the latest night that has them says, and as a person decided
   * since. The oldest onset first.
   *
   * @param before nights from this position on are left out; empty for none
   */
  List<Event> events(Optional<Night.Ref> before, List<Decision> decisions) {
    Map<Long, Night.Ref> nights = new HashMap<>();
    RunRow.nights(sql).forEach(run -> nights.put(run.id(), run.ref()));
    Map<String, List<Event.Change>> changes = changes();
    Map<String, Seen> latest = new LinkedHashMap<>();
    sql.all(
        "SELECT uid, run_id, machine, state, worse, cause, onset_before, onset_first,"
            + " onset_earliest, onset_latest, opened, closed, conditions FROM event_state",
        r -> {
          Night.Ref night = nights.get(r.number(2));
          if (before.isEmpty() || night.compareTo(before.get()) < 0) {
            Event event = event(r, changes.getOrDefault(r.text(1) + r.number(2), List.of()));
            latest.merge(r.text(1), new Seen(night, event), Seen::later);
          }
          return night;
        });
    return latest.values().stream()
        .map(seen -> decided(seen.event(), decisions))
        .sorted(Comparator.comparing((Event e) -> e.onset().first()).thenComparing(Event::uid))
        .toList();
  }

  /** An event as one night has it. */
  private record Seen(Night.Ref night, Event event) {
    Seen later(Seen other) {
      return night.compareTo(other.night) > 0 ? this : other;
    }
  }

  private static Event decided(Event event, List<Decision> decisions) {
    Optional<Decision> said = Decisions.last(decisions, event.uid());
    if (said.isEmpty()) {
      return event;
    }
    Event.State state =
        switch (event.state()) {
          case CANDIDATE, CONFIRMED ->
              said.get().kind() == Decision.Kind.ACCEPT
                  ? Event.State.ACCEPTED
                  : Event.State.DISMISSED;
          case CLEARED, ACCEPTED, FIXED, DISMISSED -> event.state(); // a later night said so
        };
    return event.decided(
        state, new Event.Decision(said.get().by(), said.get().text(), said.get().at()));
  }

  private Map<String, List<Event.Change>> changes() {
    Map<String, Series> series = new HashMap<>();
    series.put(Series.ALL.key(), Series.ALL);
    SeriesRows.all(sql).values().forEach(key -> series.put(key.digest(), Series.of(key)));
    Map<String, List<Event.Change>> out = new HashMap<>();
    sql.all(
        "SELECT uid, run_id, series, metric, of_class, kind, baseline, level, change, number FROM"
            + " event_change ORDER BY uid, run_id, number",
        r ->
            out.computeIfAbsent(r.text(1) + r.number(2), key -> new ArrayList<>())
                .add(
                    new Event.Change(
                        series.getOrDefault(r.text(3), unknown(r.text(3))),
                        r.text(4),
                        r.maybeText(5),
                        word(Alarm.Kind.values(), Alarm.Kind::word, r.text(6)),
                        r.real(7),
                        r.real(8),
                        r.real(9))));
    return out;
  }

  /** A series whose nights are not kept any more. */
  private static Series unknown(String key) {
    return new Series(key, "a series that is not kept any more (" + key + ")", "", "", "");
  }

  private static Event event(Sql.Columns r, List<Event.Change> changes) throws SQLException {
    return new Event(
        r.text(1),
        r.text(3),
        word(Event.State.values(), Event.State::word, r.text(4)),
        r.small(5) == 1,
        word(Cause.values(), Cause::word, r.text(6)),
        changes,
        new Onset(ref(r.text(7)), ref(r.text(8)), ref(r.text(9)), ref(r.text(10))),
        ref(r.text(11)),
        r.maybeText(12).map(Verdicts::ref),
        Lines.split(r.text(13)),
        Optional.empty());
  }

  private static <E> E word(E[] all, Function<E, String> word, String text) {
    return Arrays.stream(all)
        .filter(value -> word.apply(value).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("unknown word in the store: " + text));
  }
}
