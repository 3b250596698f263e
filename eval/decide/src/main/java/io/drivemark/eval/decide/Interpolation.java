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
 * @param lineMiou mIoU of the line at that latency
 */
public record Interpolation(
    VariantCandidate variant, double atMs, Candidate faster, Candidate slower, double lineMiou) {
  public Interpolation {
    Objects.requireNonNull(variant, "variant");
    Objects.requireNonNull(faster, "faster");
    Objects.requireNonNull(slower, "slower");
  }

  /** The line's mIoU less the variant's, a fraction: below 0 where the variant lies above it. */
  public double gap() {
    return lineMiou - variant.candidate().miou().orElseThrow();
  }

  /** Whether the variant is at least as accurate as the line. */
  public boolean isOnOrAboveLine() {
    return gap() <= 0;
  }
}
