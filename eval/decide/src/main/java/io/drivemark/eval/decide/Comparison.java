package io.drivemark.eval.decide;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Two variants of a family, one of them the more accurate, and how sure that is. Immutable.
 *
 * @param better the more accurate one
 * @param worse the other
 * @param difference the better's value less the other's; empty where the two were not judged on the
 *     same frames
 * @param adjustedP Holm's, over all pairs of the family that a claim could be made of; empty where
 *     no test was made
 */
public record Comparison(
    VariantCandidate better,
    VariantCandidate worse,
    Optional<PairedDifference> difference,
    OptionalDouble adjustedP) {
  /** Claims are made at most at this chance of a single false one in the whole family. */
  public static final double LEVEL = 0.05;

  public Comparison {
    Objects.requireNonNull(better, "better");
    Objects.requireNonNull(worse, "worse");
    Objects.requireNonNull(difference, "difference");
    Objects.requireNonNull(adjustedP, "adjustedP");
  }

  /** How much better the better one is, each on its own frames. */
  public double gap() {
    return better.candidate().merit().orElseThrow() - worse.candidate().merit().orElseThrow();
  }

  /**
   * Whether there is no difference at all, whichever frames are drawn: two recipes came to the same
   * network, say.
   */
  public boolean isEven() {
    return difference
        .filter(d -> d.value() == 0 && isZero(d.low()) && isZero(d.high()))
        .isPresent();
  }

  private static boolean isZero(OptionalDouble value) {
    return value.isPresent() && value.getAsDouble() == 0;
  }

  /** Whether the better one is more accurate beyond doubt. */
  public boolean isSure() {
    return difference.filter(d -> better.candidate().measure().merit(d.value()) > 0).isPresent()
        && adjustedP.isPresent()
        && adjustedP.getAsDouble() <= LEVEL;
  }
}
