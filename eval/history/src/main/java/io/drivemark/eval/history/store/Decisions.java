package io.drivemark.eval.history.store;

import io.drivemark.eval.history.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What people said, as rows. For one thread. */
final class Decisions {
  private final Sql sql;

  Decisions(Sql sql) {
    this.sql = sql;
  }

  /** Adds one; the same one is not there twice. */
  boolean add(Decision decision) {
    return sql.change(
            "INSERT INTO decision (uid, kind, subject, text, by_whom, at) VALUES (?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (uid) DO NOTHING",
            decision.uid(),
            decision.kind().word(),
            decision.subject(),
            decision.text(),
            decision.by(),
            decision.at().toEpochMilli())
        == 1;
  }

  /** Lets what was said of one night be said of another, which is the same measured anew. */
  void move(String from, String to) {
    sql.change("UPDATE decision SET subject = ? WHERE subject = ?", to, from);
  }

  /** All, the oldest first. */
  List<Decision> all() {
    return sql.all(
        "SELECT kind, subject, text, by_whom, at, uid FROM decision ORDER BY at, uid",
        r ->
            new Decision(
                Decision.Kind.of(r.text(1)).orElseThrow(),
                r.text(2),
                r.text(3),
                r.text(4),
                Instant.ofEpochMilli(r.number(5))));
  }

  /** What was said last of an event. */
  static Optional<Decision> last(List<Decision> oldestFirst, String event) {
    return oldestFirst.stream()
        .filter(d -> d.kind().isOfEvent() && d.subject().equals(event))
        .reduce((earlier, later) -> later);
  }
}
