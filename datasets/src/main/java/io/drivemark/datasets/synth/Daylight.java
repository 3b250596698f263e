package io.drivemark.datasets.synth;

import java.util.Locale;

/** Where the light of a drive comes from. */
public enum Daylight {
  DAY,
  DUSK,
  NIGHT,
  /** A low sun ahead that shines into the lens. */
  GLARE;

  /** The value of a sample's attribute {@code light}. */
  public String attribute() {
    return name().toLowerCase(Locale.ROOT);
  }
}
