package io.drivemark.eval.history.store;

import io.drivemark.datasets.Task;
import io.drivemark.eval.history.SeriesKey;
import io.drivemark.eval.runner.record.FrameSize;
import io.drivemark.eval.runner.record.ProtocolFacts;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Series, read. Stateless. */
final class SeriesRows {
  private SeriesRows() {}

  /** All, by their ids. */
  static Map<Long, SeriesKey> all(Sql sql) {
    Map<Long, SeriesKey> out = new HashMap<>();
    sql.all(
        "SELECT id, model, task, dataset, split, engine, threads, precision_word, form, height,"
            + " width, protocol, protocol_digest, mapping, grid FROM series",
        r -> out.put(r.number(1), of(r)));
    return out;
  }

  private static SeriesKey of(Sql.Columns r) throws SQLException {
    String task = r.text(3);
    return new SeriesKey(
        r.text(2),
        Task.of(task).orElseThrow(() -> new IllegalStateException("a series of task " + task)),
        r.text(4),
        r.text(5),
        r.text(6),
        r.small(7),
        r.text(8),
        r.maybeText(9),
        new FrameSize(r.small(10), r.small(11)),
        new ProtocolFacts(r.text(12), r.text(13), r.text(14), r.text(15)));
  }
}
