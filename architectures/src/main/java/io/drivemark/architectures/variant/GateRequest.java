package io.drivemark.architectures.variant;

import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.gate.GateCriteria;
import io.drivemark.architectures.pruning.gate.GateTarget;
import io.drivemark.architectures.pruning.gate.GateUnit;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Everything that decides how a model is made dynamic: which units each frame is to use, by what
 * heads, and how these learn. Immutable.
 *
 * @param amount how much a frame uses
 * @param target name of the rule that says which units matter for a frame: {@code mass} or {@code
 *     uniform}, or one of {@link GateCriteria}
 * @param unit what one gate switches
 * @param head what predicts a site's gates
 * @param mode whether the gates' loss reaches the weights of the network
 * @param constant whether the masks are the same for all frames: the control, whose heads are
 *     reduced to their bias
 * @param seed of what is drawn at random
 */
public record GateRequest(
    Amount amount,
    String target,
    GateUnit unit,
    Head head,
    Mode mode,
    boolean constant,
    long seed) {
  /** The share of the layer's mass. */
  public static final String MASS = "mass";

  /** The same share of the units in each layer. */
  public static final String UNIFORM = "uniform";

  /**
   * How much is used: a {@link Ratio}, or what an estimate turns into one, {@link
   * PruneRequest.Keep} of multiply-accumulates or {@link PruneRequest.KeepLatency}.
   */
  public sealed interface Amount permits Ratio, PruneRequest.Keep, PruneRequest.KeepLatency {
    /** What is made of it: one answer for each kind of amount. */
    <T> T either(
        Function<Ratio, T> ratio,
        Function<PruneRequest.Keep, T> macs,
        Function<PruneRequest.KeepLatency, T> latency);
  }

  /**
   * The number that a target goes by. With {@code mass} the share of a layer's mass that live units
   * hold; 1 leaves out only what does not respond at all. With {@code uniform} the share of a
   * layer's units that is live.
   *
   * @param value above 0 to 1
   */
  public record Ratio(double value) implements Amount {
    public Ratio {
      if (!(value > 0 && value <= 1)) {
        throw new BadInputException("ratio is " + value + ", expected above 0 to 1");
      }
    }

    @Override
    public <T> T either(
        Function<Ratio, T> ratio,
        Function<PruneRequest.Keep, T> macs,
        Function<PruneRequest.KeepLatency, T> latency) {
      return ratio.apply(this);
    }
  }

  /** What predicts the gates of a site from what the site's convolution reads. */
  public enum Head {
    /** As published: softmax of the channels' largest values. */
    PUBLISHED_MAX("published-max"),
    /** As the published code has it: softmax of the channels' means. */
    PUBLISHED_AVERAGE("published-average"),
    /** The channels' means, standardised by their mean and deviation over frames. */
    STANDARDISED("standardised");

    private final String key;

    Head(String key) {
      this.key = key;
    }

    /** The name in commands, studies and notes. */
    public String key() {
      return key;
    }

    /**
     * The head of that name.
     *
     * @throws BadInputException if there is none
     */
    public static Head named(String name) {
      return GateRequest.named("head", name, values(), Head::key);
    }
  }

  /** Whether the gates' loss reaches the weights of the network. */
  public enum Mode {
    /** It does not: heads learn from what the network has, and the network from the labels. */
    DECOUPLED("decoupled"),
    /** It does, through what the heads read. */
    JOINT("joint");

    private final String key;

    Mode(String key) {
      this.key = key;
    }

    /** The name in commands, studies and notes. */
    public String key() {
      return key;
    }

    /**
     * The mode of that name.
     *
     * @throws BadInputException if there is none
     */
    public static Mode named(String name) {
      return GateRequest.named("mode", name, values(), Mode::key);
    }
  }

  public GateRequest {
    Objects.requireNonNull(amount, "amount");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(head, "head");
    Objects.requireNonNull(mode, "mode");
    requireTarget(target);
    if (amount instanceof PruneRequest.Keep keep && keep.measure() != Measure.MACS) {
      throw new BadInputException(
          "a dynamic network has all its "
              + keep.measure().key()
              + ": say how much of macs or latency a frame takes, keep macs=0.5 say");
    }
    if (amount instanceof PruneRequest.KeepLatency && unit.isEverywhere()) {
      throw new BadInputException(
          "units everywhere are no network that could be cut out, so that no latency can be"
              + " planned: keep macs, or take another unit");
    }
  }

  /**
   * The name of a target, given back.
   *
   * @throws BadInputException if there is none of that name
   */
  public static String requireTarget(String name) {
    GateCriteria.named(name);
    return name;
  }

  /** By mass, units as maps have it, standardised heads, decoupled, by the frame. */
  public static GateRequest of(Amount amount, long seed) {
    return new GateRequest(
        amount, MASS, GateUnit.AUTO, Head.STANDARDISED, Mode.DECOUPLED, false, seed);
  }

  /** The same request with its amount turned into a ratio, or another one. */
  public GateRequest withRatio(double ratio) {
    return new GateRequest(new Ratio(ratio), target, unit, head, mode, constant, seed);
  }

  /** The ratio, if it is known: not where an estimate must find it first. */
  public OptionalDouble ratio() {
    return amount instanceof Ratio ratio
        ? OptionalDouble.of(ratio.value())
        : OptionalDouble.empty();
  }

  /**
   * Which units of a site are to be live, for a ratio.
   *
   * @param ratio above 0 to 1
   * @param filters consecutive filters a unit; 1 for residual units, whose responses are those of
   *     the whole network's units
   */
  public GateTarget target(double ratio, int filters) {
    return GateCriteria.named(target).target(ratio, filters);
  }

  private static <T> T named(String what, String name, T[] all, Function<T, String> key) {
    return Arrays.stream(all)
        .filter(t -> key.apply(t).equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(what, name, Arrays.stream(all).map(key).toList()));
  }

  private static BadInputException unknown(String what, String name, List<String> known) {
    return new BadInputException(
        what
            + " '"
            + name
            + "' is not known"
            + Nearest.hint(name, known)
            + "; there are "
            + String.join(", ", known));
  }
}
