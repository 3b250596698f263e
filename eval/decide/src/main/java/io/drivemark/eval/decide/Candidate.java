package io.drivemark.eval.decide;

import io.drivemark.eval.runner.record.Entry;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One network on one engine at one size, as far as decisions need it. Candidates of one comparison
 * were judged on the same frames by the same protocol. Immutable.
 *
 * @param number its place in the comparison, from 0; tells candidates apart
 * @param measure what accuracy is measured by, the same for all candidates of a comparison
 * @param value of the measure; empty if nothing was judged or it is undefined
 * @param timing empty if speed was not measured
 */
public record Candidate(
    int number, Measure measure, OptionalDouble value, Optional<Timing> timing) {
  /** One that is measured by mIoU. */
  public Candidate(int number, OptionalDouble miou, Optional<Timing> timing) {
    this(number, Measure.MIOU, miou, timing);
  }

  /**
   * A study's entry as a candidate.
   *
   * @param number its place in the comparison
   * @param timing the entry's own, as {@link Timings} gives it
   */
  public static Candidate of(int number, Entry entry, Optional<Timing> timing) {
    Measure measure = Measure.of(entry);
    return new Candidate(number, measure, measure.value(entry), timing);
  }

  public Candidate {
    Objects.requireNonNull(measure, "measure");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(timing, "timing");
    if (value.isPresent()) {
      double v = value.getAsDouble();
      if (measure == Measure.MIOU && !(v >= 0 && v <= 1)) {
        throw new IllegalArgumentException("mIoU: 0 to 1 expected, got " + v);
      }
      if (!(v >= 0 && v < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(measure + ": 0 or more expected, got " + v);
      }
    }
  }

  /** How accurate it is, turned so that more is better; empty as the value is. */
  public OptionalDouble merit() {
    return value.isPresent()
        ? OptionalDouble.of(measure.merit(value.getAsDouble()))
        : OptionalDouble.empty();
  }
}
