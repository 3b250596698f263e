package io.drivemark.datasets.image;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What an image file says about itself, without its pixels. Immutable.
 *
 * @param format PNG or JPEG; JSON for polygons
 * @param height rows as they are stored
 * @param width columns as they are stored
 * @param bits bits of one channel
 * @param orientation the EXIF orientation: 1 = as stored; 2 to 8 = turned or mirrored for viewing
 */
public record ImageInfo(String format, int height, int width, int bits, int orientation) {
  /** Images of more pixels than this are refused: 67 million, 8192×8192. */
  public static final long MOST_PIXELS = ImageHeader.MOST_PIXELS;

  private static final int PNG_BITS_AT = 24;
  private static final int APP1 = 0xE1;
  private static final int START_OF_SCAN = 0xDA;
  private static final int ORIENTATION_TAG = 0x0112;
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

  /**
   * Reads what a whole file says of itself.
   *
   * @throws io.drivemark.problem.BadInputException if it is neither PNG nor JPEG, is truncated or
   *     damaged, or is too big
   */
  public static ImageInfo of(Path file, byte[] bytes) {
    ImageHeader header = ImageHeader.check(file, bytes);
    boolean png = header.format() == ImageHeader.Format.PNG;
    return new ImageInfo(
        header.format().name(),
        header.height(),
        header.width(),
        png ? bytes[PNG_BITS_AT] : Byte.SIZE,
        png ? 1 : orientation(bytes));
  }

  /** Whether a viewer that heeds EXIF shows height and width exchanged. */
  public boolean sideways() {
    return orientation >= 5;
  }

  private static int orientation(byte[] bytes) {
    int at = 2;
    while (at + 4 <= bytes.length && (bytes[at] & 0xFF) == 0xFF) {
      int marker = bytes[at + 1] & 0xFF;
      if (marker == START_OF_SCAN) {
        break;
      }
      if (marker == 0xFF) {
        at++;
        continue;
      }
      int end = at + 2 + number(bytes, at + 2, 2, true);
      if (marker == APP1 && end <= bytes.length && startsWith(bytes, at + 4)) {
        return tagged(bytes, at + 4 + EXIF.length, end);
      }
      at = end;
    }
    return 1;
  }

  /** The orientation in the first directory of a TIFF block; 1 if there is none. */
  private static int tagged(byte[] bytes, int tiff, int end) {
    if (tiff + 8 > end) {
      return 1;
    }
    boolean big = bytes[tiff] == 'M';
    long directory = tiff + Integer.toUnsignedLong(number(bytes, tiff + 4, 4, big));
    if (directory + 2 > end) {
      return 1;
    }
    int entries = number(bytes, (int) directory, 2, big);
    for (int i = 0; i < entries; i++) {
      int entry = (int) directory + 2 + 12 * i;
      if (entry + 12 > end) {
        break;
      }
      if (number(bytes, entry, 2, big) == ORIENTATION_TAG) {
        int value = number(bytes, entry + 8, 2, big);
        return value >= 1 && value <= 8 ? value : 1;
      }
    }
    return 1;
  }

  private static boolean startsWith(byte[] bytes, int at) {
    for (int i = 0; i < EXIF.length; i++) {
      if (at + i >= bytes.length || bytes[at + i] != EXIF[i]) {
        return false;
      }
    }
    return true;
  }

  private static int number(byte[] bytes, int at, int length, boolean big) {
    int out = 0;
    for (int i = 0; i < length; i++) {
      out = out << 8 | bytes[big ? at + i : at + length - 1 - i] & 0xFF;
    }
    return out;
  }
}
