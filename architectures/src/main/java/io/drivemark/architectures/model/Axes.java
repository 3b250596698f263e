package io.drivemark.architectures.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Where the channels of an image or of scores lie. */
public enum Axes {
  /** [1, channels, height, width], as PyTorch has them. */
  CHANNELS_FIRST("channels-first"),
  /** [1, height, width, channels], as TensorFlow has them. */
  CHANNELS_LAST("channels-last"),
  /** Not known before the network is opened at a size: its extents decide then. */
  BY_EXTENTS("by-extents");

  /** The words of model files. */
  static final List<String> KEYS = Arrays.stream(values()).map(Axes::key).toList();

  private final String key;

  Axes(String key) {
    this.key = key;
  }

  /** The word of model files. */
  public String key() {
    return key;
  }

  static Optional<Axes> named(String key) {
    return Arrays.stream(values()).filter(a -> a.key.equals(key)).findFirst();
  }
}
