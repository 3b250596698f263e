package io.drivemark.datasets.synth;

/**
 * What a surface looks like at (u, v) metres. Implementations are immutable and shared between
 * threads; what they draw goes into the {@link Hit}.
 */
interface Material {
  /**
   * Whether {@link #covers} and {@link #belongs} need asking; solid materials fill their polygon.
   */
  default boolean cut() {
    return false;
  }

  /** Whether the surface hides what is behind it at (u, v). */
  default boolean covers(double u, double v) {
    return true;
  }

  /** Whether (u, v) is labelled as this surface: true also in the gaps of a railing or a crown. */
  default boolean belongs(double u, double v) {
    return covers(u, v);
  }

  /** Sets the albedo, and where wanted light, folds and mirroring, from u, v, du, dv. */
  void shade(Hit hit);
}
