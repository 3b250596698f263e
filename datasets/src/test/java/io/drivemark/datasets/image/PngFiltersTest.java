package io.drivemark.datasets.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters are undone as by the specification's formulas, whatever the rows. */
class PngFiltersTest {
  private static final int ROWS = 6;

  /** Depths of 1 to 16 bits and 1 to 4 channels, widths from 1 on. */
  @ParameterizedTest(name = "{0} bits, {1} channels, seed {2}")
  @CsvSource({
    "1, 1, 1",
    "2, 1, 2",
    "4, 1, 3",
    "8, 1, 4",
    "8, 1, 5",
    "8, 2, 6",
    "8, 3, 7",
    "8, 4, 8",
    "16, 1, 9",
    "16, 2, 10",
    "16, 3, 11",
    "16, 4, 12"
  })
  void rowsComeBackAsTheyWere(int bits, int channels, long seed) throws DataFormatException {
    Random random = new Random(seed);
    int distance = Math.max(1, bits * channels / 8);
    for (int n = 0; n < 400; n++) {
      int width = n < 60 ? n + 1 : 1 + random.nextInt(300);
      int length = (width * bits * channels + 7) / 8;
      byte[] image = image(random, n % 4, ROWS, length, distance);
      byte[] stored = new byte[ROWS * (1 + length)];
      for (int y = 0; y < ROWS; y++) {
        filter(image, y, length, distance, n < 5 ? n : random.nextInt(5), stored);
      }
      byte[] undone = new byte[image.length];
      for (int y = 0; y < ROWS; y++) {
        int above = y == 0 ? -1 : (y - 1) * length;
        PngFilters.undo(stored, y * (1 + length), undone, y * length, above, length, distance);
      }
      assertArrayEquals(image, undone, "seed " + seed + ", image " + n);
    }
  }

  /** What is stored need not be what an encoder would store. */
  @ParameterizedTest(name = "seed {0}")
  @CsvSource({"21", "22", "23"})
  void anyStoredBytesAreUndoneAsByThePlainWay(long seed) throws DataFormatException {
    Random random = new Random(seed);
    int[] distances = {1, 2, 3, 4, 6, 8};
    for (int n = 0; n < 3000; n++) {
      int distance = distances[random.nextInt(distances.length)];
      int length = 1 + random.nextInt(n % 10 == 0 ? 2100 : 90);
      byte[] stored = sparse(random, 2 + length + random.nextInt(9));
      int from = random.nextInt(stored.length - length);
      stored[from] = (byte) random.nextInt(5);
      byte[] above = random.nextBoolean() ? sparse(random, length) : image(random, 1, 1, length, 1);
      byte[] expected = new byte[2 * length + 5];
      System.arraycopy(above, 0, expected, 0, length);
      byte[] actual = expected.clone();
      int aboveAt = random.nextInt(4) == 0 ? -1 : 0;
      PlainPng.undo(stored, from, expected, length + 2, aboveAt, length, distance);
      PngFilters.undo(stored, from, actual, length + 2, aboveAt, length, distance);
      assertArrayEquals(expected, actual, "seed " + seed + ", row " + n);
    }
  }

  /** Left 7, above 9, above left 8: left + above − above left is 8. */
  @Test
  void paethTakesTheNearest() throws DataFormatException {
    byte[] rows = {8, 9, 0, 0};
    PngFilters.undo(new byte[] {4, -1, 0}, 0, rows, 2, 0, 2, 1);
    assertArrayEquals(new byte[] {8, 9, 7, 8}, rows);
  }

  @Test
  void thereAreFiveFilters() {
    assertEquals(
        "a row has filter 5",
        assertThrows(
                DataFormatException.class,
                () -> PngFilters.undo(new byte[] {5, 0}, 0, new byte[1], 0, -1, 1, 1))
            .getMessage());
    assertEquals(
        "a row has filter 255",
        assertThrows(
                DataFormatException.class,
                () -> PngFilters.undo(new byte[] {-1, 0}, 0, new byte[1], 0, -1, 1, 1))
            .getMessage());
  }

  /** Noise, regions of pixels, one value, or rows that hardly differ. */
  private static byte[] image(Random random, int kind, int rows, int length, int distance) {
    byte[] out = new byte[rows * length];
    if (kind == 0) {
      random.nextBytes(out);
      return out;
    }
    byte[] pixel = new byte[distance];
    for (int i = 0; i < out.length; i++) {
      int x = i % length;
      if (kind == 1 && x % distance == 0 && (x == 0 || random.nextInt(25) == 0)) {
        random.nextBytes(pixel);
      } else if (kind == 2 && i == 0) {
        random.nextBytes(pixel);
      } else if (kind == 3 && i >= length && random.nextInt(40) != 0) {
        out[i] = out[i - length];
        continue;
      } else if (kind == 3 && random.nextInt(20) == 0) {
        pixel[x % distance] = (byte) random.nextInt(4);
      }
      out[i] = pixel[x % distance];
    }
    return out;
  }

  private static byte[] sparse(Random random, int length) {
    byte[] out = new byte[length];
    int rarity = 1 << random.nextInt(11);
    for (int i = 0; i < length; i++) {
      out[i] = (byte) (random.nextInt(rarity) == 0 ? random.nextInt(256) : 0);
    }
    return out;
  }

  private static void filter(
      byte[] image, int y, int length, int distance, int filter, byte[] stored) {
    int to = y * (1 + length);
    stored[to] = (byte) filter;
    for (int x = 0; x < length; x++) {
      int at = y * length + x;
      int left = x < distance ? 0 : image[at - distance] & 0xFF;
      int up = y == 0 ? 0 : image[at - length] & 0xFF;
      int corner = x < distance || y == 0 ? 0 : image[at - length - distance] & 0xFF;
      int predicted =
          switch (filter) {
            case 0 -> 0;
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) / 2;
            default -> PlainPng.paeth(left, up, corner);
          };
      stored[to + 1 + x] = (byte) (image[at] - predicted);
    }
  }
}
