package io.drivemark.datasets.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.PixelArrays;
import io.drivemark.problem.BadInputException;
import io.drivemark.testkit.PngMaker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DataFormatException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as encoders may write them, with ImageIO as the second opinion. */
class PngRowsTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "colour type {0}, {1} bits, seed {2}")
  @CsvSource({"0, 8, 1", "0, 16, 2", "2, 8, 3", "3, 8, 4", "0, 8, 5", "3, 8, 6"})
  void everyFilterIsUndoneAsImageIoDoes(int color, int bits, long seed)
      throws IOException, DataFormatException {
    Random random = new Random(seed);
    int height = 5 + random.nextInt(40);
    int width = 1 + random.nextInt(60);
    int bytesPerPixel = color == 2 ? 3 : bits / 8;
    byte[] rows = new byte[height * (1 + width * bytesPerPixel)];
    random.nextBytes(rows);
    for (int y = 0; y < height; y++) {
      rows[y * (1 + width * bytesPerPixel)] = (byte) (y < 5 ? (seed + y) % 5 : random.nextInt(5));
    }
    byte[] png = png(height, width, color, bits, PngMaker.deflated(rows), 1 + random.nextInt(50));
    RawLabels raw = decode(png).orElseThrow();
    assertEquals(bytesPerPixel, raw.bytesPerPixel());
    var expected = ImageIO.read(new ByteArrayInputStream(png)).getRaster();
    for (int i = 0; i < height * width; i++) {
      int[] samples = expected.getPixel(i % width, i / width, (int[]) null);
      int value = bytesPerPixel == 3 ? samples[0] << 16 | samples[1] << 8 | samples[2] : samples[0];
      assertEquals(value, raw.value(i), "seed " + seed + ", pixel " + i);
    }
  }

  @Test
  void otherKindsAreLeftAlone() throws DataFormatException {
    byte[] data = PngMaker.deflated(new byte[100]);
    assertTrue(decode(png(2, 2, 0, 4, data, 50)).isEmpty()); // four bits
    assertTrue(decode(png(2, 2, 2, 16, data, 50)).isEmpty()); // 16-bit colour
    assertTrue(decode(png(2, 2, 6, 8, data, 50)).isEmpty()); // alpha
    byte[] interlaced = png(2, 2, 0, 8, data, 50);
    interlaced[28] = 1;
    assertTrue(decode(interlaced).isEmpty());
  }

  @Test
  void damagedDataIsRefused() throws IOException {
    byte[] rows = {0, 1, 2, 7, 3, 4};
    assertEquals(
        "a row has filter 7",
        assertThrows(
                DataFormatException.class,
                () -> decode(png(2, 2, 0, 8, PngMaker.deflated(rows), 50)))
            .getMessage());
    byte[] packed = PngMaker.deflated(new byte[] {0, 1, 2});
    Path file = folder.resolve("a.png");
    for (byte[] data : new byte[][] {packed, Arrays.copyOf(packed, 2), {}}) {
      Files.write(file, png(2, 2, 0, 8, data, 50));
      assertEquals(
          file
              + ": damaged PNG: its pixels cannot be decoded (its data ends too early); copy or"
              + " create the file again",
          assertThrows(BadInputException.class, () -> ImageCodec.readRaw(file)).getMessage());
    }
    Files.write(file, png(2, 2, 0, 8, new byte[] {1, 2, 3, 4, 5}, 50));
    assertEquals(
        file
            + ": damaged PNG: its pixels cannot be decoded (incorrect header check); copy or create"
            + " the file again",
        assertThrows(BadInputException.class, () -> ImageCodec.readRaw(file)).getMessage());
  }

  @Test
  void rowsAreStoredInOrder() throws DataFormatException {
    byte[] rows = {0, 1, 2, 2, 3, 4, 1, 9, 1};
    assertArrayEquals(
        new byte[] {1, 2, 4, 6, 9, 10},
        decode(png(3, 2, 0, 8, PngMaker.deflated(rows), 4)).orElseThrow().bytes());
  }

  /** What an earlier file left in the arrays is neither seen nor copied. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13})
  void arraysThatWereUsedChangeNothing(long seed) throws DataFormatException {
    Random random = new Random(seed);
    int height = 5 + random.nextInt(400);
    int width = 1 + random.nextInt(700);
    PixelArrays arrays = new PixelArrays();
    for (int n = 0; n < 6; n++) {
      byte[] rows = new byte[height * (1 + width)];
      int values = n % 2 == 0 ? 256 : 2;
      for (int i = 0; i < rows.length; i++) {
        rows[i] = (byte) random.nextInt(i % (1 + width) == 0 ? 5 : values);
      }
      byte[] png = png(height, width, 0, 8, PngMaker.deflated(rows), 1 << 13);
      assertArrayEquals(
          decode(png).orElseThrow().bytes(),
          PngRows.decode(png, PngHeader.of(png), arrays).orElseThrow().bytes(),
          "seed " + seed + ", file " + n);
      arrays.next();
    }
    // Three bytes from one byte ago, at the beginning, by fixed codes: 1, 10, 0000001, 00000.
    byte[] png = png(height, width, 0, 8, new byte[] {0x78, (byte) 0x9C, 3, 2, 0, 0, 0, 0}, 50);
    assertThrows(DataFormatException.class, () -> PngRows.decode(png, PngHeader.of(png), arrays));
  }

  private static Optional<RawLabels> decode(byte[] png) throws DataFormatException {
    return PngRows.decode(png, PngHeader.of(png), new PixelArrays());
  }

  /** A PNG whose data comes in pieces, with an empty one in between. */
  private static byte[] png(int height, int width, int color, int bits, byte[] data, int piece) {
    PngMaker png = new PngMaker(height, width, bits, color).pieces(piece);
    return (color == 3 ? png.palette(new int[256]) : png).around(data);
  }
}
