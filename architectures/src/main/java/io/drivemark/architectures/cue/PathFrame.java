package io.drivemark.architectures.cue;

import io.drivemark.datasets.RgbImage;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A frame of a sequence, as a path is given it. Immutable but for the photograph's array.
 *
 * @param number its place in the sequence, from 0 on; frames that are missing leave a gap
 * @param image the photograph
 * @param seconds time within the sequence, where known
 */
public record PathFrame(int number, RgbImage image, OptionalDouble seconds) {
  public PathFrame {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(seconds, "seconds");
    if (number < 0) {
      throw new IllegalArgumentException("frame " + number + " of a sequence: the first is 0");
    }
  }

  /** A frame whose time is not known. */
  public PathFrame(int number, RgbImage image) {
    this(number, image, OptionalDouble.empty());
  }
}
