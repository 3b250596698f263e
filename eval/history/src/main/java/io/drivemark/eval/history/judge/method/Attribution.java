package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.Cause;
import io.drivemark.eval.history.judge.CellAccuracy;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Onset;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.SeriesNight;
import io.drivemark.eval.statistics.Robust;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What changes with one onset are laid to. Of a change that all series have in common rulers tell:
 * what both Java's and the engine's moved with is the machine's, what only the engine's did the
 * engine's, what only Java's did the JVM's, what neither did Drivemark's own. What was changed
 * between the two nights of the onset decides where rulers cannot, and tells an engine's options
 * from Drivemark's code. Of single series a new model is the cause of their change.
 */
final class Attribution {
  /** The share of an engine's series from which on a change of them is the engine's. */
  private static final double NEARLY_ALL = 0.75;

  private final Nights nights;
  private final LatencyJudge latency;

  Attribution(Nights nights, LatencyJudge latency) {
    this.nights = nights;
    this.latency = latency;
  }

  /** The cause of alarms with one onset. */
  Cause cause(List<Alarm> alarms, Onset onset) {
    Set<Cause> changed = changed(likeliest(onset));
    if (!newKeys(alarms, likeliest(onset)).isEmpty()) {
      changed.add(Cause.ENGINE);
    }
    if (alarms.stream().allMatch(alarm -> alarm.kind() == Alarm.Kind.DETERMINISM)) {
      return Cause.UNKNOWN; // nothing was changed: that is the finding
    }
    List<Alarm> common = alarms.stream().filter(alarm -> alarm.series().isAll()).toList();
    if (!common.isEmpty()) {
      Cause byRulers = byRulers(common.get(0), onset);
      if (byRulers == Cause.UNKNOWN && changed.size() == 1) {
        return changed.iterator().next();
      }
      boolean onlyTheEngine = changed.equals(EnumSet.of(Cause.ENGINE));
      return byRulers == Cause.DRIVEMARK && onlyTheEngine ? Cause.ENGINE : byRulers;
    }
    Set<Series> series = alarms.stream().map(Alarm::series).collect(Collectors.toSet());
    if (series.stream().allMatch(one -> isOfNewModel(one, onset))) {
      return Cause.MODEL;
    }
    if (isOfOneEngine(series)) {
      return Cause.ENGINE;
    }
    changed.remove(Cause.MODEL);
    if (changed.size() == 1) {
      return changed.iterator().next();
    }
    return changed.isEmpty() ? Cause.MODEL : Cause.UNKNOWN;
  }

  /**
   * Whether they are at least two, of one engine, nearly all that it has, and others have series
   * too: a cell that an engine slowed by little may not be among them.
   */
  private boolean isOfOneEngine(Set<Series> series) {
    Set<String> engines = series.stream().map(Series::engine).collect(Collectors.toSet());
    Set<Series> measured =
        latency.rows().stream()
            .filter(row -> !Double.isNaN(row.values()[nights.tonight()]))
            .map(Row::series)
            .collect(Collectors.toSet());
    long ofEngine = measured.stream().filter(s -> engines.contains(s.engine())).count();
    return engines.size() == 1
        && series.size() > 1
        && series.size() >= NEARLY_ALL * ofEngine
        && ofEngine < measured.size();
  }

  private Cause byRulers(Alarm alarm, Onset onset) {
    double size = Math.abs(Math.log1p(alarm.change()));
    boolean javaMoved = true;
    boolean engineMoved = true;
    boolean hasJava = false;
    boolean hasEngine = false;
    for (Row row : latency.lessRulers()) {
      if (row.rule().metric().equals(alarm.metric())) {
        // the common part without a ruler: where it did not move, the ruler did
        double rest = Math.abs(shift(row, onset));
        boolean moved = rest < size / 2;
        if (row.common().equals(Night.Ruler.JAVA)) {
          hasJava = !Double.isNaN(rest);
          javaMoved = moved;
        } else if (!Double.isNaN(rest)) {
          hasEngine = true;
          engineMoved &= moved;
        }
      }
    }
    if (!hasJava || !hasEngine) {
      return Cause.UNKNOWN;
    }
    if (javaMoved) {
      return engineMoved ? Cause.MACHINE : Cause.JVM;
    }
    return engineMoved ? Cause.ENGINE : Cause.DRIVEMARK;
  }

  /** How far a row's median moved at an onset, at most 60 nights on each side. */
  private double shift(Row row, Onset onset) {
    int first = nights.indexOf(onset.first().uid());
    if (first < 0) {
      return Double.NaN;
    }
    int start = row.start(first - 1);
    int[] before = row.nights(Math.max(start, first - 60), first);
    int[] after = row.nights(first, Math.min(nights.size(), first + 60));
    return before.length == 0 || after.length == 0
        ? Double.NaN
        : Robust.median(row.at(after)) - Robust.median(row.at(before));
  }

  /** Whether a series is that of another model since an onset, or since a night of its range. */
  boolean isOfNewModel(Series series, Onset onset) {
    return hasNewModel(series, onset) || hasNewModelInRange(series, onset);
  }

  private boolean hasNewModel(Series series, Onset onset) {
    String old = model(series, onset.before());
    String now = model(series, onset.first());
    return old != null && now != null && !old.equals(now);
  }

  /**
   * Series whose cell has another key at an onset with the same model on the same frames: the
   * engine's version or options. Empty unless it is so of all that an event is about.
   */
  private Set<Series> newKeys(List<Alarm> alarms, Onset onset) {
    int before = nights.indexOf(onset.before().uid());
    int first = nights.indexOf(onset.first().uid());
    Set<Series> out = new TreeSet<>();
    if (before < 0 || first < 0) {
      return out;
    }
    boolean all = alarms.stream().anyMatch(alarm -> alarm.series().isAll());
    Set<Series> about = alarms.stream().map(Alarm::series).collect(Collectors.toSet());
    for (SeriesNight one : nights.get(first).series()) {
      Optional<CellAccuracy> old = nights.of(one.series(), before).flatMap(SeriesNight::accuracy);
      if ((all || about.contains(one.series())) && one.accuracy().isPresent() && old.isPresent()) {
        CellAccuracy now = one.accuracy().get();
        if (now.cellKey().equals(old.get().cellKey())
            || !now.model().equals(old.get().model())
            || !now.data().equals(old.get().data())) {
          return Set.of();
        }
        out.add(one.series());
      }
    }
    return out;
  }

  private boolean hasNewModelInRange(Series series, Onset onset) {
    int from = nights.indexOf(onset.earliest().uid());
    int to = nights.indexOf(onset.latest().uid());
    return from > 0
        && to >= 0
        && hasNewModel(
            series,
            new Onset(nights.ref(from - 1), nights.ref(to), nights.ref(from), nights.ref(to)));
  }

  private String model(Series series, Night.Ref ref) {
    int t = nights.indexOf(ref.uid());
    return t < 0 ? null : nights.of(series, t).flatMap(SeriesNight::model).orElse(null);
  }

  /**
   * The onset; where nothing was changed at it, the one night of its range at which something was.
   */
  Onset likeliest(Onset onset) {
    if (!changedNames(onset).isEmpty()) {
      return onset;
    }
    int from = Math.max(1, nights.indexOf(onset.earliest().uid()));
    int to = nights.indexOf(onset.latest().uid());
    List<Onset> found = new ArrayList<>();
    for (int t = from; t <= to; t++) {
      Onset other = Onset.at(nights.ref(t - 1), nights.ref(t));
      if (!changedNames(other).isEmpty()) {
        found.add(other);
      }
    }
    return found.size() == 1 ? found.get(0) : onset;
  }

  /** What kinds of conditions changed between the two nights of an onset. */
  private Set<Cause> changed(Onset onset) {
    Set<Cause> out = EnumSet.noneOf(Cause.class);
    for (String name : changedNames(onset)) {
      if (name.equals(Night.DRIVEMARK)) {
        out.add(Cause.DRIVEMARK);
      } else if (name.equals(Night.JAVA)) {
        out.add(Cause.JVM);
      } else if (name.startsWith(Night.ENGINE)) {
        out.add(Cause.ENGINE);
      } else {
        out.add(Cause.MACHINE);
      }
    }
    return out;
  }

  private Set<String> changedNames(Onset onset) {
    return changedNames(conditions(onset.before()), conditions(onset.first()));
  }

  private static Set<String> changedNames(Map<String, String> old, Map<String, String> now) {
    Set<String> out = new TreeSet<>(old.keySet());
    out.addAll(now.keySet());
    out.removeIf(name -> Objects.equals(old.get(name), now.get(name)));
    return out;
  }

  private Map<String, String> conditions(Night.Ref ref) {
    int t = nights.indexOf(ref.uid());
    return t < 0 ? Map.of() : nights.get(t).conditions();
  }

  /** What changed between the two nights of an onset, for people. */
  List<String> changes(List<Alarm> alarms, Onset estimated) {
    Onset onset = likeliest(estimated);
    Map<String, String> old = conditions(onset.before());
    Map<String, String> now = conditions(onset.first());
    List<String> out = new ArrayList<>();
    for (String name : changedNames(onset)) {
      out.add(name + ": " + old.getOrDefault(name, "-") + " -> " + now.getOrDefault(name, "-"));
    }
    Set<String> models = new TreeSet<>();
    for (Alarm alarm : alarms) {
      if (!alarm.series().isAll() && hasNewModel(alarm.series(), onset)) {
        models.add(
            "model "
                + alarm.series().model()
                + ": "
                + model(alarm.series(), onset.before())
                + " -> "
                + model(alarm.series(), onset.first()));
      }
    }
    out.addAll(models);
    int keys = newKeys(alarms, onset).size();
    if (keys > 0) {
      out.add("keys of " + keys + (keys == 1 ? " cell" : " cells") + ", their models the same");
    }
    return out;
  }
}
