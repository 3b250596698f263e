package io.drivemark.eval.decide;

import java.util.Objects;

/**
 * Where no two recipes are equally fast: a variant against the line through another's neighbours in
 * latency. A hint and no verdict, since an interpolated value has no interval. Immutable.
 *
 * @param variant what is compared
 * @param atMs its latency on the scale
 * @param faster the neighbour that is faster
 * @param slower the neighbour that is slower
 * @param lineValue the measure's value of the line at that latency
 */
public record Interpolation(
    VariantCandidate variant, double atMs, Candidate faster, Candidate slower, double lineValue) {
  public Interpolation {
    Objects.requireNonNull(variant, "variant");
    Objects.requireNonNull(faster, "faster");
    Objects.requireNonNull(slower, "slower");
  }

  /** How much better the line is than the variant: below 0 where the variant is better. */
  public double gap() {
    Candidate candidate = variant.candidate();
    return candidate.measure().gain(lineValue, candidate.value().orElseThrow());
  }

  /** Whether the variant is at least as accurate as the line. */
  public boolean isOnOrAboveLine() {
    return gap() <= 0;
  }
}
