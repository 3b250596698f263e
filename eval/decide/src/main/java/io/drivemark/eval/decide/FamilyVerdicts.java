package io.drivemark.eval.decide;

import io.drivemark.eval.statistics.AdjustedP;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Which technique or recipe is more accurate at equal speed. A family's variants are compared pair
 * by pair wherever a claim could follow: two recipes that are equally fast, or two techniques of
 * which one is as fast as the other. All these p-values are adjusted together (Holm), so the chance
 * of a single false claim in the family is at most {@link Comparison#LEVEL}. Immutable.
 */
public final class FamilyVerdicts {
  private final Standing standing;
  private final List<VariantCandidate> rated;
  private final Map<List<Integer>, Comparison> comparisons = new HashMap<>();
  private final Optional<TechniqueVerdict> technique;
  private final List<GroupVerdict> groups;
  private final Optional<Interpolation> interpolation;

  private FamilyVerdicts(
      Standing standing,
      Optional<Candidate> parent,
      List<VariantCandidate> variants,
      BiFunction<VariantCandidate, VariantCandidate, Optional<PairedDifference>> differences) {
    this.standing = standing;
    this.rated =
        variants.stream()
            .filter(v -> standing.isRated(v.candidate()))
            .sorted(Comparator.comparingDouble((VariantCandidate v) -> ms(v.candidate())))
            .toList();
    List<List<VariantCandidate>> equallyFast = equallyFast();
    compare(equallyFast, differences);
    this.technique = techniqueVerdict();
    this.groups = equallyFast.stream().filter(g -> recipes(g) > 1).map(this::groupVerdict).toList();
    this.interpolation =
        technique.isEmpty() && groups.isEmpty() && recipes(rated) > 1
            ? interpolated(parent)
            : Optional.empty();
  }

  /**
   * The verdicts on a family.
   *
   * @param standing the comparison that all of them stand in
   * @param parent what they were pruned from, if it is there
   * @param variants the pruned ones
   * @param differences the first's value less the second's on the same frames, in either order of a
   *     pair; empty if the two were not judged alike
   */
  public static FamilyVerdicts of(
      Standing standing,
      Optional<Candidate> parent,
      List<VariantCandidate> variants,
      BiFunction<VariantCandidate, VariantCandidate, Optional<PairedDifference>> differences) {
    return new FamilyVerdicts(standing, parent, variants, differences);
  }

  /** Whether one technique beats another as a whole. */
  public Optional<TechniqueVerdict> technique() {
    return technique;
  }

  /** A verdict on each group of equally fast variants of at least two recipes, fastest first. */
  public List<GroupVerdict> groups() {
    return groups;
  }

  /** A hint where nothing could be compared; empty if nothing overlaps either. */
  public Optional<Interpolation> interpolation() {
    return interpolation;
  }

  /** Whether there are two recipes to compare at all. */
  public boolean isContested() {
    return recipes(rated) > 1;
  }

  /** For how many pairs the p-values were adjusted. */
  public int adjustedFor() {
    return (int) comparisons.values().stream().filter(c -> c.adjustedP().isPresent()).count();
  }

  /**
   * Whether no difference of two variants, however large, could have been claimed: too few clusters
   * of frames for the test. False where nobody counted them.
   */
  public boolean isTooFew(Comparison pair) {
    return pair.difference().filter(d -> d.isTooFew(adjustedFor())).isPresent();
  }

  private static long recipes(List<VariantCandidate> variants) {
    return variants.stream().map(VariantCandidate::recipe).distinct().count();
  }

  /** From the fastest on: those whose latency ties with the fastest of their group. */
  private List<List<VariantCandidate>> equallyFast() {
    List<List<VariantCandidate>> out = new ArrayList<>();
    for (VariantCandidate v : rated) {
      List<VariantCandidate> last = out.isEmpty() ? List.of() : out.get(out.size() - 1);
      if (!last.isEmpty() && order(last.get(0), v) == SpeedOrder.TIE) {
        last.add(v);
      } else {
        out.add(new ArrayList<>(List.of(v)));
      }
    }
    return out;
  }

  private void compare(
      List<List<VariantCandidate>> equallyFast,
      BiFunction<VariantCandidate, VariantCandidate, Optional<PairedDifference>> differences) {
    List<Comparison> pairs = new ArrayList<>();
    for (int i = 0; i < rated.size(); i++) {
      for (int j = i + 1; j < rated.size(); j++) {
        VariantCandidate a = rated.get(i);
        VariantCandidate b = rated.get(j);
        boolean inGroup =
            !a.recipe().equals(b.recipe())
                && equallyFast.stream().anyMatch(g -> g.contains(a) && g.contains(b));
        if (inGroup || ofTwoTechniques(a, b)) {
          pairs.add(unadjusted(a, b, differences.apply(a, b)));
        }
      }
    }
    List<Comparison> tested = pairs.stream().filter(c -> p(c).isPresent()).toList();
    double[] adjusted =
        AdjustedP.holm(tested.stream().mapToDouble(c -> p(c).getAsDouble()).toArray());
    pairs.forEach(c -> comparisons.put(key(c.better(), c.worse()), c));
    for (int i = 0; i < tested.size(); i++) {
      Comparison c = tested.get(i);
      comparisons.put(
          key(c.better(), c.worse()),
          new Comparison(c.better(), c.worse(), c.difference(), OptionalDouble.of(adjusted[i])));
    }
  }

  private static boolean ofTwoTechniques(VariantCandidate a, VariantCandidate b) {
    return !a.technique().equals(b.technique()) && !a.fromScratch() && !b.fromScratch();
  }

  private static Comparison unadjusted(
      VariantCandidate a, VariantCandidate b, Optional<PairedDifference> difference) {
    boolean turned = merit(b) > merit(a);
    return new Comparison(
        turned ? b : a,
        turned ? a : b,
        turned ? difference.map(PairedDifference::turned) : difference,
        OptionalDouble.empty());
  }

  private static OptionalDouble p(Comparison c) {
    return c.difference().map(PairedDifference::p).orElse(OptionalDouble.empty());
  }

  private static List<Integer> key(VariantCandidate a, VariantCandidate b) {
    return Stream.of(a, b).map(v -> v.candidate().number()).sorted().toList();
  }

  private Optional<TechniqueVerdict> techniqueVerdict() {
    List<VariantCandidate> pruned = rated.stream().filter(v -> !v.fromScratch()).toList();
    List<String> techniques = pruned.stream().map(VariantCandidate::technique).distinct().toList();
    return techniques.size() == 2
        ? beats(pruned, techniques.get(0), techniques.get(1))
            .or(() -> beats(pruned, techniques.get(1), techniques.get(0)))
        : Optional.empty();
  }

  private Optional<TechniqueVerdict> beats(
      List<VariantCandidate> pruned, String winner, String loser) {
    List<VariantCandidate> winners =
        pruned.stream().filter(v -> v.technique().equals(winner)).toList();
    List<VariantCandidate> losers =
        pruned.stream().filter(v -> v.technique().equals(loser)).toList();
    List<Comparison> matches =
        losers.stream().flatMap(beaten -> match(winners, beaten).stream()).toList();
    if (matches.size() < losers.size()) {
      return Optional.empty();
    }
    Comparison first = matches.get(0);
    if (matches.size() == 1 && order(first.better(), first.worse()) == SpeedOrder.TIE) {
      return Optional.empty(); // one pair at equal latency: the group's verdict says it all
    }
    return Optional.of(new TechniqueVerdict(winner, loser, matches));
  }

  /** The most accurate one that is as fast and more accurate beyond doubt. */
  private Optional<Comparison> match(List<VariantCandidate> winners, VariantCandidate beaten) {
    return winners.stream()
        .filter(w -> order(w, beaten).isAsFast())
        .map(w -> comparisons.get(key(w, beaten)))
        .filter(c -> c.worse().equals(beaten) && c.isSure())
        .max(Comparator.comparingDouble((Comparison c) -> merit(c.better())));
  }

  private GroupVerdict groupVerdict(List<VariantCandidate> group) {
    List<VariantCandidate> byAccuracy =
        group.stream()
            .sorted(Comparator.comparingDouble((VariantCandidate v) -> -merit(v)))
            .toList();
    VariantCandidate best = byAccuracy.get(0);
    List<VariantCandidate> rivals =
        byAccuracy.stream().filter(v -> !v.recipe().equals(best.recipe())).toList();
    boolean wins = rivals.stream().allMatch(r -> comparisons.get(key(best, r)).isSure());
    return new GroupVerdict(
        group,
        comparisons.get(key(best, rivals.get(0))),
        wins ? Optional.of(best) : Optional.empty());
  }

  private Optional<Interpolation> interpolated(Optional<Candidate> parent) {
    List<VariantCandidate> byAccuracy =
        rated.stream()
            .sorted(Comparator.comparingDouble((VariantCandidate v) -> -merit(v)))
            .toList();
    for (VariantCandidate v : byAccuracy) {
      double at = ms(v.candidate());
      List<Candidate> others =
          Stream.concat(
                  rated.stream()
                      .filter(o -> !o.recipe().equals(v.recipe()))
                      .map(VariantCandidate::candidate),
                  parent.filter(standing::isRated).stream())
              .toList();
      Optional<Candidate> faster =
          others.stream().filter(c -> ms(c) <= at).max(Comparator.comparingDouble(this::ms));
      Optional<Candidate> slower =
          others.stream().filter(c -> ms(c) > at).min(Comparator.comparingDouble(this::ms));
      if (faster.isPresent() && slower.isPresent()) {
        double share = (at - ms(faster.get())) / (ms(slower.get()) - ms(faster.get()));
        double low = faster.get().value().getAsDouble();
        double line = low + share * (slower.get().value().getAsDouble() - low);
        return Optional.of(new Interpolation(v, at, faster.get(), slower.get(), line));
      }
    }
    return Optional.empty();
  }

  private SpeedOrder order(VariantCandidate a, VariantCandidate b) {
    return standing.order(a.candidate(), b.candidate());
  }

  private double ms(Candidate candidate) {
    return standing.ms(candidate).orElseThrow();
  }

  private static double merit(VariantCandidate variant) {
    return variant.candidate().merit().orElseThrow();
  }
}
