package io.drivemark.datasets.image;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Rows of PNG files the plain way: the JDK's inflater, then one byte after the other. */
final class PlainPng {
  private static final int FIRST_CHUNK_AT = 8;

  private PlainPng() {}

  /** The bytes of all rows of a file that is not interlaced, without filters. */
  static byte[] rows(byte[] file, PngHeader header) throws DataFormatException {
    int length = header.rowBytes(header.width());
    byte[] out = new byte[length * header.height()];
    byte[] row = new byte[1 + length];
    Inflater inflater = new Inflater();
    try {
      int chunk = FIRST_CHUNK_AT;
      for (int y = 0; y < header.height(); y++) {
        for (int filled = 0; filled < row.length; ) {
          int more = inflater.inflate(row, filled, row.length - filled);
          filled += more;
          if (more > 0) {
            continue;
          }
          boolean isData = false;
          while (!inflater.finished() && !isData) {
            int bytes = PngHeader.i32(file, chunk);
            int type = PngHeader.i32(file, chunk + 4);
            if (type == 0x49454E44) { // IEND
              break;
            }
            isData = type == 0x49444154 && bytes > 0; // IDAT
            if (isData) {
              inflater.setInput(file, chunk + 8, bytes);
            }
            chunk += 12 + bytes;
          }
          if (!isData) {
            throw new DataFormatException("its data ends too early");
          }
        }
        int above = y == 0 ? -1 : (y - 1) * length;
        undo(row, 0, out, y * length, above, length, header.filterDistance());
      }
      return out;
    } finally {
      inflater.end();
    }
  }

  /** As {@link PngFilters#undo}, by the formulas of the specification. */
  static void undo(byte[] in, int from, byte[] out, int at, int above, int length, int distance)
      throws DataFormatException {
    for (int i = 0; i < length; i++) {
      int left = i < distance ? 0 : out[at + i - distance] & 0xFF;
      int up = above < 0 ? 0 : out[above + i] & 0xFF;
      int corner = i < distance || above < 0 ? 0 : out[above + i - distance] & 0xFF;
      int predicted =
          switch (in[from]) {
            case 0 -> 0;
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) / 2;
            case 4 -> paeth(left, up, corner);
            default -> throw new DataFormatException("a row has filter " + (in[from] & 0xFF));
          };
      out[at + i] = (byte) (in[from + 1 + i] + predicted);
    }
  }

  static int paeth(int left, int up, int corner) {
    int p = left + up - corner;
    int toLeft = Math.abs(p - left);
    int toUp = Math.abs(p - up);
    int toCorner = Math.abs(p - corner);
    if (toLeft <= toUp && toLeft <= toCorner) {
      return left;
    }
    return toUp <= toCorner ? up : corner;
  }

  /** Everything that zlib makes of data without a wrapper; null if it refuses it. */
  static byte[] inflated(byte[] in, int most) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(in);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] piece = new byte[999];
      while (!inflater.finished() && out.size() <= most) {
        int n = inflater.inflate(piece);
        if (n == 0 && !inflater.finished()) {
          return null;
        }
        out.write(piece, 0, n);
      }
      return inflater.finished() ? out.toByteArray() : null;
    } catch (DataFormatException e) {
      return null;
    } finally {
      inflater.end();
    }
  }
}
