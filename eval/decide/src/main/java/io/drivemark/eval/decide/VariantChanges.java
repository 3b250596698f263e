package io.drivemark.eval.decide;

import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Entry;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What pruning changed: a variant's figures against those of the network it was made from. Changes
 * are relative: −0.4 is 40 % less than the parent's; the measure's is a difference. A change is
 * empty where either figure is unknown or the two cannot be compared. Immutable.
 *
 * @param accuracy the measure's value less the parent's
 * @param latency of the mean end-to-end latency
 * @param engineLatency of the engine's mean latency alone
 * @param macs of the multiply-accumulates, of gated networks in the mean over frames
 * @param params of the learned values
 */
public record VariantChanges(
    OptionalDouble accuracy,
    OptionalDouble latency,
    OptionalDouble engineLatency,
    OptionalDouble macs,
    OptionalDouble params) {
  /** Nothing is known to have changed: there is no parent to compare with. */
  public static final VariantChanges UNKNOWN =
      new VariantChanges(
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());

  /** Less saved than this share of multiply-accumulates and the clock has nothing to follow. */
  public static final double LEAST_SAVING = 0.02;

  /** Below this share of the saved calculation the clock does not follow it. */
  public static final double FOLLOWS = 0.8;

  public VariantChanges {
    Objects.requireNonNull(accuracy, "accuracy");
    Objects.requireNonNull(latency, "latency");
    Objects.requireNonNull(engineLatency, "engineLatency");
    Objects.requireNonNull(macs, "macs");
    Objects.requireNonNull(params, "params");
  }

  /**
   * The changes from a parent to a variant that stand in one comparison.
   *
   * @param before the parent, with the costs of its entry
   * @param after the variant, likewise
   */
  public static VariantChanges of(
      LatencyScale scale, Candidate before, Entry parent, Candidate after, Entry variant) {
    return new VariantChanges(
        difference(before.value(), after.value()),
        latency(before, after, scale::change),
        latency(before, after, scale::engineChange),
        relative(cost(parent, Cost::macsPerFrame), cost(variant, Cost::macsPerFrame)),
        relative(cost(parent, Cost::params), cost(variant, Cost::params)));
  }

  private static OptionalDouble difference(OptionalDouble before, OptionalDouble after) {
    return before.isPresent() && after.isPresent()
        ? OptionalDouble.of(after.getAsDouble() - before.getAsDouble())
        : OptionalDouble.empty();
  }

  private static OptionalDouble relative(OptionalLong before, OptionalLong after) {
    return before.isPresent() && after.isPresent() && before.getAsLong() > 0
        ? OptionalDouble.of((double) after.getAsLong() / before.getAsLong() - 1)
        : OptionalDouble.empty();
  }

  private static OptionalLong cost(Entry entry, Function<Cost, OptionalLong> figure) {
    return entry.cost().map(figure).orElse(OptionalLong.empty());
  }

  private static OptionalDouble latency(Candidate before, Candidate after, Change change) {
    Optional<Timing> then = before.timing();
    Optional<Timing> now = after.timing();
    return then.isPresent() && now.isPresent()
        ? change.between(then.get(), now.get())
        : OptionalDouble.empty();
  }

  /**
   * What share of the saved multiply-accumulates the engine's clock gave back: latency saved /
   * multiply-accumulates saved. 1 if half the work takes half the time; below 0 if it takes longer
   * than before. Empty where less than {@link #LEAST_SAVING} was saved.
   *
   * <p>Example: 40 % fewer multiply-accumulates and 20 % less time give 0.5.
   */
  public OptionalDouble clockShare() {
    return macs.isPresent() && engineLatency.isPresent() && macs.getAsDouble() <= -LEAST_SAVING
        ? OptionalDouble.of(engineLatency.getAsDouble() / macs.getAsDouble())
        : OptionalDouble.empty();
  }

  /** Whether the clock is known to have fallen by less than {@link #FOLLOWS} of what was saved. */
  public boolean clockLags() {
    return !(clockShare().orElse(1) >= FOLLOWS);
  }

  /** A change of a latency on a scale. */
  @FunctionalInterface
  private interface Change {
    OptionalDouble between(Timing before, Timing after);
  }
}
