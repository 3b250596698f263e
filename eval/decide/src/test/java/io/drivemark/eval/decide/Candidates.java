package io.drivemark.eval.decide;

import java.util.Optional;
import java.util.OptionalDouble;

/** Candidates of tests. */
final class Candidates {
  private Candidates() {}

  /** Timed on one machine, in one rotation, with a band of 1.5 %. */
  static Candidate of(int number, double miou, double ms) {
    return new Candidate(number, OptionalDouble.of(miou), Optional.of(timing("m", "r", 20, ms)));
  }

  /** In a rotation whose reference takes so long. */
  static Timing timing(String machine, String rotation, double referenceMs, double ms) {
    return new Timing(
        machine,
        ms,
        0.8 * ms,
        Optional.of(new Timing.Rotation(rotation, "ref", referenceMs, 0.8 * referenceMs)),
        OptionalDouble.of(0.015));
  }

  /** A variant of a family. */
  static VariantCandidate variant(
      int number, String technique, String recipe, double miou, double ms) {
    return new VariantCandidate(of(number, miou, ms), technique, recipe, false);
  }
}
