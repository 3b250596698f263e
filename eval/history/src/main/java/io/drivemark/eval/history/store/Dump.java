package io.drivemark.eval.history.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.eval.history.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A store as text: a line of JSON for each row, without the ids that a database gives. Two stores
 * that hold the same have the same dump, byte by byte, whatever keeps them and in whatever order it
 * came in: rows are named and sorted by what is in them, and sorted here, since databases sort text
 * by the rules of their languages. Within one transaction of a reader.
 */
final class Dump {
  private static final String SCHEMA = "drivemark-store-dump/1";

  private final Sql sql;
  private final ObjectMapper json = new ObjectMapper();
  private Consumer<String> out;

  Dump(Sql sql) {
    this.sql = sql;
  }

  /** The lines of a night and its further processes, without those that others share. */
  List<String> night(String uid) {
    List<String> lines = new ArrayList<>();
    out = lines::add;
    List<RunRow> runs = runs();
    Map<Long, String> uids = uids(runs);
    for (RunRow run : runs) {
      if (run.ref().uid().equals(uid) || run.parent().map(uids::get).equals(Optional.of(uid))) {
        run(run, uids);
      }
    }
    return lines;
  }

  /**
   * Gives all lines, each with its end.
   *
   * @param to what takes them
   */
  void write(Consumer<String> to) {
    out = to;
    line(List.of("schema", SCHEMA));
    rows("machine", "SELECT digest, processor, isa, cores, threads, memory_gib FROM machine");
    rows("study", "SELECT digest, yaml FROM study");
    rows(
        "conditions",
        "SELECT c.digest, v.name, v.text FROM conditions c JOIN condition_value v ON"
            + " v.conditions_id = c.id");
    rows("model", "SELECT name, digest, architecture, technique, parent, criterion FROM model");
    rows(
        "series",
        "SELECT digest, model, task, dataset, split, engine, threads, precision_word, form, height,"
            + " width, protocol, protocol_digest, mapping, grid FROM series");
    List<RunRow> runs = runs();
    Map<Long, String> uids = uids(runs);
    runs.forEach(run -> run(run, uids));
    for (Decision d : new Decisions(sql).all()) {
      line(
          Arrays.asList(
              "decision",
              d.uid(),
              d.kind().word(),
              d.subject(),
              d.text(),
              d.by(),
              d.at().toString()));
    }
  }

  private List<RunRow> runs() {
    return RunRow.of(sql, "1 = 1");
  }

  private static Map<Long, String> uids(List<RunRow> runs) {
    Map<Long, String> out = new HashMap<>();
    runs.forEach(run -> out.put(run.id(), run.ref().uid()));
    return out;
  }

  private void run(RunRow run, Map<Long, String> uids) {
    List<Object> line = new ArrayList<>(Arrays.asList("run", run.ref().uid(), run.kind()));
    line.add(run.parent().map(uids::get).orElse(null));
    line.addAll(
        sql.one(
                "SELECT r.number, r.position, r.started, r.finished, s.digest, m.digest, c.digest,"
                    + " r.folder, r.exit_code, r.unquiet FROM run r JOIN study s ON s.id ="
                    + " r.study_id JOIN machine m ON m.id = r.machine_id JOIN conditions c ON c.id"
                    + " = r.conditions_id WHERE r.id = ?",
                r -> r.plain(10),
                run.id())
            .orElseThrow());
    line(line);
    String of = run.ref().uid();
    rows(
        List.of("rotation", of),
        "SELECT name, band, sessions FROM rotation WHERE run_id = ?",
        run.id());
    rows(
        List.of("member", of),
        "SELECT r.name, m.role, m.metric, m.log FROM rotation r JOIN rotation_member m ON"
            + " m.rotation_id = r.id WHERE r.run_id = ?",
        run.id());
    rows(
        List.of("cell", of),
        "SELECT s.digest, c.cell_key, m.name, m.digest, c.data_digest, c.frames, c.engine_version,"
            + " c.canary, c.prints, c.fragile, c.evidence, r.name, c.complete, c.issues, c.folder"
            + " FROM cell c JOIN series s ON s.id = c.series_id JOIN model m ON m.id = c.model_id"
            + " LEFT JOIN rotation r ON r.id = c.rotation_id WHERE c.run_id = ?",
        run.id());
    rows(
        List.of("value", of),
        "SELECT s.digest, f.metric, f.of_class, v.x, v.low, v.high FROM cell c JOIN series s ON s.id"
            + " = c.series_id CROSS JOIN figure f JOIN value_of v ON v.figure_id = f.id AND"
            + " v.cell_id = c.id WHERE c.run_id = ?",
        run.id());
    rows(
        List.of("timing", of),
        "SELECT s.digest, t.metric, t.log FROM cell c JOIN series s ON s.id = c.series_id JOIN"
            + " timing t ON t.cell_id = c.id WHERE c.run_id = ?",
        run.id());
    ofRun(run, "ruler", "kind, log");
    ofRun(run, "verdict", "state, sentence, judged, not_judged, gone, required");
    ofRun(run, "unjudged", "series, metric, state, reason");
    ofRun(
        run,
        "event_state",
        "uid, machine, state, worse, cause, onset_before, onset_first, onset_earliest,"
            + " onset_latest, opened, closed, conditions");
    ofRun(
        run,
        "event_change",
        "uid, number, series, metric, of_class, kind, baseline, level, change");
  }

  private void ofRun(RunRow run, String table, String columns) {
    rows(
        List.of(table, run.ref().uid()),
        "SELECT " + columns + " FROM " + table + " WHERE run_id = ?",
        run.id());
  }

  private void rows(String name, String query) {
    rows(List.of(name), query);
  }

  private void rows(List<String> begin, String query, Object... parameters) {
    int from = query.indexOf(" FROM ");
    int columns = query.substring("SELECT ".length(), from).split(", ").length;
    List<String> lines =
        sql.all(
            query,
            r -> {
              List<Object> line = new ArrayList<>(begin);
              line.addAll(r.plain(columns));
              return text(line);
            },
            parameters);
    lines.sort(null);
    lines.forEach(out);
  }

  private void line(List<?> values) {
    out.accept(text(values));
  }

  private String text(List<?> values) {
    try {
      return json.writeValueAsString(values) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and texts are JSON", e);
    }
  }
}
