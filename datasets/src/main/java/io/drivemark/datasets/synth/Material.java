package io.drivemark.datasets.synth;

/**
 * What a surface looks like at (u, v) metres. Implementations are immutable and shared between
 * threads; what they draw goes into the {@link Hit}.
 */
interface Material {
  /** Answer of {@link #at}: not part of the surface. */
  int OUTSIDE = 0;

  /** Answer of {@link #at}: a gap one sees through, labelled as the surface all the same. */
  int GAP = 1;

  /** Answer of {@link #at}: the surface itself. */
  int SOLID = 2;

  /** How much of its polygon a material fills. */
  enum Outline {
    /** All of it. */
    FULL,
    /** What {@link #at} says, without gaps. */
    CUT,
    /** What {@link #at} says, with gaps: railings, crowns, spokes. */
    AIRY
  }

  default Outline outline() {
    return Outline.FULL;
  }

  /** Whether (u, v) is {@link #SOLID}, a {@link #GAP} or {@link #OUTSIDE}. */
  default int at(double u, double v) {
    return SOLID;
  }

  /** Sets the albedo, and where wanted light, folds and mirroring, from u, v, du, dv. */
  void shade(Hit hit);
}
