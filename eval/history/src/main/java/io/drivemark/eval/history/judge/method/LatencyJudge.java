package io.drivemark.eval.history.judge.method;

import io.drivemark.eval.history.judge.Alarm;
import io.drivemark.eval.history.judge.ConfirmPlan;
import io.drivemark.eval.history.judge.JudgeInput;
import io.drivemark.eval.history.judge.JudgeRules;
import io.drivemark.eval.history.judge.MetricRule;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Series;
import io.drivemark.eval.statistics.AdjustedP;
import io.drivemark.problem.Counted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All tests of timed metrics of one night: tonight's values, their confirmation, changes of level,
 * creeping. False discoveries are controlled over every row that is judged, those of networks just
 * replaced apart.
 */
final class LatencyJudge {
  private final JudgeInput input;
  private final JudgeRules rules;
  private final Nights nights;
  private final EventBook book;
  private final Fitness fitness;
  private final Map<String, Latencies> latencies = new LinkedHashMap<>();
  private final List<Row> rows = new ArrayList<>();
  private final List<Row> commons = new ArrayList<>();
  private final List<Row> lessRulers = new ArrayList<>();
  private final Map<String, Double> factors = new LinkedHashMap<>();
  private final NightTest test;
  private List<NightTest.Result> results = List.of();
  private Optional<String> unfit;

  LatencyJudge(JudgeInput input, Nights nights, EventBook book) {
    this.input = input;
    this.rules = input.rules();
    this.nights = nights;
    this.book = book;
    this.fitness = new Fitness(nights, book.rebased(), rules.band());
    this.test = new NightTest(rules);
    for (MetricRule rule : rules.metrics()) {
      if (rule.noisy()) {
        Latencies one = new Latencies(rule, nights, book, fitness);
        latencies.put(rule.metric(), one);
        rows.addAll(one.rows());
        commons.add(one.commonRow());
        lessRulers.addAll(one.commonLessRulers());
      }
    }
    unfit = fitness.why(nights.tonight());
    unfit = unfit.isPresent() ? unfit : scatter();
  }

  /** Runs tonight's test on all rows, and says whether cells scatter too much to be judged. */
  private Optional<String> scatter() {
    List<NightTest.Result> all = new ArrayList<>();
    for (Map.Entry<String, Latencies> metric : latencies.entrySet()) {
      List<Row> own = rows.stream().filter(r -> isOf(r, metric.getKey())).toList();
      List<NightTest.Result> judged =
          test.judge(own, nights.tonight(), fitness.bandFactor(nights.tonight()));
      double factor = NightTest.factor(judged, fitness.bandFactor(nights.tonight()));
      factors.put(metric.getKey(), factor);
      all.addAll(judged);
      if (factor > Fitness.MOST_SCATTER) {
        return Optional.of(Fitness.scattered(factor));
      }
    }
    all.addAll(test.judge(lessRulers, nights.tonight(), 1));
    results = all;
    return Optional.empty();
  }

  private static boolean isOf(Row row, String metric) {
    return row.rule().metric().equals(metric);
  }

  /** Why no latency of tonight is judged; empty if the machine was fit. */
  Optional<String> unfit() {
    return unfit;
  }

  /** Why a series' metric is not judged; empty if it is. */
  Optional<String> whyNot(Series series, String metric) {
    if (unfit.isPresent()) {
      return Optional.of("machine: " + unfit.get());
    }
    if (results.stream().anyMatch(r -> isOf(r.row(), metric) && r.row().series().equals(series))) {
      return Optional.empty();
    }
    Optional<Row> row =
        rows.stream().filter(r -> r.series().equals(series) && isOf(r, metric)).findFirst();
    if (row.isEmpty() || Double.isNaN(row.get().values()[nights.tonight()])) {
      return Optional.of("not timed");
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d of %d nights that it needs before it",
            test.nights(row.get(), nights.tonight()),
            rules.least()));
  }

  /** Tonight's findings that need a confirmation, with p and q of the screen, all candidates. */
  List<NightAlarm> candidates() {
    double[] p = results.stream().mapToDouble(NightTest.Result::p).toArray();
    double[] q = adjusted(results.stream().map(NightTest.Result::row).toList(), p);
    List<NightAlarm> out = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      if (q[i] <= rules.screen() && p[i] < 1) {
        out.add(new NightAlarm(results.get(i), q[i], Alarm.State.CANDIDATE, ""));
      }
    }
    return out;
  }

  /**
   * A finding of tonight's test.
   *
   * @param q p adjusted: of a candidate over all rows; after a confirmation the larger one of that
   *     over candidates, of what was measured again, and that over all rows, of both together
   */
  record NightAlarm(NightTest.Result result, double q, Alarm.State state, String note) {}

  /**
   * What is to be timed again: candidates, and those series as mates that lie nearest to their
   * levels, enough that the common part is theirs.
   */
  ConfirmPlan plan(List<NightAlarm> candidates) {
    Set<Series> flagged =
        candidates.stream()
            .map(c -> c.result().row().series())
            .filter(s -> !s.isAll())
            .collect(Collectors.toSet());
    boolean all = candidates.stream().anyMatch(c -> c.result().row().series().isAll());
    Map<Series, Double> distance = new LinkedHashMap<>();
    for (NightTest.Result result : results) {
      Series series = result.row().series();
      if (!series.isAll() && !flagged.contains(series)) {
        distance.merge(series, Math.abs(result.z()), Math::max);
      }
    }
    int wanted = all ? Math.max(2 * Latencies.FEWEST, rules.mates()) : rules.mates();
    List<Series> mates =
        distance.entrySet().stream()
            .sorted(Map.Entry.<Series, Double>comparingByValue().thenComparing(Map.Entry::getKey))
            .limit(wanted)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    return new ConfirmPlan(flagged.stream().sorted().toList(), mates, rules.forks());
  }

  /** Candidates after the confirmation: each confirmed, cleared, or not judged after all. */
  List<NightAlarm> confirm(List<NightAlarm> candidates, Night again) {
    if (candidates.isEmpty()) {
      return List.of();
    }
    int forks = (int) again.rotations().stream().mapToInt(Night.Rotation::fork).distinct().count();
    Optional<String> trouble = fitness.whyNot(again, nights);
    if (trouble.isPresent()) {
      unfit = trouble;
      return List.of();
    }
    if (forks < rules.forks()) {
      String few = "timed again in " + forks + " of " + Counted.of(rules.forks(), "process");
      return candidates.stream()
          .map(c -> new NightAlarm(c.result(), c.q(), Alarm.State.CANDIDATE, few))
          .toList();
    }
    List<Again> seen = again(candidates, again);
    double[] p =
        seen.stream().mapToDouble(a -> a.result().map(NightTest.Result::p).orElse(1.0)).toArray();
    double[] q = adjusted(seen.stream().map(a -> a.candidate().result().row()).toList(), p);
    double[] together = together(seen);
    List<NightAlarm> out = new ArrayList<>();
    for (int i = 0; i < p.length; i++) {
      NightAlarm candidate = seen.get(i).candidate();
      Optional<NightTest.Result> result = seen.get(i).result();
      if (result.isEmpty()) {
        out.add(
            new NightAlarm(
                candidate.result(), candidate.q(), Alarm.State.CANDIDATE, "not timed again"));
      } else {
        boolean holds = q[i] <= rules.falseDiscovery() && together[i] <= rules.falseDiscovery();
        out.add(
            new NightAlarm(
                result.get(),
                Math.max(q[i], together[i]),
                holds ? Alarm.State.CONFIRMED : Alarm.State.CLEARED,
                result.get().after(candidate.result())));
      }
    }
    return out;
  }

  /**
   * Of each candidate q over all rows judged, of the mean of tonight's value and the one measured
   * again: what a cell does all night is in both, and must be rare among all nights of all cells.
   */
  private double[] together(List<Again> seen) {
    List<Row> of = new ArrayList<>();
    List<Double> p = new ArrayList<>();
    for (Again one : seen) {
      of.add(one.candidate().result().row());
      p.add(
          one.result()
              .map(again -> one.candidate().result().with(again.value(), one.factor()).p())
              .orElse(1.0));
    }
    Set<Row> flagged = Set.copyOf(of);
    for (NightTest.Result result : results) {
      if (!flagged.contains(result.row())) {
        of.add(result.row());
        p.add(result.p());
      }
    }
    return adjusted(of, p.stream().mapToDouble(v -> v).toArray());
  }

  /**
   * p adjusted for how many rows it is asked of. Of networks that were just replaced it is asked
   * whether that changed them, of all others whether anything did: two questions, and false
   * discoveries are controlled among the answers to each.
   */
  private static double[] adjusted(List<Row> rows, double[] p) {
    double[] out = new double[p.length];
    for (boolean replaced : new boolean[] {true, false}) {
      int[] own =
          IntStream.range(0, p.length).filter(i -> rows.get(i).isReplaced() == replaced).toArray();
      double[] q = AdjustedP.benjaminiHochberg(Arrays.stream(own).mapToDouble(i -> p[i]).toArray());
      for (int i = 0; i < own.length; i++) {
        out[own[i]] = q[i];
      }
    }
    return out;
  }

  /** What was measured again of a candidate, and how much tonight scatters. */
  private record Again(NightAlarm candidate, Optional<NightTest.Result> result, double factor) {}

  private List<Again> again(List<NightAlarm> candidates, Night again) {
    List<Again> out = new ArrayList<>();
    for (Map.Entry<String, Latencies> metric : latencies.entrySet()) {
      List<NightAlarm> own =
          candidates.stream().filter(c -> isOf(c.result().row(), metric.getKey())).toList();
      Set<String> flagged = new HashSet<>();
      own.forEach(c -> flagged.add(c.result().row().series().key()));
      Map<String, Double> values = metric.getValue().again(again, flagged);
      double factor =
          Math.max(factors.get(metric.getKey()), matesFactor(metric.getKey(), values, flagged));
      for (NightAlarm candidate : own) {
        Row row = candidate.result().row();
        Optional<Double> value = Optional.ofNullable(values.get(row.series().key()));
        if (row.series().isAll()) {
          value = value.flatMap(g -> metric.getValue().lessRuler(g, row.common(), again));
        }
        double widened = row.series().isAll() ? 1 : factor;
        out.add(
            new Again(
                candidate, value.map(v -> candidate.result().ofProcess(v, widened)), widened));
      }
    }
    return out;
  }

  /** How much the mates scatter; 1 of too few to tell. */
  private double matesFactor(String metric, Map<String, Double> values, Set<String> flagged) {
    List<NightTest.Result> mates =
        results.stream()
            .filter(r -> isOf(r.row(), metric))
            .filter(r -> !flagged.contains(r.row().series().key()))
            .filter(r -> values.containsKey(r.row().series().key()))
            .map(r -> r.ofProcess(values.get(r.row().series().key()), 1))
            .toList();
    return NightTest.factor(mates, 1);
  }

  /** Changes of level, for the worse or for the better. */
  List<LevelTest.Change> levels(boolean worse) {
    // cells that scatter tonight, many changed ones for example, are told apart over nights
    boolean fit = fitness.isFit(nights.tonight());
    Stream<Row> judged = fit ? judgedRows() : commons.stream();
    Function<Row, Row> turn = worse ? Function.identity() : Row::turned;
    return new LevelTest(rules).search(judged.map(turn).toList(), nights.tonight());
  }

  private Stream<Row> judgedRows() {
    return Stream.of(rows, commons, lessRulers)
        .flatMap(List::stream)
        .filter(row -> !Double.isNaN(row.values()[nights.tonight()]));
  }

  /** Creeping against the pinned night, where a test of it is due. */
  List<DriftTest.Creeping> drifts() {
    int pinned = input.pinned().map(nights::indexOf).orElse(-1);
    if (pinned < 0 || unfit.isPresent() || !DriftTest.isDue(nights, fitness::isFit)) {
      return List.of();
    }
    List<Row> judged = judgedRows().filter(row -> row.common().isEmpty()).toList();
    int[] since = judged.stream().mapToInt(row -> Math.max(pinned, accepted(row))).toArray();
    return new DriftTest(rules).search(judged, since, nights.tonight());
  }

  /**
   * The first night there is of the last event of a row that a person decided; −1 without such an
   * event.
   */
  private int accepted(Row row) {
    return book.of(row.series(), row.rule().metric()).stream()
        .filter(event -> event.decision().isPresent())
        .map(event -> Math.min(nights.place(event.onset().first()), nights.tonight()))
        .max(Comparator.naturalOrder())
        .orElse(-1);
  }

  /** The rows of common parts less rulers, for telling the cause of a common change. */
  List<Row> lessRulers() {
    return lessRulers;
  }

  /** All own rows. */
  List<Row> rows() {
    return rows;
  }

  /** The row of what a metric has in common. */
  Optional<Row> common(String metric) {
    return commons.stream().filter(row -> isOf(row, metric)).findFirst();
  }
}
