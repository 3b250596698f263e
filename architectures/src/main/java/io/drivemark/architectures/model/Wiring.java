package io.drivemark.architectures.model;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How a network is connected: which of its outputs counts, where channels lie, from what
 * probability on a class is there, and how frames are padded. Immutable.
 *
 * @param output name of the output that counts; absent: the first, or the only one that can be
 *     labels
 * @param index its place instead, from 0
 * @param inputAxes where the image's channels lie
 * @param outputAxes where the channels of the scores lie
 * @param threshold probability from which on a class of independent sigmoids is there
 * @param pad the network takes heights and widths that are multiples of this: a frame is scaled to
 *     the input's size, then zeros of the normalised image (the mean colour) are appended at the
 *     bottom and right; of the answer only the part that shows the frame becomes labels. 1: none
 */
public record Wiring(
    Optional<String> output,
    OptionalInt index,
    Axes inputAxes,
    Axes outputAxes,
    OptionalDouble threshold,
    int pad) {

  /** Output 0, channels first, no threshold, no padding. */
  public static final Wiring PLAIN =
      new Wiring(
          Optional.empty(),
          OptionalInt.empty(),
          Axes.CHANNELS_FIRST,
          Axes.CHANNELS_FIRST,
          OptionalDouble.empty(),
          1);

  public Wiring {
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(index, "index");
    Objects.requireNonNull(inputAxes, "inputAxes");
    Objects.requireNonNull(outputAxes, "outputAxes");
    if (threshold.isPresent() && !(threshold.getAsDouble() > 0 && threshold.getAsDouble() < 1)) {
      throw new IllegalArgumentException("threshold " + threshold.getAsDouble());
    }
    if (pad < 1) {
      throw new IllegalArgumentException("pad " + pad);
    }
  }

  /** The extent that a frame's extent is padded to. */
  public int padded(int extent) {
    return Math.multiplyExact(Math.addExact(extent, pad - 1) / pad, pad);
  }

  /** The same with axes and output settled. */
  public Wiring settled(Optional<String> taken, Axes input, Axes scores) {
    return new Wiring(taken, OptionalInt.empty(), input, scores, threshold, pad);
  }

  /** The same with the output of the labels named. */
  Wiring withOutput(String name) {
    return new Wiring(
        Optional.of(name), OptionalInt.empty(), inputAxes, outputAxes, threshold, pad);
  }
}
