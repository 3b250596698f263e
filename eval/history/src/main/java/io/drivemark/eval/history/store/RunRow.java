package io.drivemark.eval.history.store;

import io.drivemark.eval.history.judge.Night;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A run as a row says it, without what was measured in it. Immutable. */
record RunRow(
    long id,
    Night.Ref ref,
    String kind,
    Optional<Long> parent,
    int number,
    String machine,
    long conditions,
    String folder,
    int exitCode,
    Optional<String> unquiet) {
  private static final String SELECT =
      "SELECT r.id, r.uid, r.position, r.started, r.kind, r.parent_id, r.number, m.digest,"
          + " r.conditions_id, r.folder, r.exit_code, r.unquiet FROM run r JOIN machine m ON m.id ="
          + " r.machine_id WHERE ";

  /** Those of a condition, in the order of nights. */
  static List<RunRow> of(Sql sql, String where, Object... parameters) {
    return sql.all(SELECT + where, RunRow::of, parameters).stream()
        .sorted(Comparator.comparing(RunRow::ref))
        .toList();
  }

  /** Those that are nights, or are taken for one: no forks and no confirmations. */
  static List<RunRow> nights(Sql sql) {
    return of(sql, "r.parent_id IS NULL");
  }

  private static RunRow of(Sql.Columns r) throws SQLException {
    return new RunRow(
        r.number(1),
        new Night.Ref(r.text(2), r.number(3), Instant.ofEpochMilli(r.number(4))),
        r.text(5),
        r.maybeNumber(6).isPresent() ? Optional.of(r.number(6)) : Optional.empty(),
        r.small(7),
        r.text(8),
        r.number(9),
        r.text(10),
        r.small(11),
        r.maybeText(12));
  }
}
