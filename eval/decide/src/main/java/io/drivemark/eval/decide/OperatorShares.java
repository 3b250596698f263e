package io.drivemark.eval.decide;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.Speed.OperatorTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where a network's time goes: shares of its operators' time beside their shares of its
 * multiply-accumulates. Immutable.
 *
 * @param model whose they are
 * @param kinds by kind of operator, the one that takes most time first
 * @param operators one by one, likewise
 */
public record OperatorShares(String model, List<Share> kinds, List<Share> operators) {
  /** An operator with more than this share of the time is worth avoiding. */
  public static final double MUCH = 0.10;

  /** A kind with less than this part of all excess time is not named. */
  public static final double NOTABLE = 0.2;

  /** The most kinds that are named. */
  public static final int MOST_KEEPERS = 3;

  /**
   * A part of the whole.
   *
   * @param name the operator, or the kind
   * @param kind what it computes
   * @param ms its time
   * @param time share of the time
   * @param macs share of the multiply-accumulates
   * @param instead the option that avoids it, where there is one
   */
  public record Share(
      String name, String kind, double ms, double time, double macs, Optional<String> instead) {}

  public OperatorShares {
    Objects.requireNonNull(model, "model");
    kinds = List.copyOf(kinds);
    operators = List.copyOf(operators);
  }

  /** Those of an entry; empty if its operators were not looked at. */
  public static Optional<OperatorShares> of(Entry entry) {
    return of(entry.model().name(), entry.speed().map(Speed::operators).orElse(List.of()));
  }

  /** Those of a model; empty if nothing took any time. */
  public static Optional<OperatorShares> of(String model, List<OperatorTime> times) {
    double ms = times.stream().mapToDouble(OperatorTime::ms).sum();
    if (!(ms > 0)) {
      return Optional.empty();
    }
    double macs = Math.max(1, times.stream().mapToLong(OperatorTime::macs).sum());
    Map<String, Share> kinds = new LinkedHashMap<>();
    List<Share> operators = new ArrayList<>();
    for (OperatorTime t : times) {
      Share share =
          new Share(t.node(), t.kind(), t.ms(), t.ms() / ms, t.macs() / macs, t.instead());
      operators.add(share);
      kinds.merge(
          t.kind(),
          new Share(t.kind(), t.kind(), share.ms(), share.time(), share.macs(), Optional.empty()),
          OperatorShares::sum);
    }
    Comparator<Share> mostTime = Comparator.comparingDouble((Share s) -> -s.time());
    return Optional.of(
        new OperatorShares(
            model,
            kinds.values().stream().sorted(mostTime).toList(),
            operators.stream().sorted(mostTime).toList()));
  }

  private static Share sum(Share a, Share b) {
    return new Share(
        a.name(), a.kind(), a.ms() + b.ms(), a.time() + b.time(), a.macs() + b.macs(), a.instead());
  }

  /** Operators that take much time and that the architecture can do without, the longest first. */
  public List<Share> avoidable() {
    return operators.stream().filter(s -> s.time() > MUCH && s.instead().isPresent()).toList();
  }

  /**
   * Kinds that keep the time of a variant whose clock does not follow its calculation: those whose
   * time lies most above what it would be if it had fallen as the calculation did, the worst first,
   * each with a notable part of the whole excess.
   *
   * @param before the parent's operators
   * @param saved the share of multiply-accumulates that was saved
   */
  public List<Keeper> keepers(OperatorShares before, double saved) {
    Map<String, Double> old = new LinkedHashMap<>();
    before.kinds().forEach(s -> old.put(s.kind(), s.ms()));
    Map<Share, Double> excess = new LinkedHashMap<>();
    for (Share share : kinds) {
      double over = share.ms() - (1 - saved) * old.getOrDefault(share.kind(), 0.0);
      if (over > 0) {
        excess.put(share, over);
      }
    }
    double all = excess.values().stream().mapToDouble(Double::doubleValue).sum();
    return excess.entrySet().stream()
        .filter(e -> e.getValue() >= NOTABLE * all)
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST_KEEPERS)
        .map(e -> keeper(e.getKey(), old))
        .toList();
  }

  private Keeper keeper(Share share, Map<String, Double> old) {
    return new Keeper(
        share,
        old.containsKey(share.kind())
            ? OptionalDouble.of(share.ms() / old.get(share.kind()) - 1)
            : OptionalDouble.empty(),
        operators.stream().filter(s -> s.kind().equals(share.kind())).findFirst().orElseThrow());
  }

  /**
   * A kind of operator that keeps the time.
   *
   * @param kind all of the kind together
   * @param change relative change of its time against the parent; empty if the parent has none
   * @param longest the one that takes most of it
   */
  public record Keeper(Share kind, OptionalDouble change, Share longest) {}

  /** The kinds that take most time over all of some networks, the largest first. */
  public static List<String> largestKinds(List<OperatorShares> all) {
    Map<String, Double> total = new LinkedHashMap<>();
    all.forEach(s -> s.kinds().forEach(k -> total.merge(k.kind(), k.time(), Double::sum)));
    return total.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
