package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.MetricRule;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.history.judge.SeriesNight;
import io.drivemark.eval.history.judge.Timing;
import io.drivemark.eval.statistics.ProcessScatter;
import io.drivemark.eval.statistics.Robust;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The timed values of one metric in all nights, without what a rotation's members have in common.
 *
 * <p>A value is taken as level of its member + common part of its rotation + rest. Levels are
 * medians over nights before tonight, common parts medians over members, in turn for a few rounds.
 * A rotation of fewer than {@value #FEWEST} members has no median to trust: the rulers stand for
 * its common part. A series' value of a night is the median over its forks.
 */
final class Latencies {
  /** Members of a rotation whose median is its common part. */
  static final int FEWEST = 5;

  /** Members without a finding that do in a confirmation. */
  private static final int FEWEST_MATES = 4;

  private static final int ROUNDS = 3;

  /** Fit nights in which a model is a new one: after them its level is searched for changes. */
  private static final int NEW = 3;

  /** Nights that say by how much processes differ. */
  private static final int NEWEST = 60;

  private final MetricRule rule;
  private final Nights nights;
  private final EventBook book;
  private final Fitness fitness;
  private final Map<String, Integer> members = new HashMap<>();
  private final Map<Series, Integer> series = new HashMap<>();
  private final List<Turn> turns = new ArrayList<>();
  private final Map<String, Double> rulerLevels; // by kind
  private double[] levels; // by member
  private final double[] common; // by night; NaN without a rotation of enough members
  private final double[][] own; // by night and member
  private final double[][][] forks; // the values that own is of, by night and member

  Latencies(MetricRule rule, Nights nights, EventBook book, Fitness fitness) {
    this.rule = rule;
    this.nights = nights;
    this.book = book;
    this.fitness = fitness;
    int n = nights.size();
    for (int t = 0; t < n; t++) {
      turns.add(turn(nights.get(t)));
    }
    rulerLevels = rulerLevels();
    double[] rulers = new double[n];
    double[] java = new double[n];
    for (int t = 0; t < n; t++) {
      rulers[t] = ruler(nights.get(t), kind -> true);
      java[t] = ruler(nights.get(t), Night.Ruler.JAVA::equals);
    }
    levels = new double[members.size()];
    boolean[] none = new boolean[levels.length];
    double[][] parts = new double[n][];
    for (int t = 0; t < n; t++) {
      parts[t] = new double[turns.get(t).rotations()];
    }
    for (int round = 0; round < ROUNDS; round++) {
      levels = levels(parts);
      for (int t = 0; t < n; t++) {
        parts[t] = turns.get(t).parts(levels, none, FEWEST, rulers[t], java[t]);
      }
    }
    common = new double[n];
    own = new double[n][];
    forks = new double[n][][];
    for (int t = 0; t < n; t++) {
      common[t] = turns.get(t).common(levels, FEWEST, java[t]);
      forks[t] = turns.get(t).forks(parts[t], levels.length);
      own[t] = Turn.own(forks[t], Robust::median);
    }
  }

  private Turn turn(Night night) {
    Map<String, Integer> rotations = new HashMap<>();
    List<Turn.Value> out = new ArrayList<>();
    for (SeriesNight one : night.series()) {
      for (Timing timing : one.timings()) {
        if (timing.metric().equals(rule.metric())) {
          int member = member(one.series().key());
          series.putIfAbsent(one.series(), member);
          int rotation = rotations.computeIfAbsent(timing.rotation(), r -> rotations.size());
          double moved = book.moved(one.series(), rule, night.ref());
          out.add(
              new Turn.Value(
                  member, one.series().engine(), rotation, sign() * timing.log(), moved));
        }
      }
    }
    for (Night.Rotation rotation : night.rotations()) {
      Integer at = rotations.get(rotation.id());
      for (Night.Other other : rotation.others()) {
        if (at != null && other.timing().metric().equals(rule.metric())) {
          double log = sign() * other.timing().log();
          out.add(new Turn.Value(member("beside " + other.role()), "", at, log, 0));
        }
      }
    }
    return new Turn(out, rotations.size());
  }

  private int member(String key) {
    return members.computeIfAbsent(key, k -> members.size());
  }

  private double sign() {
    return rule.moreIsBetter() ? -1 : 1;
  }

  /** Of each kind of ruler the median of the nights before tonight, where it has any. */
  private Map<String, Double> rulerLevels() {
    Map<String, Double> out = new HashMap<>();
    double[][] byKind = Fitness.rulers(nights);
    List<String> kinds = Fitness.kinds(nights);
    for (int k = 0; k < byKind.length; k++) {
      double[] known =
          Arrays.stream(byKind[k], 0, nights.tonight()).filter(Double::isFinite).toArray();
      if (known.length > 0) {
        out.put(kinds.get(k), Robust.median(known));
      }
    }
    return out;
  }

  /**
   * The median of how far rulers of some kinds lie from their levels, in a night or a confirmation;
   * 0 where it has none of them.
   */
  private double ruler(Night night, Predicate<String> which) {
    double[] shifts =
        night.rulers().stream()
            .filter(ruler -> which.test(ruler.kind()) && rulerLevels.containsKey(ruler.kind()))
            .mapToDouble(ruler -> ruler.logMs() - rulerLevels.get(ruler.kind()))
            .toArray();
    return shifts.length == 0 ? 0 : sign() * Robust.median(shifts);
  }

  private double[] levels(double[][] parts) {
    int[] counts = new int[members.size()];
    double[][] rests = new double[members.size()][nights.size()];
    for (int t = 0; t < nights.tonight(); t++) {
      for (Turn.Value value : turns.get(t).values()) {
        int m = value.member();
        if (counts[m] == rests[m].length) {
          rests[m] = Arrays.copyOf(rests[m], 2 * counts[m]);
        }
        rests[m][counts[m]++] = value.log() - value.moved() - parts[t][value.rotation()];
      }
    }
    double[] out = new double[members.size()];
    for (int m = 0; m < out.length; m++) {
      out[m] = counts[m] == 0 ? Double.NaN : Robust.median(Arrays.copyOf(rests[m], counts[m]));
    }
    return out;
  }

  /** All series of tonight and before, by label; nights unfit for timing have no value. */
  List<Row> rows() {
    List<Row> out = new ArrayList<>();
    new TreeMap<>(series)
        .forEach(
            (one, member) -> {
              double[] row = new double[nights.size()];
              for (int t = 0; t < row.length; t++) {
                row[t] =
                    own[t].length > member
                            && fitness.isFit(t)
                            && !book.isMasked(one, rule.metric(), nights.ref(t))
                        ? own[t][member]
                        : Double.NaN;
              }
              int[] starts = book.starts(one, rule.metric());
              out.add(new Row(one, rule, row, starts, "", replaced(one), processes(one, member)));
            });
    return out;
  }

  /**
   * The night from which on a series is that of another model than before: tonight, or one before
   * it after which at most {@value #NEW} nights, tonight among them, were fit; −1 without one.
   */
  private int replaced(Series series) {
    Optional<String> now = nights.of(series, nights.tonight()).flatMap(SeriesNight::model);
    int first = nights.tonight();
    int fit = 1;
    for (int t = first - 1; t >= 0 && now.isPresent(); t--) {
      Optional<String> then = nights.of(series, t).flatMap(SeriesNight::model);
      if (then.isPresent() && !then.equals(now)) {
        return first;
      }
      if (then.isPresent()) {
        fit += fitness.isFit(t) ? 1 : 0;
        first = t;
      }
      if (fit > NEW) {
        return -1;
      }
    }
    return -1;
  }

  /** By how much a series' processes differed in the newest fit nights before tonight. */
  private Row.Processes processes(Series one, int member) {
    List<double[]> before = new ArrayList<>();
    for (int t = nights.tonight() - 1; t >= 0 && before.size() < NEWEST; t--) {
      if (fitness.isFit(t) && !book.isMasked(one, rule.metric(), nights.ref(t))) {
        before.add(forks[t][member]);
      }
    }
    int tonight = Math.max(1, forks[nights.tonight()][member].length);
    OptionalDouble scatter = ProcessScatter.of(before);
    return scatter.isEmpty()
        ? Row.Processes.UNKNOWN
        : new Row.Processes(scatter.getAsDouble(), tonight);
  }

  /** What all series have in common, of every night, fit or not. */
  Row commonRow() {
    return all(common.clone(), "");
  }

  /**
   * The same less each kind of ruler: what the machine does to both is not in it. In a night that
   * was unfit there is none.
   */
  List<Row> commonLessRulers() {
    double[][] byKind = Fitness.rulers(nights);
    List<String> kinds = Fitness.kinds(nights);
    List<Row> out = new ArrayList<>();
    for (int k = 0; k < byKind.length; k++) {
      double[] row = new double[nights.size()];
      for (int t = 0; t < row.length; t++) {
        row[t] = fitness.isFit(t) ? common[t] - sign() * byKind[k][t] : Double.NaN;
      }
      out.add(all(row, kinds.get(k)));
    }
    return out;
  }

  private Row all(double[] row, String less) {
    for (int t = 0; t < row.length; t++) {
      if (book.isMasked(Series.ALL, rule.metric(), nights.ref(t))) {
        row[t] = Double.NaN;
      }
    }
    return new Row(
        Series.ALL,
        rule,
        row,
        book.starts(Series.ALL, rule.metric()),
        less,
        -1,
        Row.Processes.UNKNOWN);
  }

  /**
   * What a confirmation says: by key of a series its value as in {@link #rows}, but the best of its
   * forks, since each of them is to show the change; under the key of {@link Series#ALL} the common
   * part. Common parts are those of members that no finding is about; where these are too few the
   * rulers stand for them.
   *
   * @param flagged keys of the series that findings are about
   */
  Map<String, Double> again(Night confirmation, Set<String> flagged) {
    Turn turn = turn(confirmation);
    double[] known = Arrays.copyOf(levels, members.size());
    Arrays.fill(known, levels.length, known.length, Double.NaN);
    boolean[] leftOut = new boolean[known.length];
    flagged.stream().map(members::get).filter(m -> m != null).forEach(m -> leftOut[m] = true);
    double ruler = ruler(confirmation, kind -> true);
    double javaAgain = ruler(confirmation, Night.Ruler.JAVA::equals);
    double[] parts = turn.parts(known, leftOut, FEWEST_MATES, ruler, javaAgain);
    double[] values =
        Turn.own(turn.forks(parts, known.length), some -> Arrays.stream(some).min().orElseThrow());
    Map<String, Double> out = new HashMap<>();
    series.forEach(
        (one, member) -> {
          if (!Double.isNaN(values[member])) {
            out.put(one.key(), values[member]);
          }
        });
    double whole = turn.common(known, FEWEST_MATES, javaAgain);
    if (!Double.isNaN(whole)) {
      out.put(Series.ALL.key(), whole);
    }
    return out;
  }

  /** A common part of a confirmation less its ruler of a kind; empty where it has none. */
  Optional<Double> lessRuler(double part, String kind, Night confirmation) {
    return confirmation.rulers().stream()
        .filter(ruler -> ruler.kind().equals(kind))
        .findFirst()
        .map(ruler -> part - sign() * ruler.logMs());
  }
}
