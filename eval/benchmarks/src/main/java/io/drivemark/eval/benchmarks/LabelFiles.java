package io.drivemark.eval.benchmarks;

import io.drivemark.datasets.Instances;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.datasets.synth.SynthDrive;
import io.drivemark.datasets.synth.SynthOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Label PNGs of 1024×2048 to be read by benchmarks, in a folder. Stateless. */
final class LabelFiles {
  private static final int HEADER_END = 33;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int FILTERS = 5;

  private LabelFiles() {}

  /**
   * Writes all files: classes, object numbers and noise; each without filters, filtered as libpng
   * does, and for one stage of reading alone.
   */
  static void write(Path folder, byte[] truth) throws IOException, DataFormatException {
    for (String what : List.of("labels", "objects", "noise")) {
      for (String stage : List.of("", "-filtered", "-unfilter", "-inflate")) {
        Path file = path(folder, what + stage);
        switch (what) {
          case "labels" -> ImageCodec.writeGray8(file, Inputs.HEIGHT, Inputs.WIDTH, truth);
          case "objects" -> objects(file, truth);
          default -> noise(file);
        }
        switch (stage) {
          case "-filtered" -> filter(file, bytesPerPixel(what));
          case "-unfilter" -> {
            filter(file, bytesPerPixel(what));
            unpack(file);
          }
          case "-inflate" -> unfilter(file, bytesPerPixel(what));
          default -> {
            // as ImageIO writes it: no row is filtered
          }
        }
      }
    }
  }

  static Path path(Path folder, String name) {
    return folder.resolve(name + ".png");
  }

  static int bytesPerPixel(String name) {
    return name.startsWith("objects") ? 2 : 1;
  }

  /** Class · 1000 + number of 16 bits where there are objects, else the class. */
  private static void objects(Path file, byte[] truth) {
    Instances objects =
        new SynthDrive(SynthOptions.of(1, 1, Inputs.HEIGHT, Inputs.WIDTH, "val"))
            .frame(0)
            .objects()
            .orElseThrow();
    short[] values = new short[truth.length];
    for (int i = 0; i < values.length; i++) {
      int number = objects.ids()[i];
      int label = truth[i] & 0xFF;
      values[i] = (short) (number == 0 ? label : label * 1000 + number % 1000);
    }
    ImageCodec.writeGray16(file, Inputs.HEIGHT, Inputs.WIDTH, values);
  }

  /** Nineteen classes without any region. */
  private static void noise(Path file) {
    byte[] values = new byte[Inputs.HEIGHT * Inputs.WIDTH];
    Random random = new Random(7);
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) random.nextInt(Inputs.CLASSES);
    }
    ImageCodec.writeGray8(file, Inputs.HEIGHT, Inputs.WIDTH, values);
  }

  /** The file with its rows' filters, not compressed: what is left is undoing the filters. */
  private static void unpack(Path file) throws IOException, DataFormatException {
    byte[] png = Files.readAllBytes(file);
    Inflater inflater = new Inflater();
    byte[] rows = new byte[Inputs.HEIGHT * (1 + 2 * Inputs.WIDTH)];
    int used = 0;
    ByteBuffer chunks = ByteBuffer.wrap(png);
    for (int at = HEADER_END; !inflater.finished(); at += 12 + chunks.getInt(at)) {
      if (chunks.getInt(at + 4) == IDAT) {
        inflater.setInput(png, at + 8, chunks.getInt(at));
        for (int n = 1; n > 0; used += n) {
          n = inflater.inflate(rows, used, rows.length - used);
        }
      }
    }
    inflater.end();
    write(file, png, Arrays.copyOf(rows, used), Deflater.NO_COMPRESSION);
  }

  /** The file's rows without filters, compressed: what is left is to inflate them. */
  private static void unfilter(Path file, int bytesPerPixel)
      throws IOException, DataFormatException {
    byte[] png = Files.readAllBytes(file);
    byte[] pixels = PlainLabelFile.decode(png, bytesPerPixel);
    int length = Inputs.WIDTH * bytesPerPixel;
    byte[] rows = new byte[Inputs.HEIGHT * (1 + length)];
    for (int y = 0; y < Inputs.HEIGHT; y++) {
      System.arraycopy(pixels, y * length, rows, y * (1 + length) + 1, length);
    }
    write(file, png, rows, Deflater.DEFAULT_COMPRESSION);
  }

  /** The file as libpng and its users write it: each row by the filter that leaves the least. */
  private static void filter(Path file, int bytesPerPixel) throws IOException, DataFormatException {
    byte[] png = Files.readAllBytes(file);
    byte[] pixels = PlainLabelFile.decode(png, bytesPerPixel);
    int length = Inputs.WIDTH * bytesPerPixel;
    byte[] rows = new byte[Inputs.HEIGHT * (1 + length)];
    byte[] above = new byte[length];
    for (int y = 0; y < Inputs.HEIGHT; y++) {
      byte[] row = Arrays.copyOfRange(pixels, y * length, (y + 1) * length);
      byte[] best = filtered(row, above, bytesPerPixel, 0);
      for (int filter = 1; filter < FILTERS; filter++) {
        byte[] other = filtered(row, above, bytesPerPixel, filter);
        best = size(other) < size(best) ? other : best;
      }
      System.arraycopy(best, 0, rows, y * (1 + length), 1 + length);
      above = row;
    }
    write(file, png, rows, Deflater.DEFAULT_COMPRESSION);
  }

  private static byte[] filtered(byte[] row, byte[] above, int distance, int filter) {
    byte[] out = new byte[1 + row.length];
    out[0] = (byte) filter;
    for (int x = 0; x < row.length; x++) {
      int left = x < distance ? 0 : row[x - distance] & 0xFF;
      int up = above[x] & 0xFF;
      int corner = x < distance ? 0 : above[x - distance] & 0xFF;
      int predicted =
          switch (filter) {
            case 0 -> 0;
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) / 2;
            default -> nearest(left, up, corner);
          };
      out[1 + x] = (byte) (row[x] - predicted);
    }
    return out;
  }

  private static int nearest(int left, int up, int corner) {
    int toLeft = Math.abs(up - corner);
    int toUp = Math.abs(left - corner);
    int toCorner = Math.abs(left + up - 2 * corner);
    return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
  }

  /** The sum of what a row stores, without signs. */
  private static long size(byte[] stored) {
    long size = 0;
    for (int i = 1; i < stored.length; i++) {
      size += Math.abs(stored[i]);
    }
    return size;
  }

  private static void write(Path file, byte[] png, byte[] rows, int level) throws IOException {
    Deflater deflater = new Deflater(level);
    deflater.setInput(rows);
    deflater.finish();
    byte[] data = new byte[rows.length + rows.length / 100 + 1000];
    int length = deflater.deflate(data);
    deflater.end();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(png, 0, HEADER_END);
    out.writeBytes(chunk(IDAT, Arrays.copyOf(data, length)));
    out.writeBytes(chunk(IEND, new byte[0]));
    Files.write(file, out.toByteArray());
  }

  private static byte[] chunk(int type, byte[] data) {
    CRC32 sum = new CRC32();
    ByteBuffer chunk = ByteBuffer.allocate(12 + data.length).putInt(data.length).putInt(type);
    chunk.put(data);
    sum.update(chunk.array(), 4, 4 + data.length);
    return chunk.putInt((int) sum.getValue()).array();
  }
}
