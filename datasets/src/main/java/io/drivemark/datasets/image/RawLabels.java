package io.drivemark.datasets.image;

import java.util.OptionalInt;

/**
 * A label file as it is stored, before anybody says what its values mean: H×W values of one, two or
 * three bytes each. The array belongs to the value and must not be written to; safe to share
 * between threads as long as nobody writes.
 */
public final class RawLabels {
  private final int height;
  private final int width;
  private final int bytesPerPixel;
  private final int[] palette; // null where there is none
  private final byte[] bytes;

  private RawLabels(int height, int width, int bytesPerPixel, int[] palette, byte[] bytes) {
    this.height = height;
    this.width = width;
    this.bytesPerPixel = bytesPerPixel;
    this.palette = palette;
    this.bytes = bytes;
  }

  /**
   * Takes over an array.
   *
   * @param bytesPerPixel 1: grey or palette index; 2: 16-bit grey, high byte first; 3: R, G, B
   * @param bytes {@code height·width·bytesPerPixel} bytes, row-major; not copied
   * @throws IllegalArgumentException if the length does not fit
   */
  public static RawLabels of(int height, int width, int bytesPerPixel, byte[] bytes) {
    if (height < 1
        || width < 1
        || bytesPerPixel < 1
        || bytesPerPixel > 3
        || (long) height * width * bytesPerPixel != bytes.length) {
      throw new IllegalArgumentException(
          "raw labels: "
              + height
              + "x"
              + width
              + "x"
              + bytesPerPixel
              + " does not fit "
              + bytes.length
              + " bytes");
    }
    return new RawLabels(height, width, bytesPerPixel, null, bytes);
  }

  /**
   * The same values, known to be indices into a palette of colours.
   *
   * @param colors 0xRRGGBB of index 0, 1 and so on; not copied
   * @throws IllegalStateException if there is more than one byte a pixel
   */
  public RawLabels withPalette(int[] colors) {
    if (bytesPerPixel != 1) {
      throw new IllegalStateException(this + " cannot be indices into a palette");
    }
    return new RawLabels(height, width, bytesPerPixel, colors, bytes);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** 1, 2 or 3: see {@link #of}. */
  public int bytesPerPixel() {
    return bytesPerPixel;
  }

  /** Whether the values are indices into a palette of colours, not shades of grey. */
  public boolean isPalette() {
    return palette != null;
  }

  /** The colour 0xRRGGBB of an index into the palette; empty if it has no such or is none. */
  public OptionalInt paletteColor(int index) {
    return palette != null && index < palette.length
        ? OptionalInt.of(palette[index])
        : OptionalInt.empty();
  }

  /** The value's own array, row-major; not to be written to. */
  public byte[] bytes() {
    return bytes;
  }

  /** The value of the pixel {@code row·width + column}: an index, or a colour 0xRRGGBB. */
  public int value(int pixel) {
    return switch (bytesPerPixel) {
      case 1 -> bytes[pixel] & 0xFF;
      case 2 -> (bytes[2 * pixel] & 0xFF) << 8 | bytes[2 * pixel + 1] & 0xFF;
      default ->
          (bytes[3 * pixel] & 0xFF) << 16
              | (bytes[3 * pixel + 1] & 0xFF) << 8
              | bytes[3 * pixel + 2] & 0xFF;
    };
  }

  /** What the file is, for messages: {@code "one channel of 8 bits"} and so on. */
  public String kind() {
    if (palette != null) {
      return "indices into a palette";
    }
    return switch (bytesPerPixel) {
      case 1 -> "one channel of 8 bits";
      case 2 -> "one channel of 16 bits";
      default -> "a colour image";
    };
  }

  @Override
  public String toString() {
    return "RawLabels[" + height + "x" + width + ", " + kind() + "]";
  }
}
