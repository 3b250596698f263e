package io.drivemark.datasets.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The text chunk by which a PNG says that Drivemark predicted it: {@code Software} is one of the
 * keywords of the PNG specification (section 11.3.3.2). It stands first after the header, so that a
 * few bytes tell. Stateless.
 */
public final class PngMark {
  private static final int HEADER = 8 + 25; // signature and IHDR
  private static final byte[] CHUNK = chunk("Software\0Drivemark predict");

  private PngMark() {}

  /** The same image with the mark. */
  static byte[] marked(byte[] png) {
    return ByteBuffer.allocate(png.length + CHUNK.length)
        .put(png, 0, HEADER)
        .put(CHUNK)
        .put(png, HEADER, png.length - HEADER)
        .array();
  }

  /**
   * Whether a file has the mark.
   *
   * @throws IOException if it cannot be read
   */
  public static boolean isOn(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(HEADER + CHUNK.length);
      return start.length == HEADER + CHUNK.length
          && Arrays.equals(start, HEADER, start.length, CHUNK, 0, CHUNK.length);
    }
  }

  private static byte[] chunk(String text) {
    byte[] content = ("tEXt" + text).getBytes(StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(content);
    return ByteBuffer.allocate(content.length + 8)
        .putInt(content.length - 4)
        .put(content)
        .putInt((int) sum.getValue())
        .array();
  }
}
