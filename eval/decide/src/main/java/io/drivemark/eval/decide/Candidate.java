package io.drivemark.eval.decide;

import io.drivemark.eval.runner.record.Accuracy;
import io.drivemark.eval.runner.record.Entry;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One network on one engine at one size, as far as decisions need it. Candidates of one comparison
 * were judged on the same frames by the same protocol. Immutable.
 *
 * @param number its place in the comparison, from 0; tells candidates apart
 * @param miou mean IoU as a fraction; empty if nothing was judged or it is undefined
 * @param timing empty if speed was not measured
 */
public record Candidate(int number, OptionalDouble miou, Optional<Timing> timing) {
  /**
   * A study's entry as a candidate.
   *
   * @param number its place in the comparison
   * @param timing the entry's own, as {@link Timings} gives it
   */
  public static Candidate of(int number, Entry entry, Optional<Timing> timing) {
    return new Candidate(
        number, entry.accuracy().map(Accuracy::miou).orElse(OptionalDouble.empty()), timing);
  }

  public Candidate {
    Objects.requireNonNull(miou, "miou");
    Objects.requireNonNull(timing, "timing");
    if (miou.isPresent() && !(miou.getAsDouble() >= 0 && miou.getAsDouble() <= 1)) {
      throw new IllegalArgumentException("mIoU: 0 to 1 expected, got " + miou.getAsDouble());
    }
  }
}
