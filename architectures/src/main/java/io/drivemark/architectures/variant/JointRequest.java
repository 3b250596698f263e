package io.drivemark.architectures.variant;

import io.drivemark.architectures.pruning.mask.MaskPreset;
import io.drivemark.architectures.pruning.mask.Penalty;
import io.drivemark.problem.BadInputException;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Everything that decides how masks are learned together with a model's weights. Immutable.
 *
 * @param amount how much remains, or how hard it is pressed
 * @param penalty what live filters pay for
 * @param unit filters that one mask switches, at least 1
 * @param sites which layers have masks
 * @param maskEpochs epochs in which masks learn, of those of the recipe; empty: half of them. The
 *     rest tunes what they leave
 * @param seed of what is drawn at random
 */
public record JointRequest(
    Amount amount, Penalty penalty, int unit, MaskPreset sites, OptionalInt maskEpochs, long seed) {

  /**
   * A factor of the penalty, or what it is steered to: {@link PruneRequest.Keep} or {@link
   * PruneRequest.KeepLatency}.
   */
  public sealed interface Amount permits Lambda, PruneRequest.Keep, PruneRequest.KeepLatency {
    /** What is made of it: one answer for each kind of amount. */
    <T> T by(
        Function<Lambda, T> factor,
        Function<PruneRequest.Keep, T> share,
        Function<PruneRequest.KeepLatency, T> latency);
  }

  /**
   * The factor of the penalty.
   *
   * @param value at least 0; with 0 masks learn by the task alone
   */
  public record Lambda(double value) implements Amount {
    public Lambda {
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        throw new BadInputException("lambda is " + value + ", expected a number of at least 0");
      }
    }

    @Override
    public <T> T by(
        Function<Lambda, T> factor,
        Function<PruneRequest.Keep, T> share,
        Function<PruneRequest.KeepLatency, T> latency) {
      return factor.apply(this);
    }
  }

  public JointRequest {
    Objects.requireNonNull(amount, "amount");
    Objects.requireNonNull(penalty, "penalty");
    Objects.requireNonNull(sites, "sites");
    Objects.requireNonNull(maskEpochs, "maskEpochs");
    if (unit < 1) {
      throw new BadInputException("a mask of " + unit + " filters, expected at least 1");
    }
    if (maskEpochs.isPresent() && maskEpochs.getAsInt() < 1) {
      throw new BadInputException(
          "masks learn in " + maskEpochs.getAsInt() + " epochs, expected at least 1");
    }
    if (penalty == Penalty.L1_WEIGHTS && amount instanceof Lambda) {
      throw new BadInputException(
          "penalty l1-weights has no masks to freeze: say how much remains, for example keep"
              + " params=0.2; its factor is as published");
    }
    if (penalty == Penalty.L1_WEIGHTS && unit != 1) {
      throw new BadInputException("penalty l1-weights has no masks: leave the unit out");
    }
    if (penalty == Penalty.LATENCY && amount instanceof PruneRequest.Keep keep) {
      throw new BadInputException(
          "penalty latency goes with a share of the latency to keep, found "
              + keep.measure().key()
              + "="
              + keep.share()
              + "; keep latency="
              + keep.share()
              + ", or take penalty "
              + keep.measure().key());
    }
    if (penalty == Penalty.LATENCY && amount instanceof Lambda) {
      throw new BadInputException(
          "penalty latency needs the engine that is timed: keep a share of the latency, latency=0.6"
              + " say");
    }
  }

  /** What is usual with an amount: single filters of every group, which pay for what is kept. */
  public static JointRequest of(Amount amount, long seed) {
    return new JointRequest(
        amount, usualPenalty(amount), 1, MaskPreset.ALL, OptionalInt.empty(), seed);
  }

  /** The penalty that is usual with an amount. */
  public static Penalty usualPenalty(Amount amount) {
    return amount.by(
        factor -> Penalty.COUNT,
        keep ->
            switch (keep.measure()) {
              case MACS -> Penalty.MACS;
              case PARAMS -> Penalty.PARAMS;
              case FILTERS -> Penalty.COUNT;
            },
        latency -> Penalty.LATENCY);
  }

  /**
   * How many of a training's epochs masks learn in.
   *
   * @throws BadInputException if there are fewer than that
   */
  public int maskEpochs(int epochs) {
    int wanted = maskEpochs.orElse(Math.max(1, (epochs + 1) / 2));
    if (wanted > epochs) {
      throw new BadInputException(
          "masks learn in "
              + wanted
              + " epochs, training has "
              + epochs
              + " together; give it at least as many");
    }
    return wanted;
  }

  /** The amount in words, for example {@code params=0.2}. */
  public String goal() {
    return amount.by(
        factor -> "lambda=" + factor.value(),
        keep -> keep.measure().key() + "=" + keep.share(),
        keep -> "latency=" + keep.share() + " on " + keep.setup());
  }
}
