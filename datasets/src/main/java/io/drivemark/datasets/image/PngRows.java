package io.drivemark.datasets.image;

import io.drivemark.datasets.PixelArrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The stored values of the usual label PNGs: grey of 8 or 16 bits, palette indices and colours of 8
 * bits, rows in order. Their data is inflated a row at a time and the row's filter undone, with
 * nothing between; an image library's general way takes twice as long. Any other PNG is left to
 * that. For one file, whose chunks have been checked.
 */
final class PngRows {
  private static final int HEADER_DATA_AT = 16;
  private static final int FIRST_CHUNK_AT = 8;
  private static final int CHUNK_FRAME = 12;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;

  private final byte[] file;
  private final int height;
  private final int width;
  private final int bytesPerPixel;
  private final PixelArrays arrays;
  private int nextChunk = FIRST_CHUNK_AT;

  private PngRows(byte[] file, int height, int width, int bytesPerPixel, PixelArrays arrays) {
    this.file = file;
    this.height = height;
    this.width = width;
    this.bytesPerPixel = bytesPerPixel;
    this.arrays = arrays;
  }

  /**
   * Decodes a file.
   *
   * @param arrays where the values go
   * @return empty if it is of another kind
   * @throws DataFormatException if its data is damaged
   */
  static Optional<RawLabels> decode(byte[] file, PixelArrays arrays) throws DataFormatException {
    int width = i32(file, HEADER_DATA_AT);
    int height = i32(file, HEADER_DATA_AT + 4);
    int bits = file[HEADER_DATA_AT + 8];
    int color = file[HEADER_DATA_AT + 9];
    boolean interlaced = file[HEADER_DATA_AT + 12] != 0;
    int bytesPerPixel =
        switch (color << 8 | bits) {
          case 0 << 8 | 8, 3 << 8 | 8 -> 1;
          case 0 << 8 | 16 -> 2;
          case 2 << 8 | 8 -> 3;
          default -> 0;
        };
    if (bytesPerPixel == 0 || interlaced) {
      return Optional.empty();
    }
    byte[] values = new PngRows(file, height, width, bytesPerPixel, arrays).values();
    return Optional.of(RawLabels.of(height, width, bytesPerPixel, values));
  }

  private byte[] values() throws DataFormatException {
    int rowBytes = width * bytesPerPixel;
    byte[] out = arrays.take(Math.multiplyExact(rowBytes, height));
    byte[] row = new byte[1 + rowBytes];
    Inflater inflater = new Inflater();
    try {
      for (int y = 0; y < height; y++) {
        fill(inflater, row);
        unfilter(row, out, y * rowBytes, y == 0 ? -1 : (y - 1) * rowBytes);
      }
    } finally {
      inflater.end();
    }
    return out;
  }

  private void fill(Inflater inflater, byte[] row) throws DataFormatException {
    int filled = 0;
    while (filled < row.length) {
      int more = inflater.inflate(row, filled, row.length - filled);
      filled += more;
      if (more == 0) {
        if (inflater.finished() || inflater.needsDictionary() || !nextData(inflater)) {
          throw new DataFormatException("its data ends too early");
        }
      }
    }
  }

  /** Hands the next piece of data over; false if there is none. */
  private boolean nextData(Inflater inflater) {
    while (true) {
      int length = i32(file, nextChunk);
      int type = i32(file, nextChunk + 4);
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

  /** Undoes a row's filter: its first byte says which, 0 to 4. */
  private void unfilter(byte[] row, byte[] out, int at, int above) throws DataFormatException {
    System.arraycopy(row, 1, out, at, row.length - 1);
    int end = at + row.length - 1;
    switch (row[0]) {
      case 0 -> {
        // stored as it is
      }
      case 1 -> addLeft(out, at, end);
      case 2 -> {
        for (int i = at, up = above; above >= 0 && i < end; i++, up++) {
          out[i] += out[up];
        }
      }
      case 3 -> addMean(out, at, end, above);
      case 4 -> addPaeth(out, at, end, above);
      default -> throw new DataFormatException("a row has filter " + (row[0] & 0xFF));
    }
  }

  private void addLeft(byte[] out, int at, int end) {
    for (int i = at + bytesPerPixel; i < end; i++) {
      out[i] += out[i - bytesPerPixel];
    }
  }

  private void addMean(byte[] out, int at, int end, int above) {
    for (int i = at; i < end; i++) {
      int left = i - bytesPerPixel < at ? 0 : out[i - bytesPerPixel] & 0xFF;
      int up = above < 0 ? 0 : out[above + i - at] & 0xFF;
      out[i] += (byte) ((left + up) >> 1);
    }
  }

  /** Adds the one of left, above and above left that is nearest to left + above − above left. */
  private void addPaeth(byte[] out, int at, int end, int above) {
    for (int i = at; i < end; i++) {
      boolean first = i - bytesPerPixel < at;
      int left = first ? 0 : out[i - bytesPerPixel] & 0xFF;
      int up = above < 0 ? 0 : out[above + i - at] & 0xFF;
      int corner = first || above < 0 ? 0 : out[above + i - at - bytesPerPixel] & 0xFF;
      int toLeft = Math.abs(up - corner);
      int toUp = Math.abs(left - corner);
      int toCorner = Math.abs(left + up - 2 * corner);
      int nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
      out[i] += (byte) nearest;
    }
  }

  private static int i32(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | bytes[at + 3] & 0xFF;
  }
}
