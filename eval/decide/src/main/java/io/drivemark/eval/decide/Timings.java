package io.drivemark.eval.decide;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The timings of a study's entries. Records of today name a rotation's reference by its cell's key.
 * Those of older programs have a title alone, which lacks the number of threads: it is completed
 * from the entry that is the reference, and where that cannot be found the rotation is compared
 * with no other. Stateless.
 */
public final class Timings {
  private Timings() {}

  /**
   * What decisions need of each entry's speed.
   *
   * @param entries of one study
   * @return in the same order; empty where speed was not measured
   */
  public static List<Optional<Timing>> of(List<Entry> entries) {
    return entries.stream().map(e -> e.speed().map(s -> of(s, entries))).toList();
  }

  /**
   * An entry with its latencies as they stand on a scale; unchanged where they stand on none.
   *
   * @param timing the entry's own, as {@link #of(List)} gives it
   */
  public static Entry onScale(Entry entry, Optional<Timing> timing, LatencyScale scale) {
    if (timing.isEmpty()) {
      return entry;
    }
    OptionalDouble factor = scale.factor(timing.get());
    OptionalDouble engine = scale.engineFactor(timing.get());
    return factor.isEmpty() || factor.getAsDouble() == 1 && engine.getAsDouble() == 1
        ? entry
        : entry.withSpeed(
            entry.speed().map(s -> s.scaled(factor.getAsDouble(), engine.getAsDouble())));
  }

  /** The control of some entries that strayed farthest from itself, the first of equals. */
  public static Optional<Speed.Control> widestControl(Stream<Entry> entries) {
    return entries
        .flatMap(e -> e.speed().stream())
        .flatMap(speed -> speed.control().stream())
        .reduce((a, b) -> Timing.band(b) > Timing.band(a) ? b : a);
  }

  /**
   * How far the network that is in all of some rotations drifted from one to the next.
   *
   * @param rotations at least one
   */
  public static Drift drift(List<Speed.Rotation> rotations) {
    DoubleSummaryStatistics ms =
        rotations.stream().mapToDouble(Speed.Rotation::referenceMs).summaryStatistics();
    return new Drift(ms.getMin(), ms.getMax());
  }

  /**
   * The range of a reference's mean latencies over rotations.
   *
   * @param fromMs the lowest, in milliseconds
   * @param toMs the highest
   */
  public record Drift(double fromMs, double toMs) {}

  private static Timing of(Speed speed, List<Entry> entries) {
    return new Timing(
        speed.environment(),
        speed.endToEnd().mean(),
        speed.model().mean(),
        speed
            .rotation()
            .map(
                r ->
                    new Timing.Rotation(
                        r.id(), reference(r, entries), r.referenceMs(), r.referenceModelMs())),
        speed.control().map(c -> OptionalDouble.of(Timing.band(c))).orElse(OptionalDouble.empty()));
  }

  private static String reference(Speed.Rotation rotation, List<Entry> entries) {
    if (rotation.referenceKey().isPresent()) {
      return rotation.referenceKey().get();
    }
    List<Entry> found = entries.stream().filter(e -> isReference(e, rotation)).toList();
    return found.size() == 1
        ? rotation.reference()
            + ", threads "
            + found.get(0).engine().threads()
            + ", model "
            + found.get(0).model().digest()
        : "unknown reference of rotation " + rotation.id();
  }

  private static boolean isReference(Entry entry, Speed.Rotation rotation) {
    return rotation.reference().equals(title(entry)) && entry.speed().isPresent();
  }

  private static String title(Entry entry) {
    return entry.model().name()
        + " on "
        + entry.dataset().name()
        + "/"
        + entry.dataset().split()
        + " with "
        + entry.engine().name()
        + " at "
        + entry.input();
  }
}
