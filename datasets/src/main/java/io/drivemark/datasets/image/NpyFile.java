package io.drivemark.datasets.image;

import io.drivemark.problem.BadInputException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Label maps that NumPy saved: {@code np.save} of whole numbers, [H, W] or [1, H, W]. The format is
 * NumPy's NEP 1, versions 1 to 3; nothing in it is executed, pickled objects are refused. Sizes are
 * checked against the file's length before memory is taken. Stateless.
 */
public final class NpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MOST_HEADER = 1 << 16;
  private static final int MOST_PIXELS = 1 << 28;
  private static final int MOST_VALUE = 65_535;
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{\\s*'descr': '([^']*)', 'fortran_order': (True|False), 'shape': \\(([0-9, ]*)\\),?"
              + "\\s*\\}\\s*");
  private static final Pattern TYPE = Pattern.compile("([<>|=])([iub])([1248])");

  private NpyFile() {}

  /**
   * Reads labels.
   *
   * @return one byte a pixel, or two where a value is above 255
   * @throws BadInputException if it is no such file, damaged, of another type or shape, or holds a
   *     value outside 0 to 65535
   */
  public static RawLabels read(Path file) {
    try (InputStream raw = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(raw)) {
      byte[] magic = in.readNBytes(MAGIC.length + 2);
      if (magic.length < MAGIC.length + 2
          || !Arrays.equals(magic, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
        throw refused(file, "no NumPy array: it does not begin as np.save writes it");
      }
      int version = magic[MAGIC.length];
      if (version < 1 || version > 3) {
        throw refused(file, "version " + version + " of NumPy's format, expected 1 to 3");
      }
      int fixed = version == 1 ? 2 : 4;
      byte[] length = in.readNBytes(fixed);
      ByteBuffer size = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).put(length);
      long header = length.length < fixed ? -1 : size.getInt(0) & 0xFFFFFFFFL;
      if (header < 0 || header > MOST_HEADER) {
        throw refused(file, "damaged: its header says it is " + header + " bytes long");
      }
      byte[] text = in.readNBytes((int) header);
      Matcher m = HEADER.matcher(new String(text, StandardCharsets.UTF_8));
      if (text.length < header || !m.matches()) {
        throw refused(file, "damaged: its header cannot be read");
      }
      long data = Files.size(file) - MAGIC.length - 2 - fixed - header;
      return labels(file, in, data, m);
    } catch (java.nio.file.NoSuchFileException e) {
      throw new BadInputException(file + ": no such file", e);
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static RawLabels labels(Path file, DataInputStream in, long data, Matcher header)
      throws IOException {
    Matcher type = TYPE.matcher(header.group(1));
    if (!type.matches() || type.group(2).equals("b") && !type.group(3).equals("1")) {
      throw refused(
          file,
          "its values are '"
              + header.group(1)
              + "', expected whole numbers such as |u1 or <i8; save class indices:"
              + " np.save(file, logits.argmax(0).astype('uint8'))");
    }
    List<String> shape =
        Arrays.stream(header.group(3).split(","))
            .map(String::strip)
            .filter(extent -> !extent.isEmpty())
            .toList();
    boolean flat = shape.size() == 3 && shape.get(0).equals("1");
    List<String> extents = flat ? shape.subList(1, 3) : shape;
    if (extents.size() != 2) {
      throw refused(
          file,
          "its shape is ("
              + String.join(", ", shape)
              + "), expected one label a pixel: (H, W) or (1, H, W); of logits take the argmax over"
              + " the classes first");
    }
    int bytes = Integer.parseInt(type.group(3));
    long height = extent(extents.get(0));
    long width = extent(extents.get(1));
    if (height < 1 || width < 1 || height * width > MOST_PIXELS) {
      throw refused(
          file,
          "its shape is ("
              + String.join(", ", shape)
              + "), expected 1 to "
              + MOST_PIXELS
              + " pixels");
    }
    if (data != height * width * bytes) {
      throw refused(
          file,
          "damaged: "
              + height
              + "x"
              + width
              + " values of "
              + bytes
              + " bytes need "
              + height * width * bytes
              + " bytes, found "
              + data);
    }
    byte[] stored = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, data));
    boolean columns = header.group(2).equals("True");
    return packed(file, new Values(stored, type, bytes), (int) height, (int) width, columns);
  }

  /** An extent of any length; those beyond all bounds are too large whatever they are. */
  private static long extent(String text) {
    return text.length() > 9 ? MOST_PIXELS + 1L : Long.parseLong(text);
  }

  /** The stored numbers, by position. */
  private record Values(ByteBuffer bytes, int size, boolean signed) {
    Values(byte[] stored, Matcher type, int size) {
      this(
          ByteBuffer.wrap(stored)
              .order(type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN),
          size,
          type.group(2).equals("i"));
    }

    long at(int index) {
      return switch (size) {
        case 1 -> signed ? bytes.get(index) : bytes.get(index) & 0xFF;
        case 2 -> signed ? bytes.getShort(2 * index) : bytes.getShort(2 * index) & 0xFFFF;
        case 4 -> signed ? bytes.getInt(4 * index) : bytes.getInt(4 * index) & 0xFFFFFFFFL;
        default -> bytes.getLong(8 * index); // Unsigned ones above 2⁶³ are negative, and refused.
      };
    }
  }

  private static RawLabels packed(
      Path file, Values values, int height, int width, boolean columns) {
    byte[] wide = new byte[Math.multiplyExact(2, height * width)];
    boolean narrow = true;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        long value = values.at(columns ? x * height + y : at);
        if (value < 0 || value > MOST_VALUE) {
          throw refused(
              file,
              "holds "
                  + value
                  + " at (row, column) ("
                  + y
                  + ", "
                  + x
                  + "), expected labels of 0 to 65535; write void as 255");
        }
        wide[2 * at] = (byte) (value >> 8);
        wide[2 * at + 1] = (byte) value;
        narrow &= value <= 255;
      }
    }
    if (!narrow) {
      return RawLabels.of(height, width, 2, wide);
    }
    byte[] out = new byte[height * width];
    for (int i = 0; i < out.length; i++) {
      out[i] = wide[2 * i + 1];
    }
    return RawLabels.of(height, width, 1, out);
  }

  private static BadInputException refused(Path file, String why) {
    return new BadInputException(file + ": " + why);
  }
}
