package io.drivemark.datasets.image;

import io.drivemark.problem.BadInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** In which order a network's three input channels come. */
public enum ChannelOrder {
  RGB,
  BGR;

  /**
   * Reads {@code rgb} or {@code bgr}.
   *
   * @throws BadInputException for any other word
   */
  public static ChannelOrder parse(String word) {
    return switch (word) {
      case "rgb" -> RGB;
      case "bgr" -> BGR;
      default ->
          throw new BadInputException("channel order is '" + word + "', expected rgb or bgr");
    };
  }

  /** {@code rgb} or {@code bgr}, as configuration files and model metadata write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The words of all orders, as configuration files and model metadata write them. */
  public static List<String> words() {
    return Arrays.stream(values()).map(ChannelOrder::word).toList();
  }

  /** Which byte of an interleaved RGB pixel goes into the given channel. */
  public int offset(int channel) {
    return this == RGB ? channel : 2 - channel;
  }
}
