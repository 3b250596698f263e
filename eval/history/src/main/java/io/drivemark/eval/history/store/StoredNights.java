package io.drivemark.eval.history.store;

import io.drivemark.eval.history.judge.CellAccuracy;
import io.drivemark.eval.history.judge.Measurement;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.SeriesNight;
import io.drivemark.eval.history.judge.Timing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Nights as the judge takes them. A night's timings are those of its own process and of its forks;
 * those of processes that confirm make a night of their own, which never is among the others.
 * Within one transaction of a reader.
 */
final class StoredNights {
  private final Sql sql;
  private final Set<String> metrics;
  private final Map<Long, Series> series = new HashMap<>();
  private final Map<Long, Map<String, String>> conditions = new HashMap<>();
  private final Map<Long, Map<String, Double>> timings = new HashMap<>();
  private final Map<Long, List<Measurement>> values = new HashMap<>();
  private final Map<Long, List<Cell>> cells = new HashMap<>();
  private final Map<Long, List<Rotation>> rotations = new HashMap<>();
  private final Map<Long, List<Night.Other>> members = new HashMap<>();
  private final Map<Long, List<Night.Ruler>> rulers = new HashMap<>();

  /** A row of a cell. */
  private record Cell(
      long id,
      Series series,
      String model,
      Optional<CellAccuracy> accuracy,
      Optional<Long> rotation,
      String issues) {}

  /** A row of a rotation. */
  private record Rotation(long id, String name, OptionalDouble band) {}

  /**
   * @param metrics whose values are wanted; timings are there whatever this says
   */
  StoredNights(Sql sql, Set<String> metrics) {
    this.sql = sql;
    this.metrics = metrics;
  }

  /**
   * Nights, the oldest first.
   *
   * @param wanted which; in their order
   * @param forks further processes of all nights
   * @param excluded why nights are in no baseline, by their uids
   */
  List<Night> of(List<RunRow> wanted, List<RunRow> forks, Map<String, String> excluded) {
    load();
    Map<Long, List<RunRow>> byNight = new HashMap<>();
    forks.forEach(
        fork ->
            byNight
                .computeIfAbsent(fork.parent().orElseThrow(), id -> new ArrayList<>())
                .add(fork));
    List<Night> out = new ArrayList<>();
    for (RunRow night : wanted) {
      List<RunRow> processes = new ArrayList<>();
      processes.add(night);
      byNight.getOrDefault(night.id(), List.of()).stream()
          .sorted(Comparator.comparingInt(RunRow::number))
          .forEach(processes::add);
      out.add(night(night, processes, excluded));
    }
    return out;
  }

  /** A confirmation as a night: what its processes timed, and nothing of the night itself. */
  Night confirmation(RunRow night, List<RunRow> processes) {
    load();
    return night(night, processes, Map.of());
  }

  private Night night(RunRow night, List<RunRow> processes, Map<String, String> excluded) {
    Map<Series, SeriesNight> bySeries = new LinkedHashMap<>();
    List<Night.Rotation> turns = new ArrayList<>();
    Map<Series, List<Timing>> times = new HashMap<>();
    int fork = 0;
    for (RunRow process : processes) {
      Map<Long, String> names = new HashMap<>();
      for (Rotation rotation : rotations.getOrDefault(process.id(), List.of())) {
        String name = fork + ":" + rotation.name();
        names.put(rotation.id(), name);
        turns.add(
            new Night.Rotation(
                name, fork, rotation.band().orElse(Double.NaN), others(rotation.id(), name, fork)));
      }
      for (Cell cell : cells.getOrDefault(process.id(), List.of())) {
        List<Timing> all = times.computeIfAbsent(cell.series(), s -> new ArrayList<>());
        if (cell.rotation().isPresent()) {
          String rotation = names.get(cell.rotation().get());
          int number = fork;
          timings
              .getOrDefault(cell.id(), Map.of())
              .forEach((metric, log) -> all.add(new Timing(metric, number, rotation, log)));
        }
        bySeries.putIfAbsent(
            cell.series(),
            new SeriesNight(
                cell.series(),
                Optional.empty(),
                List.of(),
                cell.accuracy(),
                Optional.of(cell.model())));
      }
      fork++;
    }
    List<SeriesNight> measured = new ArrayList<>();
    bySeries.forEach((one, seen) -> measured.add(whole(seen, times.get(one), night)));
    return new Night(
        night.ref(),
        night.machine(),
        conditions.getOrDefault(night.conditions(), Map.of()),
        turns,
        measured,
        rulers(night, processes),
        night.unquiet(),
        Optional.ofNullable(excluded.get(night.ref().uid())));
  }

  /** Of a confirmation its own; those of older ones are the night's. */
  private List<Night.Ruler> rulers(RunRow night, List<RunRow> processes) {
    return Stream.concat(processes.stream(), Stream.of(night))
        .filter(run -> rulers.containsKey(run.id()))
        .findFirst()
        .map(run -> rulers.get(run.id()))
        .orElse(List.of());
  }

  /** With its timings; of nothing at all it is said why there is nothing. */
  private SeriesNight whole(SeriesNight seen, List<Timing> times, RunRow night) {
    if (!times.isEmpty() || seen.accuracy().isPresent()) {
      return new SeriesNight(seen.series(), Optional.empty(), times, seen.accuracy(), seen.model());
    }
    String why =
        cells.get(night.id()).stream()
            .filter(cell -> cell.series().equals(seen.series()))
            .map(cell -> String.join("; ", Lines.split(cell.issues())))
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("nothing of it was measured");
    return SeriesNight.unmeasured(seen.series(), why);
  }

  private List<Night.Other> others(long rotation, String name, int fork) {
    return members.getOrDefault(rotation, List.of()).stream()
        .map(
            o ->
                new Night.Other(
                    o.role(), new Timing(o.timing().metric(), fork, name, o.timing().log())))
        .toList();
  }

  private void load() {
    if (!series.isEmpty()) {
      return;
    }
    SeriesRows.all(sql).forEach((id, key) -> series.put(id, Series.of(key)));
    sql.all(
        "SELECT conditions_id, name, text FROM condition_value",
        r ->
            conditions
                .computeIfAbsent(r.number(1), id -> new TreeMap<>())
                .put(r.text(2), r.text(3)));
    sql.all(
        "SELECT cell_id, metric, log FROM timing",
        r -> timings.computeIfAbsent(r.number(1), id -> new TreeMap<>()).put(r.text(2), r.real(3)));
    for (String metric : metrics) {
      sql.all(
          "SELECT v.cell_id, f.of_class, v.x FROM figure f JOIN value_of v ON v.figure_id = f.id"
              + " WHERE f.metric = ?",
          r ->
              values
                  .computeIfAbsent(r.number(1), id -> new ArrayList<>())
                  .add(
                      new Measurement(
                          metric, r.maybeText(2).filter(name -> !name.isEmpty()), r.maybeReal(3))),
          metric);
    }
    values.values().forEach(StoredNights::sort);
    loadCells();
    loadRotations();
    sql.all(
        "SELECT run_id, kind, log FROM ruler",
        r ->
            rulers
                .computeIfAbsent(r.number(1), id -> new ArrayList<>())
                .add(new Night.Ruler(r.text(2), r.real(3))));
    rulers.values().forEach(all -> all.sort(Comparator.comparing(Night.Ruler::kind)));
  }

  private static void sort(List<Measurement> of) {
    of.sort(Comparator.comparing(Measurement::metric).thenComparing(m -> m.ofClass().orElse("")));
  }

  private void loadCells() {
    sql.all(
        "SELECT c.id, c.run_id, c.series_id, c.cell_key, m.digest, c.data_digest,"
            + " c.engine_version, c.prints, c.canary, c.complete, c.rotation_id, c.issues FROM cell"
            + " c JOIN model m ON m.id = c.model_id",
        r -> {
          List<Measurement> figures = values.getOrDefault(r.number(1), List.of());
          Optional<CellAccuracy> accuracy = Optional.empty();
          if (!figures.isEmpty() && r.maybeText(4).isPresent()) {
            accuracy =
                Optional.of(
                    new CellAccuracy(
                        r.text(4),
                        r.text(5),
                        r.text(6),
                        r.maybeText(7).orElse(""),
                        r.maybeText(8),
                        r.maybeText(9),
                        r.small(10) == 1,
                        figures));
          }
          Optional<Long> rotation =
              r.maybeNumber(11).isPresent() ? Optional.of(r.number(11)) : Optional.empty();
          return cells
              .computeIfAbsent(r.number(2), id -> new ArrayList<>())
              .add(
                  new Cell(
                      r.number(1),
                      series.get(r.number(3)),
                      r.text(5),
                      accuracy,
                      rotation,
                      r.text(12)));
        });
    cells.values().forEach(all -> all.sort(Comparator.comparing(Cell::series)));
  }

  private void loadRotations() {
    sql.all(
        "SELECT id, run_id, name, band FROM rotation",
        r ->
            rotations
                .computeIfAbsent(r.number(2), id -> new ArrayList<>())
                .add(new Rotation(r.number(1), r.text(3), r.maybeReal(4))));
    rotations.values().forEach(all -> all.sort(Comparator.comparing(Rotation::name)));
    sql.all(
        "SELECT rotation_id, role, metric, log FROM rotation_member",
        r ->
            members
                .computeIfAbsent(r.number(1), id -> new ArrayList<>())
                .add(new Night.Other(r.text(2), new Timing(r.text(3), 0, "", r.real(4)))));
    members.values().forEach(all -> all.sort(Comparator.comparing(Night.Other::role)));
  }
}
