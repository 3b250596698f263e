package io.drivemark.eval.runner.derive.driving;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.driving.Driving;
import java.util.List;
import java.util.Optional;

/**
 * An entry with what came of its late answers. Immutable.
 *
 * @param driving absent where it has no counts by delay
 * @param late for each of its roads what other networks are held against
 */
record Driven(Entry entry, Optional<Driving> driving, List<Optional<Late>> late) {
  Driven {
    late = List.copyOf(late);
  }

  /** One without counts by delay. */
  static Driven not(Entry entry) {
    return new Driven(entry, Optional.empty(), List.of());
  }
}
