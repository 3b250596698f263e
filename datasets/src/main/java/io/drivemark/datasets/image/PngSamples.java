package io.drivemark.datasets.image;

import io.drivemark.datasets.PixelArrays;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.DataFormatException;

/**
 * The stored values of any PNG: every colour type and depth, interlaced or not. Samples are taken
 * as they are stored: no scaling to 8 bits, no transparent colour (tRNS), no gamma. Alpha must be
 * opaque everywhere. Two rows are kept besides the result. For one file, whose chunks have been
 * checked.
 */
final class PngSamples {
  /** Adam7: first row, first column, rows apart, columns apart of each pass. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {0, 4, 8, 8}, {4, 0, 8, 4}, {0, 2, 4, 4}, {2, 0, 4, 2}, {0, 1, 2, 2}, {1, 0, 2, 1}
  };

  private static final int[][] ALL_AT_ONCE = {{0, 0, 1, 1}};

  private final Path name;
  private final PngHeader header;
  private final Optional<ColorChannel> only;
  private final int sampleBytes;
  private final int perPixel;
  private final byte[] out;

  private PngSamples(Path name, PngHeader header, Optional<ColorChannel> only, PixelArrays arrays) {
    this.name = name;
    this.header = header;
    this.only = only;
    this.sampleBytes = header.bits() == 16 ? 2 : 1;
    int samples = header.hasColor() && only.isEmpty() ? 3 : 1;
    this.perPixel = samples * sampleBytes;
    this.out = arrays.take(Math.multiplyExact(perPixel, header.height() * header.width()));
  }

  /**
   * Decodes a file.
   *
   * @param only the one channel to take of a colour; then alpha does not matter
   * @param arrays where the values go
   * @throws DataFormatException if its data is damaged
   * @throws BadInputException if a pixel is not opaque, or a colour has 16 bits and no one channel
   *     is asked for
   */
  static RawLabels decode(
      Path name, byte[] file, PngHeader header, Optional<ColorChannel> only, PixelArrays arrays)
      throws DataFormatException {
    if (header.hasColor() && header.bits() == 16 && only.isEmpty()) {
      throw new BadInputException(
          name
              + ": a colour image of 16 bits a channel; expected one channel of 8 or 16 bits, or"
              + " colours of 8 bits a channel. If one channel of a dataset's labels holds the class,"
              + " say which under 'coding', for example 'channel: red'");
    }
    PngSamples samples = new PngSamples(name, header, only, arrays);
    int[][] passes = header.interlaced() ? PASSES : ALL_AT_ONCE;
    int longest = 1 + header.rowBytes(header.width());
    try (PngData data = new PngData(file, longest, storedBytes(header, passes), arrays)) {
      for (int[] pass : passes) {
        samples.pass(data, pass);
      }
    }
    return RawLabels.of(header.height(), header.width(), samples.perPixel, samples.out);
  }

  /** All bytes of all rows, with their filters. */
  private static long storedBytes(PngHeader header, int[][] passes) {
    long bytes = 0;
    for (int[] pass : passes) {
      int columns = count(header.width(), pass[1], pass[3]);
      if (columns > 0) {
        bytes += (1L + header.rowBytes(columns)) * count(header.height(), pass[0], pass[2]);
      }
    }
    return bytes;
  }

  /** How many rows or columns a pass has. */
  private static int count(int size, int first, int apart) {
    return size <= first ? 0 : (size - first - 1) / apart + 1;
  }

  private void pass(PngData data, int[] pass) throws DataFormatException {
    int columns = count(header.width(), pass[1], pass[3]);
    if (columns == 0) {
      return;
    }
    int rowBytes = header.rowBytes(columns);
    byte[] rows = new byte[2 * rowBytes]; // this one and the one above, in turn
    int at = 0;
    int above = -1;
    for (int y = pass[0]; y < header.height(); y += pass[2]) {
      int row = data.row(1 + rowBytes);
      PngFilters.undo(data.bytes(), row, rows, at, above, rowBytes, header.filterDistance());
      for (int i = 0, x = pass[1]; i < columns; i++, x += pass[3]) {
        pixel(rows, at, i, y, x);
      }
      above = at;
      at = rowBytes - at;
    }
  }

  /** Unpacks the pixel of a row. */
  private void pixel(byte[] rows, int at, int column, int y, int x) {
    int to = (y * header.width() + x) * perPixel;
    if (header.bits() < 8) {
      int bit = column * header.bits();
      int shift = 8 - header.bits() - (bit & 7);
      out[to] = (byte) ((rows[at + (bit >> 3)] & 0xFF) >> shift & (1 << header.bits()) - 1);
      return;
    }
    int channels = header.channels();
    int from = at + column * channels * sampleBytes;
    if (only.isEmpty() && header.hasAlpha()) {
      requireOpaque(rows, from + (channels - 1) * sampleBytes, y, x);
    }
    from += only.map(ColorChannel::ordinal).orElse(0) * sampleBytes;
    System.arraycopy(rows, from, out, to, perPixel);
  }

  private void requireOpaque(byte[] rows, int at, int y, int x) {
    boolean opaque = rows[at] == -1 && rows[at + sampleBytes - 1] == -1;
    if (!opaque) {
      int alpha = rows[at] & 0xFF;
      alpha = sampleBytes == 1 ? alpha : alpha << 8 | rows[at + 1] & 0xFF;
      throw new BadInputException(
          name
              + ": the pixel at row "
              + y
              + ", column "
              + x
              + " has alpha "
              + alpha
              + "; labels must be opaque ("
              + (sampleBytes == 1 ? 255 : 65535)
              + " everywhere). Write them without alpha"
              + (header.hasColor()
                  ? "; or if one channel of a dataset's labels holds the class, say which under"
                      + " 'coding', for example 'channel: red': alpha is not read then"
                  : ""));
    }
  }
}
