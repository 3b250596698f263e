package io.drivemark.eval.decide;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

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
