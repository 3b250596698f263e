package io.drivemark.eval.benchmarks;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The bytes of a label PNG's rows the plain way: the JDK's inflater row by row, and each byte's
 * filter undone by itself. Stateless.
 */
final class PlainLabelFile {
  private static final int FIRST_CHUNK_AT = 8;
  private static final int IDAT = 0x49444154;

  private PlainLabelFile() {}

  /**
   * Decodes a sound file that is not interlaced.
   *
   * @param bytesPerPixel one or two
   */
  static byte[] decode(byte[] png, int bytesPerPixel) throws DataFormatException {
    ByteBuffer file = ByteBuffer.wrap(png);
    int height = file.getInt(20);
    int length = file.getInt(16) * bytesPerPixel;
    byte[] out = new byte[height * length];
    byte[] row = new byte[1 + length];
    Inflater inflater = new Inflater();
    int chunk = FIRST_CHUNK_AT;
    for (int y = 0; y < height; y++) {
      for (int filled = 0; filled < row.length; ) {
        int more = inflater.inflate(row, filled, row.length - filled);
        filled += more;
        if (more == 0) {
          while (file.getInt(chunk + 4) != IDAT) {
            chunk += 12 + file.getInt(chunk);
          }
          inflater.setInput(png, chunk + 8, file.getInt(chunk));
          chunk += 12 + file.getInt(chunk);
        }
      }
      int at = y * length;
      System.arraycopy(row, 1, out, at, length);
      undo(row[0], out, at, at + length, y == 0 ? -1 : at - length, bytesPerPixel);
    }
    inflater.end();
    return out;
  }

  private static void undo(int filter, byte[] out, int at, int end, int above, int distance) {
    switch (filter) {
      case 1 -> {
        for (int i = at + distance; i < end; i++) {
          out[i] += out[i - distance];
        }
      }
      case 2 -> {
        for (int i = at, up = above; above >= 0 && i < end; i++, up++) {
          out[i] += out[up];
        }
      }
      case 3 -> {
        for (int i = at; i < end; i++) {
          int left = i - distance < at ? 0 : out[i - distance] & 0xFF;
          int up = above < 0 ? 0 : out[above + i - at] & 0xFF;
          out[i] += (byte) ((left + up) >> 1);
        }
      }
      case 4 -> paeth(out, at, end, above, distance);
      default -> {
        // as it is
      }
    }
  }

  private static void paeth(byte[] out, int at, int end, int above, int distance) {
    for (int i = at; i < end; i++) {
      boolean first = i - distance < at;
      int left = first ? 0 : out[i - distance] & 0xFF;
      int up = above < 0 ? 0 : out[above + i - at] & 0xFF;
      int corner = first || above < 0 ? 0 : out[above + i - at - distance] & 0xFF;
      int toLeft = Math.abs(up - corner);
      int toUp = Math.abs(left - corner);
      int toCorner = Math.abs(left + up - 2 * corner);
      out[i] +=
          (byte) (toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner);
    }
  }
}
