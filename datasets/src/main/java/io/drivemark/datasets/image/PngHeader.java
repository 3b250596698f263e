package io.drivemark.datasets.image;

import java.util.zip.DataFormatException;

/**
 * How a PNG file that has been checked stores its pixels. Immutable.
 *
 * @param height rows
 * @param width columns
 * @param bits of one sample: 1, 2, 4, 8 or 16
 * @param color the colour type: {@link #GREY}, {@link #COLOR}, {@link #PALETTE}, {@link
 *     #GREY_ALPHA} or {@link #COLOR_ALPHA}
 * @param interlaced whether pixels come in seven passes (Adam7)
 */
record PngHeader(int height, int width, int bits, int color, boolean interlaced) {
  static final int GREY = 0;
  static final int COLOR = 2;
  static final int PALETTE = 3;
  static final int GREY_ALPHA = 4;
  static final int COLOR_ALPHA = 6;

  private static final int DATA_AT = 16;

  /**
   * Reads the header.
   *
   * @throws DataFormatException if no PNG file can be stored so
   */
  static PngHeader of(byte[] file) throws DataFormatException {
    int bits = file[DATA_AT + 8] & 0xFF;
    int color = file[DATA_AT + 9] & 0xFF;
    if (!allowed(bits, color)) {
      throw new DataFormatException("colour type " + color + " with " + bits + " bits");
    }
    int interlacing = file[DATA_AT + 12] & 0xFF;
    if (file[DATA_AT + 10] != 0 || file[DATA_AT + 11] != 0 || interlacing > 1) {
      throw new DataFormatException(
          "compression "
              + (file[DATA_AT + 10] & 0xFF)
              + ", filters "
              + (file[DATA_AT + 11] & 0xFF)
              + ", interlacing "
              + interlacing);
    }
    return new PngHeader(i32(file, DATA_AT + 4), i32(file, DATA_AT), bits, color, interlacing == 1);
  }

  private static boolean allowed(int bits, int color) {
    boolean low = bits == 1 || bits == 2 || bits == 4;
    return switch (color) {
      case GREY -> low || bits == 8 || bits == 16;
      case PALETTE -> low || bits == 8;
      case COLOR, GREY_ALPHA, COLOR_ALPHA -> bits == 8 || bits == 16;
      default -> false;
    };
  }

  /** Samples of one pixel, alpha included. */
  int channels() {
    return switch (color) {
      case COLOR -> 3;
      case GREY_ALPHA -> 2;
      case COLOR_ALPHA -> 4;
      default -> 1;
    };
  }

  boolean hasColor() {
    return color == COLOR || color == COLOR_ALPHA;
  }

  boolean hasAlpha() {
    return color == GREY_ALPHA || color == COLOR_ALPHA;
  }

  /** Bytes of so many pixels of one row. */
  int rowBytes(int pixels) {
    return Math.toIntExact(((long) pixels * bits * channels() + 7) / 8);
  }

  /** How many bytes before a byte its left neighbour is, as filters see it. */
  int filterDistance() {
    return Math.max(1, bits * channels() / 8);
  }

  static int i32(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | bytes[at + 3] & 0xFF;
  }
}
