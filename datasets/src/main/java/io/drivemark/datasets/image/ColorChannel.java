package io.drivemark.datasets.image;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** One channel of a colour image, for label files that keep their values in one of the three. */
public enum ColorChannel {
  RED,
  GREEN,
  BLUE;

  /** The name that declarations use, for example {@code red}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names. */
  public static List<String> words() {
    return Arrays.stream(values()).map(ColorChannel::word).toList();
  }
}
