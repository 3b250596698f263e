package io.drivemark.eval.decide.select;

import io.drivemark.eval.decide.Timing;
import io.drivemark.eval.decide.select.Choice.Measured;
import io.drivemark.eval.decide.select.Entrant.Timed;
import io.drivemark.eval.metrics.DrawnScore;
import io.drivemark.eval.statistics.Dominance;
import io.drivemark.eval.statistics.JointDraws;
import io.drivemark.eval.statistics.Student;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Works a selection out. For one thread, once. */
final class Selector {
  private static final double BESIDE = 0.025; // beyond each end of an interval

  private final List<Entrant> entrants;
  private final int frames;
  private final Terms terms;
  private final Map<Integer, Obstacle> obstacles = new HashMap<>();
  private final Map<Integer, Integer> twins = new HashMap<>(); // to the number of the first
  private final List<Integer> numbers = new ArrayList<>(); // of those compared
  private List<Entrant> compared = List.of();
  private TimeScale scale;

  Selector(List<Entrant> entrants, int frames, Terms terms) {
    this.entrants = List.copyOf(entrants);
    this.frames = frames;
    this.terms = terms;
  }

  Selection selection() {
    admit();
    Map<Integer, Choice> made = new HashMap<>();
    int n = compared.size();
    if (n > 0) {
      compare(made);
    }
    List<Choice> choices = new ArrayList<>();
    for (int i = 0; i < entrants.size(); i++) {
      String label = entrants.get(i).label();
      if (made.containsKey(i)) {
        choices.add(made.get(i));
      } else if (twins.containsKey(i) && made.containsKey(twins.get(i))) {
        choices.add(made.get(twins.get(i)).as(i, label));
      } else {
        choices.add(incomparable(i));
      }
    }
    Stream<Timed> timed = compared.stream().flatMap(e -> e.timed().stream());
    return new Selection(
        terms,
        choices,
        n == 0 ? 0 : score(0).clusters(),
        n == 0 ? 0 : frames,
        (int) timed.map(Timed::process).distinct().count(),
        (int)
            compared.stream()
                .flatMap(e -> e.timed().stream())
                .map(Timed::occasion)
                .distinct()
                .count(),
        n * n);
  }

  /** Finds out who can be compared with whom. */
  private void admit() {
    Map<String, Integer> first = new LinkedHashMap<>();
    List<Integer> candidates = new ArrayList<>();
    for (int i = 0; i < entrants.size(); i++) {
      Entrant entrant = entrants.get(i);
      Optional<Obstacle> obstacle = obstacle(entrant);
      if (obstacle.isPresent()) {
        obstacles.put(i, obstacle.get());
        continue;
      }
      Integer before = first.putIfAbsent(entrant.identity(), i);
      if (before == null) {
        candidates.add(i);
      } else {
        twins.put(i, before);
      }
    }
    scale = TimeScale.of(candidates.stream().map(entrants::get).toList());
    List<Entrant> on = new ArrayList<>();
    for (int i : candidates) {
      Entrant entrant = entrants.get(i);
      List<Timed> timed =
          entrant.timed().stream().filter(t -> scale.factor(t).isPresent()).toList();
      if (timed.isEmpty()) {
        obstacles.put(i, offTheScale(entrant));
      } else {
        numbers.add(i);
        on.add(
            new Entrant(
                entrant.label(),
                entrant.identity(),
                entrant.accuracy(),
                entrant.score(),
                timed,
                entrant.figures(),
                entrant.obstacle()));
      }
    }
    compared = List.copyOf(on);
  }

  private static Optional<Obstacle> obstacle(Entrant entrant) {
    if (entrant.obstacle().isPresent()) {
      return entrant.obstacle();
    }
    if (entrant.accuracy().isEmpty()) {
      return Optional.of(Obstacle.of(Obstacle.Kind.NO_ACCURACY));
    }
    if (entrant.score().isEmpty()) {
      return Optional.of(Obstacle.of(Obstacle.Kind.NO_DRAWS));
    }
    if (entrant.score().get().clusters() < 2) {
      return Optional.of(Obstacle.of(Obstacle.Kind.ONE_CLUSTER));
    }
    return entrant.timed().isEmpty()
        ? Optional.of(Obstacle.of(Obstacle.Kind.NO_LATENCY))
        : Optional.empty();
  }

  private Obstacle offTheScale(Entrant entrant) {
    Timing base = scale.base().orElseThrow();
    Timing own = entrant.timed().get(0).timing();
    boolean elsewhere = !own.machine().equals(base.machine());
    return elsewhere
        ? new Obstacle(Obstacle.Kind.OTHER_MACHINE, own.machine(), base.machine())
        : Obstacle.of(Obstacle.Kind.NO_COMMON_REFERENCE);
  }

  private Choice incomparable(int i) {
    Entrant entrant = entrants.get(i);
    Obstacle obstacle = obstacles.get(twins.getOrDefault(i, i));
    OptionalDouble none = OptionalDouble.empty();
    Optional<Measured> accuracy =
        entrant.accuracy().isPresent()
            ? Optional.of(new Measured(entrant.accuracy().getAsDouble(), none, none))
            : Optional.empty();
    return new Choice(
        i,
        entrant.label(),
        Certainty.NOT_COMPARABLE,
        Optional.of(obstacle),
        Optional.empty(),
        accuracy,
        Optional.empty(),
        none,
        none,
        none,
        List.of(),
        List.of(),
        terms.budgets().stream().map(Fit::unknown).toList(),
        false,
        List.of());
  }

  private DrawnScore score(int c) {
    return compared.get(c).score().orElseThrow();
  }

  private void compare(Map<Integer, Choice> made) {
    int n = compared.size();
    int clusters = score(0).clusters();
    JointDraws accuracy =
        DrawnScore.draw(
            compared.stream().map(e -> e.score().orElseThrow()).toList(),
            terms.draws(),
            terms.seed());
    JointDraws merit = terms.moreIsBetter() ? accuracy : accuracy.negated();
    PairSpeeds speeds = new PairSpeeds(compared, scale);
    Map<String, JointDraws> times = new DrawnTimes(compared, scale, terms).byWord();
    JointDraws price = times.get(Budget.LATENCY);
    double[][] meritP = new double[n][n];
    double[][] noWorseP = new double[n][n];
    double[][] priceP = new double[n][n];
    PairSpeeds.Lead[][] leads = new PairSpeeds.Lead[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        if (i != j) {
          meritP[i][j] = merit.pNotAbove(i, j, clusters);
          noWorseP[i][j] = score(i).hasSameCounts(score(j)) ? 0 : meritP[i][j];
          leads[i][j] = speeds.lead(i, j);
          priceP[i][j] = leads[i][j].p();
        }
      }
    }
    Dominance.Claims claims = Dominance.claims(meritP, noWorseP, priceP);
    double[] front = Dominance.front(merit, price);
    Fits fits = new Fits(compared, terms, scale, speeds, times);
    double[] best = Dominance.best(merit, price, fits::admits);
    List<List<Fit>> of = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int at = i;
      of.add(terms.budgets().stream().map(b -> fits.of(at, b)).toList());
    }
    boolean[] mayBeBest =
        Dominance.mayBeBest(
            merit,
            clusters,
            i -> of.get(i).stream().noneMatch(Selector::isBroken),
            i -> of.get(i).stream().allMatch(f -> f.answer() == Fit.Answer.WITHIN),
            terms.sure());
    Separations separations =
        new Separations(
            compared, numbers, merit, meritP, leads, clusters, frames, 1 - terms.sure());
    for (int i = 0; i < n; i++) {
      List<Rival> rivals = rivals(i, merit, noWorseP, leads, claims);
      double alpha = 1 - terms.sure();
      List<Rival> beatenBy = rivals.stream().filter(r -> r.beatsP() <= alpha).toList();
      Certainty certainty =
          !beatenBy.isEmpty()
              ? Certainty.BEATEN
              : claims.front()[i] <= alpha ? Certainty.ON_FRONT : Certainty.OPEN;
      made.put(
          numbers.get(i),
          new Choice(
              numbers.get(i),
              compared.get(i).label(),
              certainty,
              Optional.empty(),
              Optional.empty(),
              Optional.of(accuracy(accuracy, i, clusters)),
              Optional.of(latency(speeds, i)),
              OptionalDouble.of(front[i]),
              OptionalDouble.of(best[i]),
              OptionalDouble.of(claims.front()[i]),
              rivals,
              beatenBy,
              of.get(i),
              mayBeBest[i],
              certainty == Certainty.OPEN ? separations.of(i) : List.of()));
    }
  }

  private static boolean isBroken(Fit fit) {
    return fit.answer() == Fit.Answer.OVER || fit.answer() == Fit.Answer.UNKNOWN;
  }

  private List<Rival> rivals(
      int i,
      JointDraws merit,
      double[][] meritP,
      PairSpeeds.Lead[][] leads,
      Dominance.Claims claims) {
    List<Rival> out = new ArrayList<>();
    for (int j = 0; j < compared.size(); j++) {
      if (j != i) {
        out.add(
            new Rival(
                numbers.get(j),
                compared.get(j).label(),
                merit.estimate(j) - merit.estimate(i),
                score(i).hasSameCounts(score(j)),
                meritP[j][i],
                Math.exp(-leads[j][i].logRatio()),
                leads[j][i].p(),
                claims.beaten()[i][j]));
      }
    }
    out.sort(
        Comparator.comparingDouble(Rival::beatsP)
            .thenComparingDouble(Rival::p)
            .thenComparingDouble(r -> -r.gain())
            .thenComparingInt(Rival::other));
    return out;
  }

  private static Measured accuracy(JointDraws draws, int i, int clusters) {
    double error = draws.spread(i) * Math.sqrt(clusters / (clusters - 1.0));
    double off = Student.quantile(BESIDE, clusters - 1) * error;
    double value = draws.estimate(i);
    return new Measured(value, OptionalDouble.of(value - off), OptionalDouble.of(value + off));
  }

  private static Measured latency(PairSpeeds speeds, int i) {
    double value = speeds.meanMs(i).orElseThrow();
    Optional<double[]> bounds = speeds.bounds(i, BESIDE);
    return new Measured(
        value,
        bounds.isPresent() ? OptionalDouble.of(bounds.get()[0]) : OptionalDouble.empty(),
        bounds.isPresent() ? OptionalDouble.of(bounds.get()[1]) : OptionalDouble.empty());
  }
}
