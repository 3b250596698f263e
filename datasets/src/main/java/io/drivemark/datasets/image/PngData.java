package io.drivemark.datasets.image;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The inflated data of a PNG file whose chunks have been checked. For one thread. */
final class PngData implements AutoCloseable {
  private static final int FIRST_CHUNK_AT = 8;
  private static final int CHUNK_FRAME = 12;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int PLTE = 0x504C5445;

  private final byte[] file;
  private final Inflater inflater = new Inflater();
  private int nextChunk = FIRST_CHUNK_AT;

  PngData(byte[] file) {
    this.file = file;
  }

  /**
   * Fills an array with what comes next.
   *
   * @throws DataFormatException if there is not so much, or it is damaged
   */
  void fill(byte[] out, int length) throws DataFormatException {
    int filled = 0;
    while (filled < length) {
      int more = inflater.inflate(out, filled, length - filled);
      filled += more;
      if (more == 0) {
        if (inflater.finished() || inflater.needsDictionary() || !nextData()) {
          throw new DataFormatException("its data ends too early");
        }
      }
    }
  }

  /** Hands the next piece of data over; false if there is none. */
  private boolean nextData() {
    while (true) {
      int length = PngHeader.i32(file, nextChunk);
      int type = PngHeader.i32(file, nextChunk + 4);
      int data = nextChunk + 8;
      if (type == IEND) {
        return false;
      }
      nextChunk += CHUNK_FRAME + length;
      if (type == IDAT && length > 0) {
        inflater.setInput(file, data, length);
        return true;
      }
    }
  }

  /**
   * The colours 0xRRGGBB of the file's palette.
   *
   * @throws DataFormatException if it has none
   */
  static int[] palette(byte[] file) throws DataFormatException {
    for (int at = FIRST_CHUNK_AT; ; at += CHUNK_FRAME + PngHeader.i32(file, at)) {
      int type = PngHeader.i32(file, at + 4);
      if (type == PLTE) {
        int[] colors = new int[PngHeader.i32(file, at) / 3];
        for (int i = 0; i < colors.length; i++) {
          colors[i] = PngHeader.i32(file, at + 7 + 3 * i) & 0xFFFFFF;
        }
        return colors;
      }
      if (type == IEND) {
        throw new DataFormatException("it has no palette");
      }
    }
  }

  /**
   * Undoes a row's filter: its first byte says which, 0 to 4.
   *
   * @param row the filter and the row
   * @param length bytes of the row, without the filter
   * @param out where the row goes, from {@code at} on
   * @param above where the row above starts in {@code out}, or −1
   * @param distance see {@link PngHeader#filterDistance()}
   */
  static void unfilter(byte[] row, int length, byte[] out, int at, int above, int distance)
      throws DataFormatException {
    System.arraycopy(row, 1, out, at, length);
    int end = at + length;
    switch (row[0]) {
      case 0 -> {
        // stored as it is
      }
      case 1 -> addLeft(out, at, end, distance);
      case 2 -> {
        for (int i = at, up = above; above >= 0 && i < end; i++, up++) {
          out[i] += out[up];
        }
      }
      case 3 -> addMean(out, at, end, above, distance);
      case 4 -> addPaeth(out, at, end, above, distance);
      default -> throw new DataFormatException("a row has filter " + (row[0] & 0xFF));
    }
  }

  private static void addLeft(byte[] out, int at, int end, int distance) {
    for (int i = at + distance; i < end; i++) {
      out[i] += out[i - distance];
    }
  }

  private static void addMean(byte[] out, int at, int end, int above, int distance) {
    for (int i = at; i < end; i++) {
      int left = i - distance < at ? 0 : out[i - distance] & 0xFF;
      int up = above < 0 ? 0 : out[above + i - at] & 0xFF;
      out[i] += (byte) ((left + up) >> 1);
    }
  }

  /** Adds the one of left, above and above left that is nearest to left + above − above left. */
  private static void addPaeth(byte[] out, int at, int end, int above, int distance) {
    for (int i = at; i < end; i++) {
      boolean first = i - distance < at;
      int left = first ? 0 : out[i - distance] & 0xFF;
      int up = above < 0 ? 0 : out[above + i - at] & 0xFF;
      int corner = first || above < 0 ? 0 : out[above + i - at - distance] & 0xFF;
      int toLeft = Math.abs(up - corner);
      int toUp = Math.abs(left - corner);
      int toCorner = Math.abs(left + up - 2 * corner);
      int nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
      out[i] += (byte) nearest;
    }
  }

  @Override
  public void close() {
    inflater.end();
  }
}
