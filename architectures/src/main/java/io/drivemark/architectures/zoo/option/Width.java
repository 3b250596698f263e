package io.drivemark.architectures.zoo.option;

import io.drivemark.architectures.zoo.Option;

/** The option of networks that can be narrower or wider than published. Stateless. */
public final class Width {
  private Width() {}

  /**
   * The factor on a network's channels, from an eighth to twice what was published; channels are
   * rounded to multiples of 8.
   *
   * @param channels which, in words
   */
  public static Option of(String channels) {
    return of(channels, 8);
  }

  /** The same where channels are rounded to multiples of another number than 8. */
  public static Option of(String channels, int step) {
    return Option.real(
        "width",
        1,
        0.125,
        2,
        "factor on the channels " + channels + ", rounded to multiples of " + step);
  }
}
