package io.drivemark.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes PNG files of any kind from their samples, straight by the format's description, and
 * damaged ones. For one thread.
 */
public final class PngMaker {
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {0, 4, 8, 8}, {4, 0, 8, 4}, {0, 2, 4, 4}, {2, 0, 4, 2}, {0, 1, 2, 2}, {1, 0, 2, 1}
  };

  private static final int HEADER_AT = 8; // after the signature
  private static final int WIDTH_AT = HEADER_AT + 8;

  private final int height;
  private final int width;
  private final int bits;
  private final int color;
  private boolean interlaced;
  private byte[] palette = {};
  private byte[] transparent = {};
  private int piece = Integer.MAX_VALUE;

  /** A file of the format's colour type (0 grey, 2 colour, 3 palette, 4 and 6 with alpha). */
  public PngMaker(int height, int width, int bits, int color) {
    this.height = height;
    this.width = width;
    this.bits = bits;
    this.color = color;
  }

  public PngMaker interlaced() {
    interlaced = true;
    return this;
  }

  public PngMaker palette(int... colors) {
    palette = new byte[3 * colors.length];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = (byte) (colors[i / 3] >> 8 * (2 - i % 3));
    }
    return this;
  }

  /** The data of a tRNS chunk. */
  public PngMaker transparent(int... data) {
    transparent = new byte[data.length];
    for (int i = 0; i < data.length; i++) {
      transparent[i] = (byte) data[i];
    }
    return this;
  }

  /** The data in pieces of so many bytes, with an empty one after each. */
  public PngMaker pieces(int bytes) {
    piece = bytes;
    return this;
  }

  /** How many samples a pixel has. */
  public int channels() {
    return color == 2 ? 3 : color == 4 ? 2 : color == 6 ? 4 : 1;
  }

  /** The file; samples are row-major, a pixel's channels next to each other. */
  public byte[] make(int... samples) {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    for (int[] pass : interlaced ? PASSES : new int[][] {{0, 0, 1, 1}}) {
      for (int y = pass[0]; y < height && pass[1] < width; y += pass[2]) {
        row(rows, samples, y, pass[1], pass[3]);
      }
    }
    return around(deflated(rows.toByteArray()));
  }

  private void row(ByteArrayOutputStream out, int[] samples, int y, int from, int step) {
    out.write(0);
    StringBuilder packed = new StringBuilder();
    for (int x = from; x < width; x += step) {
      for (int c = 0; c < channels(); c++) {
        int sample = samples[(y * width + x) * channels() + c];
        for (int bit = bits - 1; bit >= 0; bit--) {
          packed.append(sample >> bit & 1);
        }
      }
    }
    while (packed.length() % 8 != 0) {
      packed.append('1');
    }
    for (int i = 0; i < packed.length(); i += 8) {
      out.write(Integer.parseInt(packed.substring(i, i + 8), 2));
    }
  }

  /** The file with this as its compressed data, whatever it is. */
  public byte[] around(byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) bits).put((byte) color).put((byte) 0).put((byte) 0);
    chunk(out, "IHDR", header.put((byte) (interlaced ? 1 : 0)).array());
    if (palette.length > 0) {
      chunk(out, "PLTE", palette);
    }
    if (transparent.length > 0) {
      chunk(out, "tRNS", transparent);
    }
    for (int from = 0; from < data.length; ) {
      int to = (int) Math.min(data.length, (long) from + piece);
      chunk(out, "IDAT", Arrays.copyOfRange(data, from, to));
      if (piece < Integer.MAX_VALUE) {
        chunk(out, "IDAT", new byte[0]);
      }
      from = to;
    }
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  /** Rows, each after its filter's number, as the format compresses them. */
  public static byte[] deflated(byte[] rows) {
    Deflater deflater = new Deflater();
    deflater.setInput(rows);
    deflater.finish();
    byte[] out = new byte[rows.length + 100];
    int length = deflater.deflate(out);
    deflater.end();
    return Arrays.copyOf(out, length);
  }

  /** Says another size in a file's header, with the right checksum. */
  public static void resize(byte[] png, int height, int width) {
    ByteBuffer.wrap(png).putInt(WIDTH_AT, width).putInt(WIDTH_AT + 4, height);
    checksum(png, HEADER_AT);
  }

  /** Says another kind of samples in a file's header, with the right checksum. */
  public static void retype(byte[] png, int bits, int color) {
    ByteBuffer.wrap(png).put(WIDTH_AT + 8, (byte) bits).put(WIDTH_AT + 9, (byte) color);
    checksum(png, HEADER_AT);
  }

  /**
   * Makes the checksum of a chunk right.
   *
   * @param at where the chunk begins, with its length
   */
  public static void checksum(byte[] png, int at) {
    int length = ByteBuffer.wrap(png).getInt(at);
    CRC32 crc = new CRC32();
    crc.update(png, at + 4, length + 4);
    ByteBuffer.wrap(png).putInt(at + 8 + length, (int) crc.getValue());
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + data.length).putInt(data.length);
    chunk.put(type.getBytes(StandardCharsets.ISO_8859_1)).put(data);
    checksum(chunk.array(), 0);
    out.writeBytes(chunk.array());
  }
}
