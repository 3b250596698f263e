package io.drivemark.datasets.coding;

import io.drivemark.datasets.PixelArrays;
import io.drivemark.datasets.image.RawLabels;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Brings a file to the kind of values that are declared, where that loses nothing: the indices of a
 * palette to its colours where colours are declared, three equal channels to one where numbers are.
 * The declaration decides, never the file. Stateless.
 */
final class StoredKind {
  private StoredKind() {}

  /**
   * The file as colours.
   *
   * @param wrong what to say of a file of one channel, after its name
   * @throws BadInputException if it has one channel and no palette, or an index that its palette
   *     lacks
   */
  static RawLabels colors(Path file, RawLabels raw, String wrong, PixelArrays arrays) {
    if (raw.bytesPerPixel() == 3) {
      return raw;
    }
    if (!raw.isPalette()) {
      throw new BadInputException(file + ": found " + raw.kind() + ", expected " + wrong);
    }
    int pixels = raw.height() * raw.width();
    byte[] out = arrays.take(Math.multiplyExact(3, pixels));
    for (int i = 0; i < pixels; i++) {
      OptionalInt color = raw.paletteColor(raw.value(i));
      if (color.isEmpty()) {
        throw new BadInputException(
            file
                + ": damaged PNG: the pixel at "
                + place(raw, i)
                + " is entry "
                + raw.value(i)
                + " of a palette that ends before; copy or create the file again");
      }
      out[3 * i] = (byte) (color.getAsInt() >> 16);
      out[3 * i + 1] = (byte) (color.getAsInt() >> 8);
      out[3 * i + 2] = (byte) color.getAsInt();
    }
    return RawLabels.of(raw.height(), raw.width(), 3, out);
  }

  /**
   * The file as numbers.
   *
   * @param wrong what to say of a file of colours, after the first pixel that is one
   * @throws BadInputException if red, green and blue of a pixel differ
   */
  static RawLabels numbers(Path file, RawLabels raw, String wrong, PixelArrays arrays) {
    if (raw.bytesPerPixel() < 3) {
      return raw;
    }
    byte[] bytes = raw.bytes();
    byte[] out = arrays.take(raw.height() * raw.width());
    for (int i = 0, from = 0; i < out.length; i++, from += 3) {
      if (bytes[from] != bytes[from + 1] || bytes[from] != bytes[from + 2]) {
        throw new BadInputException(
            file
                + ": found a colour image (the pixel at "
                + place(raw, i)
                + " is "
                + Colors.text(raw.value(i))
                + "), expected "
                + wrong);
      }
      out[i] = bytes[from];
    }
    return RawLabels.of(raw.height(), raw.width(), 1, out);
  }

  private static String place(RawLabels raw, int pixel) {
    return "row " + pixel / raw.width() + ", column " + pixel % raw.width();
  }
}
