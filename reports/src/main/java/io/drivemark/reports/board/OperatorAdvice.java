package io.drivemark.reports.board;

import io.drivemark.eval.decide.OperatorShares;
import io.drivemark.eval.decide.OperatorShares.Keeper;
import io.drivemark.eval.decide.OperatorShares.Share;
import io.drivemark.eval.decide.VariantChanges;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What follows from the times of operators, in words; {@link OperatorShares} decides. Stateless.
 */
public final class OperatorAdvice {
  private OperatorAdvice() {}

  /** What to do about operators that take much time and can be avoided, a sentence each. */
  public static List<String> avoidable(OperatorShares shares) {
    return shares.avoidable().stream()
        .map(
            s ->
                String.format(
                    Locale.ROOT,
                    "The last step of %s, %s %s, is %.0f %% of the multiply-accumulates and %.0f %%"
                        + " of the time. The architecture can leave it to bilinear interpolation:"
                        + " --option %s.",
                    shares.model(),
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
    Optional<OperatorShares> now = OperatorShares.of(variant.contender().entry());
    Optional<OperatorShares> then = variant.parent().flatMap(p -> OperatorShares.of(p.entry()));
    VariantChanges changes = variant.changes();
    if (!changes.clockLags() || now.isEmpty() || then.isEmpty()) {
      return Optional.empty();
    }
    double saved = -changes.macs().orElseThrow();
    List<String> kept =
        now.get().keepers(then.get(), saved).stream().map(OperatorAdvice::sentence).toList();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s saves %.0f %% of the multiply-accumulates, but the engine's time changes by %s %%."
                + " %s",
            variant.contender().model(),
            100 * saved,
            Numbers.change(changes.engineLatency().orElseThrow()),
            kept.isEmpty()
                ? "No kind of operator stands out."
                : "What keeps the time: " + String.join("; ", kept) + "."));
  }

  private static String sentence(Keeper keeper) {
    Share share = keeper.kind();
    return String.format(
        Locale.ROOT,
        "%s (%.0f %% of its time for %.0f %% of its multiply-accumulates, %s; most in %s)",
        share.kind(),
        100 * share.time(),
        100 * share.macs(),
        keeper.change().isPresent()
            ? Numbers.change(keeper.change().getAsDouble()) + " % against the parent"
            : "new against the parent",
        keeper.longest().name());
  }
}
