package io.drivemark.datasets.image;

import io.drivemark.datasets.PixelArrays;
import java.util.Optional;
import java.util.zip.DataFormatException;

/**
 * The stored values of the usual label PNGs: grey of 8 or 16 bits, palette indices and colours of 8
 * bits, rows in order. Their data is inflated some rows in advance and the filters undone, with
 * nothing between. Any other PNG is left to {@link PngSamples}. Stateless.
 */
final class PngRows {
  private PngRows() {}

  /**
   * Decodes a file whose chunks have been checked.
   *
   * @param arrays where the values go
   * @return empty if it is of another kind
   * @throws DataFormatException if its data is damaged
   */
  static Optional<RawLabels> decode(byte[] file, PngHeader header, PixelArrays arrays)
      throws DataFormatException {
    int bytesPerPixel =
        switch (header.color() << 8 | header.bits()) {
          case PngHeader.GREY << 8 | 8, PngHeader.PALETTE << 8 | 8 -> 1;
          case PngHeader.GREY << 8 | 16 -> 2;
          case PngHeader.COLOR << 8 | 8 -> 3;
          default -> 0;
        };
    if (bytesPerPixel == 0 || header.interlaced()) {
      return Optional.empty();
    }
    int rowBytes = header.width() * bytesPerPixel;
    int stored = 1 + rowBytes;
    byte[] out = arrays.take(Math.multiplyExact(rowBytes, header.height()));
    try (PngData data = new PngData(file, stored, (long) stored * header.height(), arrays)) {
      for (int y = 0; y < header.height(); y++) {
        int row = data.row(stored);
        int at = y * rowBytes;
        int above = y == 0 ? -1 : at - rowBytes;
        PngFilters.undo(data.bytes(), row, out, at, above, rowBytes, bytesPerPixel);
      }
    }
    return Optional.of(RawLabels.of(header.height(), header.width(), bytesPerPixel, out));
  }
}
