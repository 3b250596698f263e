package io.drivemark.datasets.synth;

import java.util.Locale;

/** What falls from the sky or hangs in the air. */
public enum Weather {
  CLEAR,
  RAIN,
  FOG;

  /** The value of a sample's attribute {@code weather}. */
  public String attribute() {
    return name().toLowerCase(Locale.ROOT);
  }
}
