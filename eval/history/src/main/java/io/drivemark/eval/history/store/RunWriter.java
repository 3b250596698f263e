package io.drivemark.eval.history.store;

import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.history.SeriesKey;
import io.drivemark.eval.history.store.folder.RunFacts;
import io.drivemark.eval.history.store.folder.RunFacts.CellFacts;
import io.drivemark.eval.history.store.folder.RunFacts.FigureFacts;
import io.drivemark.eval.history.store.folder.RunFacts.RotationFacts;
import io.drivemark.eval.history.store.folder.RunFacts.TimingFacts;
import io.drivemark.eval.runner.record.ModelFacts;
import io.drivemark.files.Digests;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes and removes runs. Within one transaction of a writer. */
final class RunWriter {
  private static final String INSERT_VALUE =
      "INSERT INTO value_of (figure_id, cell_id, x, low, high) VALUES (?, ?, ?, ?, ?)";

  private final Sql sql;
  private final Ids ids;

  RunWriter(Sql sql) {
    this.sql = sql;
    this.ids = new Ids(sql);
  }

  /** The id of a run, if it is there. */
  Optional<Long> find(String uid) {
    return sql.one("SELECT id FROM run WHERE uid = ?", r -> r.number(1), uid);
  }

  /** Writes a run that is not there yet, and returns its id. */
  long write(RunFacts run, Optional<Long> parent) {
    long id = ids.next("run");
    sql.change(
        "INSERT INTO run (id, uid, kind, parent_id, number, position, started, finished, study_id,"
            + " machine_id, conditions_id, folder, exit_code, unquiet) VALUES (?, ?, ?, ?, ?, ?, ?,"
            + " ?, ?, ?, ?, ?, ?, ?)",
        id,
        run.uid(),
        run.kind().word(),
        parent,
        run.number(),
        run.order(),
        run.started().toEpochMilli(),
        run.finished().toEpochMilli(),
        ids.of("study", "digest, yaml", 1, Digests.of(run.study()), run.study()),
        machine(run.machine()),
        conditions(run.conditions()),
        run.folder(),
        run.exitCode(),
        run.unquiet());
    Map<String, Long> rotations = new HashMap<>();
    run.rotations().forEach(rotation -> rotations.put(rotation.name(), write(id, rotation)));
    List<Object[]> values = new ArrayList<>();
    List<Object[]> timings = new ArrayList<>();
    for (CellFacts cell : run.cells()) {
      long cellId = write(id, cell, cell.rotation().map(rotations::get));
      for (FigureFacts figure : cell.figures()) {
        long figureId = ids.of("figure", "metric, of_class", 2, figure.metric(), figure.ofClass());
        values.add(new Object[] {figureId, cellId, figure.value(), figure.low(), figure.high()});
      }
      for (TimingFacts timing : cell.timings()) {
        timings.add(new Object[] {cellId, timing.metric(), timing.log()});
      }
    }
    sql.changeAll(INSERT_VALUE, values);
    sql.changeAll("INSERT INTO timing (cell_id, metric, log) VALUES (?, ?, ?)", timings);
    sql.changeAll(
        "INSERT INTO ruler (run_id, kind, log) VALUES (?, ?, ?)",
        run.rulers().stream().map(r -> new Object[] {id, r.kind(), r.log()}).toList());
    return id;
  }

  private long machine(MachineKey machine) {
    return ids.of(
        "machine",
        "digest, processor, isa, cores, threads, memory_gib",
        1,
        machine.digest(),
        machine.processor(),
        machine.isa(),
        machine.cores(),
        machine.threads(),
        machine.memoryGib());
  }

  private long conditions(Map<String, String> conditions) {
    List<String> texts = new ArrayList<>();
    conditions.forEach((name, text) -> texts.addAll(List.of(name, text)));
    String digest = Digests.of(Lines.join(texts));
    Optional<Long> found =
        sql.one("SELECT id FROM conditions WHERE digest = ?", r -> r.number(1), digest);
    if (found.isPresent()) {
      return found.get();
    }
    long id = ids.of("conditions", "digest", 1, digest);
    sql.changeAll(
        "INSERT INTO condition_value (conditions_id, name, text) VALUES (?, ?, ?)",
        conditions.entrySet().stream()
            .map(c -> new Object[] {id, c.getKey(), c.getValue()})
            .toList());
    return id;
  }

  private long write(long run, RotationFacts rotation) {
    long id = ids.next("rotation");
    sql.change(
        "INSERT INTO rotation (id, run_id, name, band, sessions) VALUES (?, ?, ?, ?, ?)",
        id,
        run,
        rotation.name(),
        rotation.band(),
        rotation.sessions());
    sql.changeAll(
        "INSERT INTO rotation_member (rotation_id, role, metric, log) VALUES (?, ?, ?, ?)",
        rotation.members().stream()
            .map(m -> new Object[] {id, m.role(), m.metric(), m.log()})
            .toList());
    return id;
  }

  private long write(long run, CellFacts cell, Optional<Long> rotation) {
    long id = ids.next("cell");
    sql.change(
        "INSERT INTO cell (id, run_id, series_id, cell_key, model_id, data_digest, frames,"
            + " engine_version, canary, prints, fragile, evidence, rotation_id, complete, issues,"
            + " folder) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        run,
        series(cell.series()),
        cell.cellKey(),
        model(cell.model()),
        cell.data(),
        cell.frames(),
        cell.engineVersion(),
        cell.canary(),
        cell.prints(),
        cell.fragile(),
        cell.evidence(),
        rotation,
        cell.complete(),
        Lines.join(cell.issues()),
        cell.folder());
    return id;
  }

  private long series(SeriesKey series) {
    return ids.of(
        "series",
        "digest, model, task, dataset, split, engine, threads, precision_word, form, height, width,"
            + " protocol, protocol_digest, mapping, grid",
        1,
        series.digest(),
        series.model(),
        series.task().word(),
        series.dataset(),
        series.split(),
        series.engine(),
        series.threads(),
        series.precision(),
        series.form(),
        series.input().height(),
        series.input().width(),
        series.protocol().name(),
        series.protocol().digest(),
        series.protocol().mapping(),
        series.protocol().grid());
  }

  private long model(ModelFacts model) {
    return ids.of(
        "model",
        "name, digest, architecture, technique, parent, criterion",
        2,
        model.name(),
        model.digest(),
        model.architecture(),
        model.technique(),
        model.parent(),
        model.criterion());
  }

  /** Removes a run with all that was measured in it and said of it by the judge. */
  void remove(long run) {
    sql.all("SELECT id FROM run WHERE parent_id = ?", r -> r.number(1), run).forEach(this::remove);
    List<Long> cells = sql.all("SELECT id FROM cell WHERE run_id = ?", r -> r.number(1), run);
    List<Long> figures = sql.all("SELECT id FROM figure", r -> r.number(1));
    List<Object[]> keys = new ArrayList<>();
    for (Long figure : figures) {
      cells.forEach(cell -> keys.add(new Object[] {figure, cell}));
    }
    sql.changeAll("DELETE FROM value_of WHERE figure_id = ? AND cell_id = ?", keys);
    sql.changeAll(
        "DELETE FROM timing WHERE cell_id = ?", cells.stream().map(c -> new Object[] {c}).toList());
    sql.change("DELETE FROM cell WHERE run_id = ?", run);
    sql.change(
        "DELETE FROM rotation_member WHERE rotation_id IN (SELECT id FROM rotation WHERE run_id ="
            + " ?)",
        run);
    for (String table :
        List.of("rotation", "ruler", "verdict", "unjudged", "event_change", "event_state")) {
      sql.change("DELETE FROM " + table + " WHERE run_id = ?", run);
    }
    sql.change("DELETE FROM run WHERE id = ?", run);
  }

  /** Removes rows that nothing points to any more, so that a store has what its runs need. */
  void removeUnused() {
    sql.change("DELETE FROM series WHERE id NOT IN (SELECT series_id FROM cell)");
    sql.change("DELETE FROM model WHERE id NOT IN (SELECT model_id FROM cell)");
    sql.change("DELETE FROM study WHERE id NOT IN (SELECT study_id FROM run)");
    sql.change("DELETE FROM machine WHERE id NOT IN (SELECT machine_id FROM run)");
    sql.change(
        "DELETE FROM condition_value WHERE conditions_id NOT IN (SELECT conditions_id FROM run)");
    sql.change("DELETE FROM conditions WHERE id NOT IN (SELECT conditions_id FROM run)");
    sql.change("DELETE FROM figure WHERE id NOT IN (SELECT figure_id FROM value_of)");
  }
}
