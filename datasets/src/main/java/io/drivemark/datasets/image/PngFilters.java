package io.drivemark.datasets.image;

import io.drivemark.datasets.LowestBit;
import io.drivemark.datasets.RepeatedBytes;
import java.util.zip.DataFormatException;

/**
 * Undoes the filters of PNG rows (specification, section 9), exact on every input. Rows are taken
 * eight bytes at a time. Label maps are regions, so what is stored is mostly zero and neighbours
 * mostly agree; then all eight bytes are known at once, whatever the filter. Only at borders of
 * regions the bytes of Average and Paeth are found one after the other. Stateless.
 */
final class PngFilters {
  /** Bytes that must store nothing for it to be asked how far that goes on. */
  private static final int ZEROS = 32;

  private PngFilters() {}

  /**
   * Undoes a row's filter.
   *
   * @param in where the row is stored
   * @param from its filter, 0 to 4; the row follows
   * @param out where the row goes, from {@code at} on
   * @param above where the row above starts in {@code out}, or −1
   * @param length bytes of the row, without the filter
   * @param distance see {@link PngHeader#filterDistance()}
   * @throws DataFormatException if there is no such filter
   */
  static void undo(byte[] in, int from, byte[] out, int at, int above, int length, int distance)
      throws DataFormatException {
    int row = from + 1;
    switch (in[from]) {
      case 0 -> System.arraycopy(in, row, out, at, length);
      case 1 -> addLeft(in, row, out, at, length, distance);
      case 2 -> {
        if (above < 0) {
          System.arraycopy(in, row, out, at, length);
        } else {
          addAbove(in, row, out, at, above, length);
        }
      }
      case 3 -> addMean(in, row, out, at, above, length, distance);
      case 4 -> {
        if (above < 0) { // above and above left are zero: the left one is nearest
          addLeft(in, row, out, at, length, distance);
        } else {
          addPaeth(in, row, out, at, above, length, distance);
        }
      }
      default -> throw new DataFormatException("a row has filter " + (in[from] & 0xFF));
    }
  }

  private static void addLeft(byte[] in, int from, byte[] out, int at, int length, int distance) {
    int toLast = Long.SIZE - 8 * distance;
    long repeat = ByteWords.repeat(distance);
    long last = 0; // the eight bytes before
    int i = 0;
    for (; i <= length - 8; i += 8) {
      long word = (last >>> toLast) * repeat;
      long stored = ByteWords.get(in, from + i);
      if (stored != 0) {
        word = ByteWords.add(word, sums(stored, distance));
      }
      ByteWords.set(out, at + i, word);
      last = word;
    }
    long stored = ByteWords.part(in, from + i, from + length);
    long word = ByteWords.add((last >>> toLast) * repeat, sums(stored, distance));
    ByteWords.setPart(out, at + i, at + length, word);
  }

  private static void addAbove(byte[] in, int from, byte[] out, int at, int above, int length) {
    System.arraycopy(out, above, out, at, length);
    int i = 0;
    while (i <= length - 8) {
      long stored = ByteWords.get(in, from + i);
      if (stored == 0 && i <= length - ZEROS && areZero(in, from + i)) {
        i += zeros(in, from + i, from + length);
        continue;
      }
      ByteWords.set(out, at + i, ByteWords.add(ByteWords.get(out, above + i), stored));
      i += 8;
    }
    for (; i < length; i++) {
      out[at + i] += in[from + i];
    }
  }

  /** How many zeros there are where {@link #areZero}, in whole words. */
  private static int zeros(byte[] bytes, int from, int end) {
    return ZEROS + 8 * RepeatedBytes.words(bytes, from + ZEROS, end);
  }

  /** Whether the words after this one are zero, too. */
  private static boolean areZero(byte[] bytes, int i) {
    long second = ByteWords.get(bytes, i + 8);
    long third = ByteWords.get(bytes, i + 16);
    return (second | third | ByteWords.get(bytes, i + 24)) == 0;
  }

  private static void addMean(
      byte[] in, int from, byte[] out, int at, int above, int length, int distance) {
    int toLast = Long.SIZE - 8 * distance;
    long repeat = ByteWords.repeat(distance);
    long last = 0;
    int i = 0;
    for (; i <= length - 8; i += 8) {
      long stored = ByteWords.get(in, from + i);
      long word = above < 0 ? 0 : ByteWords.get(out, above + i);
      if (stored != 0 || word != (last >>> toLast) * repeat) {
        word = means(stored, word, last >>> toLast, distance);
      }
      ByteWords.set(out, at + i, word);
      last = word;
    }
    long stored = ByteWords.part(in, from + i, from + length);
    long up = above < 0 ? 0 : ByteWords.part(out, above + i, above + length);
    long word = means(stored, up, last >>> toLast, distance);
    ByteWords.setPart(out, at + i, at + length, word);
  }

  /**
   * Adds the one of left, above and above left that is nearest to left + above − above left. The
   * row begins as the one above: so it stays while left is as above left and nothing is stored.
   */
  private static void addPaeth(
      byte[] in, int from, byte[] out, int at, int above, int length, int distance) {
    System.arraycopy(out, above, out, at, length);
    int toLast = Long.SIZE - 8 * distance;
    int half = 4 * distance; // shifted by twice: a shift by 64 would be none
    long repeat = ByteWords.repeat(distance);
    long left = 0;
    long corner = 0;
    boolean asAbove = true; // left is as above left
    int i = 0;
    while (i <= length - 8) {
      long stored = ByteWords.get(in, from + i);
      if (asAbove && stored == 0) {
        boolean more = i <= length - ZEROS && areZero(in, from + i);
        i += more ? zeros(in, from + i, from + length) : 8;
        continue;
      }
      if (asAbove && i > 0) {
        corner = ByteWords.get(out, above + i - 8) >>> toLast;
        left = corner;
      }
      long up = ByteWords.get(out, above + i);
      long word;
      if (up == (up << half << half | corner)) { // above is as above left: left is nearest
        word = left * repeat;
        if (stored != 0) {
          word = ByteWords.add(word, sums(stored, distance));
        }
      } else {
        word =
            distance <= 2
                ? nearestPixels(stored, up, left, corner, 8 * distance)
                : nearest(stored, up, left, corner, distance);
      }
      ByteWords.set(out, at + i, word);
      left = word >>> toLast;
      corner = up >>> toLast;
      asAbove = left == corner;
      i += 8;
    }
    if (asAbove && i > 0) {
      corner = ByteWords.get(out, above + i - 8) >>> toLast;
      left = corner;
    }
    long stored = ByteWords.part(in, from + i, from + length);
    long up = ByteWords.part(out, above + i, above + length);
    ByteWords.setPart(out, at + i, at + length, nearest(stored, up, left, corner, distance));
  }

  /** Each byte plus those that lie one, two and so on distances before it in the word. */
  private static long sums(long word, int distance) {
    long sums = word;
    for (int shift = 8 * distance; shift < Long.SIZE; shift *= 2) {
      sums = ByteWords.add(sums, sums << shift);
    }
    return sums;
  }

  /**
   * A word of Average, byte after byte.
   *
   * @param lefts the bytes of one distance before the word, the first lowest
   */
  private static long means(long stored, long up, long lefts, int distance) {
    int enter = 8 * (distance - 1);
    long before = lefts;
    long word = 0;
    for (int k = 0; k < Long.SIZE; k += 8) {
      long mean = ((before & 0xFF) + (up >>> k & 0xFF)) >> 1;
      long value = (stored >>> k) + mean & 0xFF;
      word |= value << k;
      before = before >>> 8 | value << enter;
    }
    return word;
  }

  /**
   * A word of Paeth of pixels of one or two bytes. While left is as above left, above is nearest;
   * while above is as above left, left is. So pixels without a border and without a change that is
   * stored are known together, and hardly ever must the three be compared.
   *
   * @param lefts the pixel before the word
   * @param corners the one above it
   * @param bits of a pixel, 8 or 16
   */
  private static long nearestPixels(long stored, long up, long lefts, long corners, int bits) {
    long pixel = (1L << bits) - 1;
    long repeat = ByteWords.repeat(bits >> 3);
    long left = lefts;
    long corner = corners;
    long restStored = stored;
    long restUp = up;
    long word = 0;
    int done = 0;
    while (true) {
      int known; // these and the pixel after them are found at once
      if (left == corner) {
        known = before(restStored, bits);
        long values = ByteWords.add(restUp, restStored); // good up to that pixel
        word |= values << done;
        left = values >>> known & pixel;
      } else {
        long border = restUp ^ corner * repeat;
        known = before(border | restStored, bits);
        word |= left * repeat << done;
        if (done + known < Long.SIZE) {
          long change = restStored >>> known & pixel;
          left =
              (border >>> known & pixel) == 0
                  ? ByteWords.add(left, change) & pixel
                  : nearestPixel(change, restUp >>> known & pixel, left, corner);
          word &= (1L << done + known) - 1;
          word |= left << done + known;
        }
      }
      int next = done + known + bits;
      if (next >= Long.SIZE) {
        return word;
      }
      word &= (1L << next) - 1;
      corner = restUp >>> known & pixel;
      restStored >>>= known + bits;
      restUp >>>= known + bits;
      done = next;
    }
  }

  /** How many bits of whole pixels lie before the first pixel that is not 0. */
  private static int before(long pixels, int bits) {
    return pixels == 0 ? Long.SIZE : LowestBit.of(pixels) & -bits;
  }

  /** A pixel of Paeth of two bytes, or of one whose second byte is 0 everywhere. */
  private static long nearestPixel(long stored, long up, long left, long corner) {
    long low = nearestBytes(stored, up, left, corner) & 0xFF;
    long high = nearestBytes(stored >>> 8, up >>> 8, left >>> 8, corner >>> 8) & 0xFF;
    return high << 8 | low;
  }

  /** The lowest bytes' Paeth; the result's higher bits mean nothing. */
  private static long nearestBytes(long stored, long up, long lefts, long corners) {
    int left = (int) lefts & 0xFF;
    int corner = (int) corners & 0xFF;
    int above = (int) up & 0xFF;
    int toLeft = Math.abs(above - corner);
    int toUp = Math.abs(left - corner);
    int toCorner = Math.abs(left + above - 2 * corner);
    int nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? above : corner;
    return stored + nearest;
  }

  /**
   * A word of Paeth, byte after byte.
   *
   * @param lefts the bytes of one distance before the word, the first lowest
   * @param corners those above them
   */
  private static long nearest(long stored, long up, long lefts, long corners, int distance) {
    int enter = 8 * (distance - 1);
    long before = lefts;
    long beforeUp = corners;
    long word = 0;
    for (int k = 0; k < Long.SIZE; k += 8) {
      long above = up >>> k & 0xFF;
      long value = nearestBytes(stored >>> k, above, before, beforeUp) & 0xFF;
      word |= value << k;
      before = before >>> 8 | value << enter;
      beforeUp = beforeUp >>> 8 | above << enter;
    }
    return word;
  }
}
