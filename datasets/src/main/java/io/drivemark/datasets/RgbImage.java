package io.drivemark.datasets;

import java.util.Arrays;

/**
 * A colour photograph: H×W×3 unsigned bytes, row by row, red, green, blue interleaved. The array
 * belongs to the image: {@link #pixels()} hands it out without a copy and callers must not write to
 * it. Safe to share between threads as long as nobody writes.
 */
public final class RgbImage {
  private final int height;
  private final int width;
  private final byte[] pixels;

  private RgbImage(int height, int width, byte[] pixels) {
    this.height = height;
    this.width = width;
    this.pixels = pixels;
  }

  /**
   * Takes over an array of interleaved RGB bytes.
   *
   * @param pixels {@code height·width·3} unsigned bytes; not copied
   * @throws IllegalArgumentException if the length does not fit
   */
  public static RgbImage of(int height, int width, byte[] pixels) {
    if (height < 1 || width < 1 || 3L * height * width != pixels.length) {
      throw new IllegalArgumentException(
          "image: " + height + "x" + width + "x3 does not fit " + pixels.length + " bytes");
    }
    return new RgbImage(height, width, pixels);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** The image's own array, interleaved R, G, B; not to be written to. */
  public byte[] pixels() {
    return pixels;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RgbImage image
        && height == image.height
        && width == image.width
        && Arrays.equals(pixels, image.pixels);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * height + width) + Arrays.hashCode(pixels);
  }

  @Override
  public String toString() {
    return "RgbImage[" + height + "x" + width + "]";
  }
}
