package io.drivemark.eval.decide.select;

import io.drivemark.eval.decide.select.Entrant.Known;
import io.drivemark.eval.decide.select.Entrant.Timed;
import io.drivemark.eval.metrics.DrawnScore;
import io.drivemark.eval.statistics.JointDraws;
import io.drivemark.eval.statistics.OrderStatistics;
import io.drivemark.eval.statistics.Student;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Whether entrants keep budgets, for certain and draw by draw. Latencies have bounds from processes
 * and rounds, their percentiles from order statistics, figures of accuracy from the draws; what
 * does not vary, or is recorded without what it follows from, is taken as it is. Immutable.
 */
final class Fits {
  private static final String P99 = "latencyP99Ms";

  private final List<Entrant> entrants;
  private final Terms terms;
  private final TimeScale scale;
  private final PairSpeeds speeds;
  private final Map<String, JointDraws> times; // by word: of latency in ms
  private final Map<String, Drawn> figures = new HashMap<>();

  /** A figure's draws, of those entrants that have them: place in the draws by entrant. */
  private record Drawn(JointDraws draws, Map<Integer, Integer> places) {}

  /**
   * Of these.
   *
   * @param times draws of latency in milliseconds, by the word of the budget
   * @throws BadInputException if a budget bounds the 99th percentile of too few runs
   */
  Fits(
      List<Entrant> entrants,
      Terms terms,
      TimeScale scale,
      PairSpeeds speeds,
      Map<String, JointDraws> times) {
    this.entrants = entrants;
    this.terms = terms;
    this.scale = scale;
    this.speeds = speeds;
    this.times = times;
    for (Budget budget : terms.budgets()) {
      if (budget.word().equals(P99)) {
        requireRuns(budget);
      }
      if (!budget.isOfTime()) {
        drawn(budget.word()).ifPresent(d -> figures.put(budget.word(), d));
      }
    }
  }

  private void requireRuns(Budget budget) {
    int needed = OrderStatistics.samplesNeeded(0.99, 0, terms.sure());
    for (Entrant entrant : entrants) {
      int runs = sorted(entrant).length;
      if (runs < needed) {
        throw new BadInputException(
            "budget "
                + budget.text()
                + ": "
                + entrant.label()
                + " has "
                + runs
                + " timed runs, a bound of the 99th percentile takes "
                + needed
                + "; time more (latency: {runs: "
                + needed
                + "} in the study), or bound latencyP95Ms, which takes "
                + OrderStatistics.samplesNeeded(0.95, 0, terms.sure()));
      }
    }
  }

  private Optional<Drawn> drawn(String word) {
    int[] having =
        IntStream.range(0, entrants.size())
            .filter(i -> known(i, word).flatMap(Known::score).isPresent())
            .toArray();
    if (having.length == 0) {
      return Optional.empty();
    }
    List<DrawnScore> scores = new ArrayList<>();
    Map<Integer, Integer> places = new HashMap<>();
    for (int i : having) {
      places.put(i, scores.size());
      scores.add(known(i, word).flatMap(Known::score).orElseThrow());
    }
    return Optional.of(new Drawn(DrawnScore.draw(scores, terms.draws(), terms.seed()), places));
  }

  private Optional<Known> known(int i, String word) {
    return Optional.ofNullable(entrants.get(i).figures().get(word));
  }

  /** How an entrant stands to a budget. */
  Fit of(int i, Budget budget) {
    if (budget.percentile().isPresent()) {
      return percentile(i, budget, budget.percentile().get());
    }
    if (budget.isOfTime()) {
      return mean(i, budget);
    }
    Optional<Known> known = known(i, budget.word()).filter(k -> k.value().isPresent());
    if (known.isEmpty()) {
      return Fit.unknown(budget);
    }
    double value = known.get().value().getAsDouble();
    Drawn drawn = figures.get(budget.word());
    if (drawn == null || !drawn.places().containsKey(i)) {
      return Fit.exact(budget, value);
    }
    int clusters = known.get().score().orElseThrow().clusters();
    double error =
        drawn.draws().spread(drawn.places().get(i)) * Math.sqrt(clusters / (clusters - 1.0));
    double off = Student.quantile(1 - terms.sure(), clusters - 1) * error;
    return Fit.between(
        budget, value, OptionalDouble.of(value - off), OptionalDouble.of(value + off), 0);
  }

  private Fit mean(int i, Budget budget) {
    boolean rate = budget.word().equals(Budget.FPS);
    double ms = speeds.meanMs(i).orElseThrow();
    Optional<double[]> bounds = speeds.bounds(i, 1 - terms.sure());
    OptionalDouble none = OptionalDouble.empty();
    if (bounds.isEmpty()) {
      return Fit.between(budget, rate ? 1000 / ms : ms, none, none, 0);
    }
    double low = bounds.get()[0];
    double high = bounds.get()[1];
    return rate
        ? Fit.between(
            budget, 1000 / ms, OptionalDouble.of(1000 / high), OptionalDouble.of(1000 / low), 0)
        : Fit.between(budget, ms, OptionalDouble.of(low), OptionalDouble.of(high), 0);
  }

  private Fit percentile(int i, Budget budget, double p) {
    double[] runs = sorted(entrants.get(i));
    OrderStatistics.Ranks ranks = OrderStatistics.interval(runs.length, p, 2 * terms.sure() - 1);
    int needed = OrderStatistics.samplesNeeded(p, 0, terms.sure());
    return Fit.between(
        budget,
        times.get(budget.word()).estimate(i),
        at(runs, ranks.low()),
        at(runs, ranks.high()),
        ranks.high().isPresent() ? 0 : needed);
  }

  private static OptionalDouble at(double[] sorted, OptionalInt rank) {
    return rank.isPresent()
        ? OptionalDouble.of(sorted[rank.getAsInt() - 1])
        : OptionalDouble.empty();
  }

  /** Every run on the scale, ascending. */
  private double[] sorted(Entrant entrant) {
    return entrant.timed().stream().flatMapToDouble(this::onScale).sorted().toArray();
  }

  private java.util.stream.DoubleStream onScale(Timed timed) {
    double factor = scale.factor(timed).getAsDouble();
    return Arrays.stream(timed.roundsMs()).flatMapToDouble(Arrays::stream).map(ms -> factor * ms);
  }

  /** Whether an entrant keeps all budgets in a draw. */
  boolean admits(int i, int draw) {
    return terms.budgets().stream().allMatch(b -> b.holds(value(i, b, draw)));
  }

  private double value(int i, Budget budget, int draw) {
    if (budget.word().equals(Budget.FPS)) {
      return 1000 / times.get(Budget.LATENCY).value(i, draw);
    }
    if (budget.isOfTime()) {
      return times.get(budget.word()).value(i, draw);
    }
    Drawn drawn = figures.get(budget.word());
    if (drawn != null && drawn.places().containsKey(i)) {
      return drawn.draws().value(drawn.places().get(i), draw);
    }
    return known(i, budget.word())
        .map(Known::value)
        .orElse(OptionalDouble.empty())
        .orElse(Double.NaN);
  }

  /** The percentiles that budgets bound, by their words. */
  static TreeMap<String, Double> percentiles(Terms terms) {
    TreeMap<String, Double> out = new TreeMap<>();
    terms.budgets().forEach(b -> b.percentile().ifPresent(p -> out.put(b.word(), p)));
    return out;
  }
}
