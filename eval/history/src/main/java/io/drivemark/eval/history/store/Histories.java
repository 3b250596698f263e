package io.drivemark.eval.history.store;

import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.history.SeriesKey;
import io.drivemark.eval.history.store.HistoryView.NightLine;
import io.drivemark.eval.history.store.HistoryView.Point;
import io.drivemark.eval.history.store.HistoryView.Said;
import io.drivemark.eval.history.store.HistoryView.SeriesLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The queries of a history's page. Within one transaction of a reader. */
final class Histories {
  private final Sql sql;
  private final List<Decision> decisions;

  Histories(Sql sql) {
    this.sql = sql;
    this.decisions = new Decisions(sql).all();
  }

  /** Where a cell belongs. */
  private record Place(int night, long series, String machine) {}

  /** What makes a line. */
  private record Line(long series, String machine, String metric, String ofClass) {}

  /**
   * All nights, with the figures of these metrics.
   *
   * @param metrics by their ids
   */
  HistoryView of(Set<String> metrics) {
    List<RunRow> runs = RunRow.nights(sql);
    Map<Long, Integer> index = new HashMap<>();
    runs.forEach(run -> index.put(run.id(), index.size()));
    Map<Long, Place> places = new HashMap<>();
    sql.all(
        "SELECT id, run_id, series_id FROM cell",
        r -> {
          Integer night = index.get(r.number(2));
          if (night != null) {
            places.put(r.number(1), new Place(night, r.number(3), runs.get(night).machine()));
          }
          return night;
        });
    return new HistoryView(
        nights(runs),
        lines(metrics, places),
        new Verdicts(sql).events(Optional.empty(), decisions),
        decisions);
  }

  /** All nights, in their order. */
  List<NightLine> nights() {
    return nights(RunRow.nights(sql));
  }

  private List<NightLine> nights(List<RunRow> runs) {
    Map<String, MachineKey> machines = new HashMap<>();
    sql.all(
        "SELECT digest, processor, isa, cores, threads, memory_gib FROM machine",
        r ->
            machines.put(
                r.text(1),
                new MachineKey(r.text(2), r.text(3), r.small(4), r.small(5), r.small(6))));
    Map<Long, Map<String, String>> conditions = new HashMap<>();
    sql.all(
        "SELECT conditions_id, name, text FROM condition_value",
        r ->
            conditions
                .computeIfAbsent(r.number(1), id -> new TreeMap<>())
                .put(r.text(2), r.text(3)));
    Map<Long, Said> said = new HashMap<>();
    sql.all(
        "SELECT run_id, state, sentence, judged, not_judged, gone FROM verdict",
        r ->
            said.put(
                r.number(1), new Said(r.text(2), r.text(3), r.small(4), r.small(5), r.small(6))));
    Map<String, String> excluded = Decision.exclusions(decisions);
    return runs.stream()
        .map(
            run ->
                new NightLine(
                    run.ref(),
                    run.kind(),
                    machines.get(run.machine()),
                    conditions.getOrDefault(run.conditions(), Map.of()),
                    run.folder(),
                    run.unquiet(),
                    Optional.ofNullable(excluded.get(run.ref().uid())),
                    Optional.ofNullable(said.get(run.id()))))
        .toList();
  }

  private List<SeriesLine> lines(Set<String> metrics, Map<Long, Place> places) {
    Map<Line, List<Point>> points = new HashMap<>();
    for (String metric : new TreeSet<>(metrics)) {
      sql.all(
          "SELECT f.of_class, v.cell_id, v.x, v.low, v.high FROM figure f JOIN value_of v ON"
              + " v.figure_id = f.id WHERE f.metric = ?",
          r -> {
            Place place = places.get(r.number(2));
            if (place != null) {
              points
                  .computeIfAbsent(
                      new Line(place.series(), place.machine(), metric, r.text(1)),
                      line -> new ArrayList<>())
                  .add(new Point(place.night(), r.maybeReal(3), r.maybeReal(4), r.maybeReal(5)));
            }
            return place;
          },
          metric);
    }
    Map<Long, SeriesKey> series = SeriesRows.all(sql);
    List<SeriesLine> out = new ArrayList<>();
    points.forEach(
        (line, all) -> {
          all.sort(Comparator.comparingInt(Point::night));
          out.add(
              new SeriesLine(
                  series.get(line.series()),
                  line.machine(),
                  line.metric(),
                  Optional.of(line.ofClass()).filter(name -> !name.isEmpty()),
                  all));
        });
    Map<SeriesKey, String> order = new HashMap<>();
    series.values().forEach(key -> order.put(key, key.label() + "\n" + key.digest()));
    out.sort(
        Comparator.comparing((SeriesLine line) -> order.get(line.series()))
            .thenComparing(SeriesLine::machine)
            .thenComparing(SeriesLine::metric)
            .thenComparing(line -> line.ofClass().orElse("")));
    return out;
  }
}
