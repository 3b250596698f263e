package io.drivemark.datasets.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.PixelArrays;
import io.drivemark.testkit.PngMaker;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files give what the JDK's inflater makes of them row by row, its messages too. */
class PngDataTest {
  private static final int GREY = PngHeader.GREY;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void smallFilesAreReadOrRefusedAsByThePlainWay(long seed) {
    Random random = new Random(seed);
    int refused = 0;
    for (int n = 0; n < 2000; n++) {
      int height = 1 + random.nextInt(20);
      int width = 1 + random.nextInt(40);
      byte[] rows = rows(random, height, width);
      if (random.nextInt(10) == 0) {
        rows[random.nextInt(height) * (1 + width)] = 9; // no filter
      }
      byte[] data = damaged(PngMaker.deflated(rows), random);
      PngMaker maker = new PngMaker(height, width, 8, GREY).pieces(1 + random.nextInt(200));
      refused += compare(maker.around(data), "seed " + seed + ", file " + n) ? 0 : 1;
    }
    assertTrue(refused > 200 && refused < 1900, "seed " + seed + ": " + refused);
  }

  /** Files of several bands, with damage anywhere, of which rows were handed out before. */
  @ParameterizedTest(name = "seed {0}, {1}x{2}")
  @CsvSource({"11, 900, 700", "12, 40, 40000", "13, 3, 300000", "14, 40000, 11"})
  void largeFilesAreReadOrRefusedAsByThePlainWay(long seed, int height, int width) {
    Random random = new Random(seed);
    byte[] whole = PngMaker.deflated(rows(random, height, width));
    PngMaker maker = new PngMaker(height, width, 8, GREY).pieces(1 << 14);
    assertTrue(compare(maker.around(whole), "seed " + seed));
    for (int n = 0; n < 8; n++) {
      compare(maker.around(damaged(whole, random)), "seed " + seed + ", file " + n);
    }
  }

  /** What follows the rows is not looked at, nor is a checksum that comes too late. */
  @Test
  void dataBeyondTheRowsIsNoError() {
    byte[] rows = rows(new Random(5), 6, 9);
    byte[] data = PngMaker.deflated(rows);
    assertTrue(compare(new PngMaker(5, 9, 8, GREY).around(data), "a row too many"));
    assertTrue(
        compare(new PngMaker(6, 9, 8, GREY).around(Arrays.copyOf(data, data.length + 7)), "more"));
    int sum = data.length - 4;
    assertTrue(compare(new PngMaker(6, 9, 8, GREY).around(Arrays.copyOf(data, sum)), "no sum"));
    data[sum] ^= 1;
    assertEquals(
        "incorrect data check", refusal(new PngMaker(6, 9, 8, GREY).around(data)).orElseThrow());
    assertTrue(compare(new PngMaker(6, 9, 8, GREY).pieces(sum).around(data), "sum in a chunk"));
  }

  private static Optional<String> refusal(byte[] png) {
    try {
      decode(png);
      return Optional.empty();
    } catch (DataFormatException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** Whether the file is read; fails where the plain way says otherwise. */
  private static boolean compare(byte[] png, String what) {
    byte[] expected;
    try {
      expected = PlainPng.rows(png, PngHeader.of(png));
    } catch (DataFormatException e) {
      assertEquals(e.getMessage(), refusal(png).orElse("read"), what);
      return false;
    }
    assertEquals(Optional.empty(), refusal(png), what);
    try {
      assertArrayEquals(expected, decode(png), what);
    } catch (DataFormatException e) {
      throw new AssertionError(what, e);
    }
    return true;
  }

  private static byte[] decode(byte[] png) throws DataFormatException {
    return PngRows.decode(png, PngHeader.of(png), new PixelArrays()).orElseThrow().bytes();
  }

  /** Regions with a little noise, stored with any filters. */
  private static byte[] rows(Random random, int height, int width) {
    byte[] out = new byte[height * (1 + width)];
    byte value = 0;
    for (int i = 0; i < out.length; i++) {
      value = random.nextInt(60) == 0 ? (byte) random.nextInt(20) : value;
      out[i] = i % (1 + width) == 0 ? (byte) random.nextInt(5) : random.nextInt(3) == 0 ? value : 0;
    }
    return out;
  }

  private static byte[] damaged(byte[] data, Random random) {
    byte[] out = data.clone();
    switch (random.nextInt(8)) {
      case 0 -> out = Arrays.copyOf(out, random.nextInt(out.length));
      case 1 -> out[random.nextInt(2)] ^= (byte) (1 << random.nextInt(8));
      case 2 -> out[out.length - 1 - random.nextInt(4)]++;
      case 3, 4, 5 -> out[random.nextInt(out.length)] ^= (byte) (1 << random.nextInt(8));
      default -> {
        // whole
      }
    }
    return out;
  }
}
