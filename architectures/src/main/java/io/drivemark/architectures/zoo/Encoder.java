package io.drivemark.architectures.zoo;

import io.drivemark.architectures.graph.NetworkBuilder;

/**
 * The half of a segmentation network that looks: turns an image into maps of falling extent. Found
 * through ServiceLoader; each encoder gives one architecture a {@link Decoder}, called {@code
 * DECODER-ENCODER}, for example {@code unet-mobilenet}. Implementations have no state and are safe
 * to share between threads.
 */
public interface Encoder {
  /** What stands behind the dash, for example {@code mobilenet}. */
  String name();

  /** For people: what it is and from which paper. */
  String summary();

  /** What follows a convolution here, and in a decoder that sits on top. */
  Finish finish();

  /** How the U-Net decoder steps up from this encoder. */
  default UnetStyle unetStyle() {
    return UnetStyle.POINTWISE;
  }

  /**
   * Writes the encoder's nodes. Extents are halved rounding up, so that any size fits.
   *
   * @param image the input, [1, 3, H, W]
   * @param width multiplies the channels of every layer
   * @param striding counts the halvings; where it refuses one, its dilation keeps the view
   */
  FeatureMaps write(NetworkBuilder b, String image, double width, Striding striding);

  /** Channels times the width, rounded to a multiple of 8 and at least 8. */
  static int scaled(int channels, double width) {
    return scaled(channels, width, 8);
  }

  /** Channels times the width, rounded to a multiple of {@code step} and at least that. */
  static int scaled(int channels, double width, int step) {
    return Math.max(step, (int) Math.round(channels * width / step) * step);
  }
}
