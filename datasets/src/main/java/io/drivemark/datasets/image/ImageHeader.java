package io.drivemark.datasets.image;

import io.drivemark.problem.BadInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * What an image file says about itself, read from its bytes before anything is allocated for its
 * pixels. PNG files are walked chunk by chunk with their checksums, JPEG files up to their end
 * marker: decoders fill the missing part of a truncated file with grey and call it a success.
 */
record ImageHeader(Format format, int height, int width) {
  /** More pixels than this are refused: 67 million, an image of 8192×8192. */
  static final long MOST_PIXELS = 1L << 26;

  private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final int PNG_HEADER_BYTES = 33;
  private static final int PNG_BITS_AT = 24;
  private static final int PNG_COLOR_AT = 25;
  private static final long MOST_SHRINKING = 1032;
  private static final long SLACK = 4096;

  /** The file formats that are read. */
  enum Format {
    PNG,
    JPEG
  }

  /**
   * Checks a whole file.
   *
   * @throws BadInputException if it is neither PNG nor JPEG, is truncated or damaged, or is too big
   */
  static ImageHeader check(Path file, byte[] bytes) {
    ImageHeader header;
    if (startsWith(bytes, PNG_SIGNATURE)) {
      header = png(file, bytes);
    } else if (bytes.length >= 3 && u8(bytes, 0) == 0xFF && u8(bytes, 1) == 0xD8) {
      header = jpeg(file, bytes);
    } else if (bytes.length == 0) {
      throw new BadInputException(file + ": the file is empty, expected a PNG or JPEG image");
    } else {
      throw new BadInputException(
          file
              + ": neither PNG nor JPEG: it starts with the bytes "
              + hex(bytes, Math.min(4, bytes.length)));
    }
    return header;
  }

  private static ImageHeader png(Path file, byte[] bytes) {
    if (bytes.length < PNG_HEADER_BYTES) {
      throw truncated(file, "PNG", bytes.length, "inside its header");
    }
    int at = PNG_SIGNATURE.length;
    long packed = 0;
    ImageHeader header = null;
    CRC32 crc = new CRC32();
    while (true) {
      if (at + 12L > bytes.length) {
        throw truncated(file, "PNG", bytes.length, "before its IEND chunk");
      }
      long length = Integer.toUnsignedLong(i32(bytes, at));
      String type = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (at + 12L + length > bytes.length) {
        throw truncated(file, "PNG", bytes.length, "inside its " + printable(type) + " chunk");
      }
      crc.reset();
      crc.update(bytes, at + 4, (int) length + 4);
      if ((int) crc.getValue() != i32(bytes, at + 8 + (int) length)) {
        throw new BadInputException(
            file
                + ": damaged PNG: the checksum of its "
                + printable(type)
                + " chunk at byte "
                + at
                + " is wrong; copy or create the file again");
      }
      if (header == null) {
        if (!type.equals("IHDR") || length != 13) {
          throw new BadInputException(file + ": damaged PNG: it does not start with a header");
        }
        header = sized(file, Format.PNG, i32(bytes, at + 12), i32(bytes, at + 8));
      }
      if (type.equals("IDAT")) {
        packed += length;
      }
      if (type.equals("IEND")) {
        return requireRoom(file, header, bytes, packed);
      }
      at += 12 + (int) length;
    }
  }

  /**
   * Refuses a header that lies: deflate shrinks to a 1032nd at best, so that less data than that
   * cannot hold the rows. Else a tiny file could ask for gigabytes.
   */
  private static ImageHeader requireRoom(Path file, ImageHeader header, byte[] bytes, long packed) {
    int channels =
        switch (u8(bytes, PNG_COLOR_AT)) {
          case 2 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> 1;
        };
    long rowBytes = ((long) header.width * u8(bytes, PNG_BITS_AT) * channels + 7) / 8;
    if (header.height * rowBytes > MOST_SHRINKING * packed + SLACK) {
      throw new BadInputException(
          file
              + ": damaged PNG: its header says "
              + header.height
              + "x"
              + header.width
              + " pixels, which "
              + packed
              + " bytes of data cannot hold; copy or create the file again");
    }
    return header;
  }

  private static ImageHeader jpeg(Path file, byte[] bytes) {
    ImageHeader header = null;
    int at = 2;
    while (at + 4 <= bytes.length) {
      if (u8(bytes, at) != 0xFF) {
        throw new BadInputException(
            file + ": damaged JPEG: no marker at byte " + at + "; copy or create the file again");
      }
      int marker = u8(bytes, at + 1);
      if (marker == 0xFF) {
        at++;
        continue;
      }
      int length = u8(bytes, at + 2) << 8 | u8(bytes, at + 3);
      boolean startOfFrame =
          marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
      if (startOfFrame && at + 9 <= bytes.length) {
        header =
            sized(
                file,
                Format.JPEG,
                u8(bytes, at + 5) << 8 | u8(bytes, at + 6),
                u8(bytes, at + 7) << 8 | u8(bytes, at + 8));
      }
      at += 2 + length;
      if (marker == 0xDA && header != null && hasEnd(bytes, at)) {
        return header;
      }
      if (marker == 0xDA) {
        break;
      }
    }
    throw truncated(file, "JPEG", bytes.length, "before its end marker");
  }

  private static boolean hasEnd(byte[] bytes, int from) {
    for (int i = bytes.length - 2; i >= from; i--) {
      if (u8(bytes, i) == 0xFF && u8(bytes, i + 1) == 0xD9) {
        return true;
      }
    }
    return false;
  }

  private static ImageHeader sized(Path file, Format format, int height, int width) {
    if (height < 1 || width < 1) {
      throw new BadInputException(
          file + ": damaged " + format + ": its header says " + height + "x" + width + " pixels");
    }
    if ((long) height * width > MOST_PIXELS) {
      throw new BadInputException(
          file
              + ": its header says "
              + height
              + "x"
              + width
              + " pixels, more than the "
              + MOST_PIXELS
              + " that are read; the file is damaged or no driving frame");
    }
    return new ImageHeader(format, height, width);
  }

  private static BadInputException truncated(Path file, String kind, int bytes, String where) {
    return new BadInputException(
        file
            + ": truncated "
            + kind
            + ": the file ends "
            + where
            + " after "
            + bytes
            + " bytes; copy or create it again");
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    if (bytes.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (bytes[i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static String printable(String type) {
    return type.chars().allMatch(c -> c > 32 && c < 127) ? type : "unreadable";
  }

  private static String hex(byte[] bytes, int count) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.append(i == 0 ? "" : " ").append(String.format(Locale.ROOT, "%02x", u8(bytes, i)));
    }
    return out.toString();
  }

  private static int u8(byte[] bytes, int at) {
    return bytes[at] & 0xFF;
  }

  private static int i32(byte[] bytes, int at) {
    return u8(bytes, at) << 24
        | u8(bytes, at + 1) << 16
        | u8(bytes, at + 2) << 8
        | u8(bytes, at + 3);
  }
}
