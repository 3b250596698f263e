package io.drivemark.reports.board;

import io.drivemark.eval.runner.record.MiouDifference;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether one kind of pruning, filters or layers, beats the other within a family: each variant of
 * the beaten kind has one of the other that is as fast or faster and surely more accurate. Variants
 * trained from random weights do not take part. Stateless.
 */
final class KindVerdict {
  private KindVerdict() {}

  /** A variant of one kind and the better one of the other that is at least as fast. */
  private record Match(Variant better, Variant beaten, MiouDifference difference) {}

  /** One sentence, where a kind is beaten as a whole. */
  static Optional<String> of(Family family) {
    List<Variant> rated =
        family.variants().stream()
            .filter(v -> v.isPruned() && v.contender().rated() && !v.isFromScratch())
            .toList();
    List<String> kinds = rated.stream().map(KindVerdict::kind).distinct().toList();
    return kinds.size() == 2
        ? sentence(rated, kinds.get(0), kinds.get(1))
            .or(() -> sentence(rated, kinds.get(1), kinds.get(0)))
        : Optional.empty();
  }

  private static Optional<String> sentence(List<Variant> rated, String winner, String loser) {
    List<Variant> winners = rated.stream().filter(v -> kind(v).equals(winner)).toList();
    List<Variant> losers = rated.stream().filter(v -> kind(v).equals(loser)).toList();
    List<Match> matches =
        losers.stream().flatMap(beaten -> match(winners, beaten).stream()).toList();
    if (matches.size() < losers.size()) {
      return Optional.empty();
    }
    if (matches.size() == 1
        && matches.get(0).better().contender().ties(matches.get(0).beaten().contender())) {
      return Optional.empty(); // one pair at equal latency: that verdict says it all
    }
    Match closest =
        matches.stream().max(Comparator.comparingDouble(m -> miou(m.beaten()))).orElseThrow();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "By the clock %s pruning beats %s pruning here: %s has a %s-pruned variant that is as fast"
                + " or faster and more accurate. %s is %s; %s is %s, %s points (95 %% interval"
                + " %s to %s).",
            winner,
            loser,
            losers.size() == 1
                ? "the " + loser + "-pruned variant"
                : "each of the " + losers.size() + " " + loser + "-pruned variants",
            winner,
            closest.beaten().shortLabel() + (losers.size() == 1 ? "" : ", the best of them,"),
            figures(closest.beaten()),
            closest.better().shortLabel(),
            figures(closest.better()),
            Numbers.points(closest.difference().miou()),
            Numbers.points(closest.difference().low().getAsDouble()),
            Numbers.points(closest.difference().high().getAsDouble())));
  }

  /** The most accurate one that is as fast and surely better. */
  private static Optional<Match> match(List<Variant> winners, Variant beaten) {
    return winners.stream()
        .filter(w -> w.contender().isAsFastAs(beaten.contender()))
        .flatMap(w -> w.pairedWith(beaten).map(d -> new Match(w, beaten, d)).stream())
        .filter(m -> m.difference().miou() > 0 && m.difference().isSure())
        .max(Comparator.comparingDouble(m -> m.difference().miou()));
  }

  private static String kind(Variant variant) {
    return variant.contender().entry().model().technique();
  }

  private static String figures(Variant variant) {
    return String.format(
        Locale.ROOT,
        "at %s ms and %s %%",
        Numbers.milliseconds(variant.contender().meanMs().orElseThrow()),
        Numbers.percent(miou(variant)));
  }

  private static double miou(Variant variant) {
    return variant.contender().miou().orElseThrow();
  }
}
