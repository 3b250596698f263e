package io.drivemark.reports.board;

import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.Speed.OperatorTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a contender's time goes: shares of its operators' time beside their shares of its
 * multiply-accumulates. Immutable.
 *
 * @param model whose they are
 * @param kinds by kind of operator, the one that takes most time first
 * @param operators one by one, likewise
 */
public record OperatorShares(String model, List<Share> kinds, List<Share> operators) {
  /** From here on it is worth its while to avoid an operator. */
  private static final double MUCH = 0.10;

  /** Below this share of the saved calculation the clock does not follow it. */
  private static final double FOLLOWS = 0.8;

  /** Less than this part of what is too much is not reported. */
  private static final double NOTABLE = 0.2;

  private static final int TOLD = 3;

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

  /** Those of a contender; empty if its operators were not looked at. */
  public static Optional<OperatorShares> of(Contender contender) {
    return of(contender.model(), contender.entry().speed().map(Speed::operators).orElse(List.of()));
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

  /** What to do about operators that take much time and can be avoided, a sentence each. */
  public List<String> advice() {
    return operators.stream()
        .filter(s -> s.time() > MUCH && s.instead().isPresent())
        .map(
            s ->
                String.format(
                    Locale.ROOT,
                    "The last step of %s, %s %s, is %.0f %% of the multiply-accumulates and %.0f %%"
                        + " of the time. The architecture can leave it to bilinear interpolation:"
                        + " --option %s.",
                    model,
                    s.kind(),
                    s.name(),
                    100 * s.macs(),
                    100 * s.time(),
                    s.instead().get()))
        .toList();
  }

  /**
   * Which operators keep the time of a variant whose clock does not follow its calculation; empty
   * if it does, or its or its parent's operators were not looked at.
   */
  public static Optional<String> keepers(Variant variant) {
    Optional<OperatorShares> now = of(variant.contender());
    Optional<OperatorShares> then = variant.parent().flatMap(OperatorShares::of);
    boolean follows = variant.clockShare().orElse(1) >= FOLLOWS;
    if (follows || now.isEmpty() || then.isEmpty()) {
      return Optional.empty();
    }
    double saved = -variant.macsChange().orElseThrow();
    List<String> kept = now.get().excess(then.get(), saved);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s saves %.0f %% of the multiply-accumulates, but the engine's time changes by %s %%."
                + " %s",
            variant.contender().model(),
            100 * saved,
            Numbers.change(variant.modelLatencyChange().orElseThrow()),
            kept.isEmpty()
                ? "No kind of operator stands out."
                : "What keeps the time: " + String.join("; ", kept) + "."));
  }

  /**
   * The kinds whose time lies most above what it would be if it had fallen as the calculation did,
   * the worst first, each with a notable part of the whole excess.
   */
  private List<String> excess(OperatorShares before, double saved) {
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
        .limit(TOLD)
        .map(e -> sentence(e.getKey(), old))
        .toList();
  }

  private String sentence(Share share, Map<String, Double> old) {
    return String.format(
        Locale.ROOT,
        "%s (%.0f %% of its time for %.0f %% of its multiply-accumulates, %s; most in %s)",
        share.kind(),
        100 * share.time(),
        100 * share.macs(),
        old.containsKey(share.kind())
            ? Numbers.change(share.ms() / old.get(share.kind()) - 1) + " % against the parent"
            : "new against the parent",
        largest(share.kind()));
  }

  private String largest(String kind) {
    return operators.stream().filter(s -> s.kind().equals(kind)).findFirst().orElseThrow().name();
  }
}
