package io.drivemark.eval.decide;

/** How one latency stands to another. */
public enum SpeedOrder {
  /** Less time, by more than the controls can stray. */
  FASTER,
  /** The difference lies inside the band of the controls. */
  TIE,
  /** More time, by more than the controls can stray. */
  SLOWER,
  /** They cannot be compared: another machine, or rotations without a common reference. */
  UNKNOWN;

  /** Whether it is faster or as fast as the controls can tell. */
  public boolean isAsFast() {
    return this == FASTER || this == TIE;
  }
}
