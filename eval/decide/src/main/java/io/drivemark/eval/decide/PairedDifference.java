package io.drivemark.eval.decide;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * By how much the measure's value of one network differs from another's on the same frames.
 * Immutable.
 *
 * @param value the first's less the second's
 * @param low lower end of a 95 % interval that heeds how few clusters of frames there are; empty
 *     with fewer than two
 * @param high upper end
 * @param p two-sided, of there being no difference, not adjusted; empty where no test was made:
 *     then nothing can be claimed
 * @param clusters over how many clusters of frames; absent where nobody counted them
 */
public record PairedDifference(
    double value,
    OptionalDouble low,
    OptionalDouble high,
    OptionalDouble p,
    Optional<Integer> clusters) {

  /** One over clusters that nobody counted. */
  public PairedDifference(double value, OptionalDouble low, OptionalDouble high, OptionalDouble p) {
    this(value, low, high, p, Optional.empty());
  }

  public PairedDifference {
    Objects.requireNonNull(low, "low");
    Objects.requireNonNull(high, "high");
    Objects.requireNonNull(p, "p");
    Objects.requireNonNull(clusters, "clusters");
    if (p.isPresent() && !(p.getAsDouble() >= 0 && p.getAsDouble() <= 1)) {
      throw new IllegalArgumentException("p: 0 to 1 expected, got " + p.getAsDouble());
    }
  }

  /** The paired difference that a record keeps. */
  public static PairedDifference of(RecordedDifference kept) {
    return new PairedDifference(
        kept.value(), kept.expandedLow(), kept.expandedHigh(), kept.swapP(), kept.clusters());
  }

  /** The second's less the first's. */
  public PairedDifference turned() {
    return new PairedDifference(-value, negated(high), negated(low), p, clusters);
  }

  /**
   * Whether no difference, however large, could be claimed: too few clusters for the test. False
   * where nobody counted them.
   *
   * @param tests that are adjusted together; none counts as one
   */
  public boolean isTooFew(int tests) {
    return clusters.filter(n -> SwapReach.isTooFew(n, Math.max(1, tests))).isPresent();
  }

  private static OptionalDouble negated(OptionalDouble value) {
    return value.isPresent() ? OptionalDouble.of(-value.getAsDouble()) : value;
  }
}
