package io.drivemark.eval.decide;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The one scale on which the latencies of a comparison stand: milliseconds of one rotation on one
 * machine. Latencies of another rotation come onto it by the ratio of the reference that both
 * rotations had; those of another machine, or of a rotation without that reference, stand on no
 * scale and are compared with nothing. Immutable.
 *
 * <p>Example: the reference took 20 ms in the scale's rotation and 22 ms in another, so 11.0 ms
 * there are 10.0 ms here, and beat 10.5 ms measured here.
 */
public final class LatencyScale {
  private final Optional<Timing> base;

  private LatencyScale(Optional<Timing> base) {
    this.base = base;
  }

  /**
   * The scale of these timings: the rotation most of them belong to, on the machine most of them
   * were measured on; of equals the first.
   */
  public static LatencyScale of(List<Timing> timings) {
    Map<String, Integer> machines = new LinkedHashMap<>();
    timings.forEach(t -> machines.merge(t.machine(), 1, Integer::sum));
    Optional<String> machine = most(machines);
    List<Timing> there =
        timings.stream().filter(t -> machine.equals(Optional.of(t.machine()))).toList();
    Map<Optional<String>, Integer> rotations = new LinkedHashMap<>();
    there.forEach(t -> rotations.merge(t.rotation().map(Timing.Rotation::id), 1, Integer::sum));
    Optional<Optional<String>> rotation = most(rotations);
    return new LatencyScale(
        there.stream()
            .filter(t -> Optional.of(t.rotation().map(Timing.Rotation::id)).equals(rotation))
            .findFirst());
  }

  private static <T> Optional<T> most(Map<T, Integer> counts) {
    return counts.entrySet().stream()
        .reduce((a, b) -> b.getValue() > a.getValue() ? b : a)
        .map(Map.Entry::getKey);
  }

  /** Whose milliseconds these are; empty where nothing was timed. */
  public Optional<Timing> base() {
    return base;
  }

  /**
   * What an end-to-end latency is to be multiplied by to stand on this scale; empty if it cannot.
   */
  public OptionalDouble factor(Timing timing) {
    return ratio(timing, false);
  }

  /** The same for latencies of the engine alone. */
  public OptionalDouble engineFactor(Timing timing) {
    return ratio(timing, true);
  }

  private OptionalDouble ratio(Timing timing, boolean engine) {
    if (base.isEmpty() || !base.get().machine().equals(timing.machine())) {
      return OptionalDouble.empty();
    }
    if (base.get().inTurnWith(timing)) {
      return OptionalDouble.of(1);
    }
    if (base.get().rotation().isEmpty() || timing.rotation().isEmpty()) {
      return OptionalDouble.empty();
    }
    Timing.Rotation here = base.get().rotation().get();
    Timing.Rotation there = timing.rotation().get();
    if (!here.reference().equals(there.reference())) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        engine
            ? here.referenceEngineMs() / there.referenceEngineMs()
            : here.referenceMs() / there.referenceMs());
  }

  /** Mean end-to-end latency on this scale; empty if it cannot stand on it. */
  public OptionalDouble endToEndMs(Timing timing) {
    return times(factor(timing), timing.endToEndMs());
  }

  /** Mean latency of the engine alone on this scale; empty if it cannot stand on it. */
  public OptionalDouble engineMs(Timing timing) {
    return times(engineFactor(timing), timing.engineMs());
  }

  private static OptionalDouble times(OptionalDouble factor, double ms) {
    return factor.isPresent() ? OptionalDouble.of(factor.getAsDouble() * ms) : factor;
  }

  /**
   * The share by which two may differ and still be a tie: the control's band, of two rotations both
   * bands added; 0 where no control was measured.
   */
  public static double band(Timing a, Timing b) {
    double band = a.band().orElse(0);
    return a.inTurnWith(b) ? Math.max(band, b.band().orElse(0)) : band + b.band().orElse(0);
  }

  /** How {@code a} stands to {@code b}, end to end. */
  public SpeedOrder order(Timing a, Timing b) {
    Objects.requireNonNull(b, "b");
    OptionalDouble mine = endToEndMs(a);
    OptionalDouble other = endToEndMs(b);
    if (mine.isEmpty() || other.isEmpty()) {
      return SpeedOrder.UNKNOWN;
    }
    double slower = Math.max(mine.getAsDouble(), other.getAsDouble());
    double faster = Math.min(mine.getAsDouble(), other.getAsDouble());
    boolean controlled = a.band().isPresent() && b.band().isPresent();
    if (slower == faster || controlled && slower - faster <= band(a, b) * faster) {
      return SpeedOrder.TIE;
    }
    return mine.getAsDouble() < other.getAsDouble() ? SpeedOrder.FASTER : SpeedOrder.SLOWER;
  }

  /**
   * Relative change of the end-to-end latency from {@code before} to {@code after}: −0.4 is 40 %
   * less. Empty if the two cannot be compared.
   */
  public OptionalDouble change(Timing before, Timing after) {
    return change(endToEndMs(before), endToEndMs(after));
  }

  /** The same of the engine alone. */
  public OptionalDouble engineChange(Timing before, Timing after) {
    return change(engineMs(before), engineMs(after));
  }

  private static OptionalDouble change(OptionalDouble before, OptionalDouble after) {
    return before.isPresent() && after.isPresent()
        ? OptionalDouble.of(after.getAsDouble() / before.getAsDouble() - 1)
        : OptionalDouble.empty();
  }
}
