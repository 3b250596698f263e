package io.drivemark.datasets.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What zlib makes of deflate data and what it refuses, so do we. */
class DeflateReaderTest {
  private static final int[] STRATEGIES = {
    Deflater.DEFAULT_STRATEGY, Deflater.FILTERED, Deflater.HUFFMAN_ONLY
  };

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void whatWasDeflatedComesBack(long seed) throws DataFormatException {
    Random random = new Random(seed);
    for (int n = 0; n < 60; n++) {
      byte[] plain = data(random, n % 6, random.nextInt(n % 12 == 0 ? 200_000 : 3000));
      int level = random.nextInt(10);
      int strategy = STRATEGIES[random.nextInt(3)];
      byte[] packed = deflated(plain, level, strategy);
      String what = "seed " + seed + ", data " + n + ", level " + level + ", strategy " + strategy;
      int piece = random.nextBoolean() ? plain.length + 1 : 1 + random.nextInt(5000);
      assertArrayEquals(plain, read(packed, plain.length + 1, piece), what);
    }
  }

  /** Bits flipped, bytes lost or doubled; mostly at the beginning, where the codes are. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14})
  void whatZlibRefusesIsRefusedAndWhatItTakesIsTheSame(long seed) {
    Random random = new Random(seed);
    int taken = 0;
    for (int n = 0; n < 6000; n++) {
      byte[] plain = data(random, n % 6, random.nextInt(600));
      byte[] packed = damaged(deflated(plain, random.nextInt(10), STRATEGIES[n % 3]), random);
      int most = 4000;
      byte[] expected = PlainPng.inflated(packed, most);
      byte[] actual;
      try {
        actual = read(packed, most + 1, most + 1);
      } catch (DataFormatException e) {
        actual = null;
      }
      if (expected != null && expected.length > most) {
        continue; // longer than it is asked for
      }
      taken += expected == null ? 0 : 1;
      assertArrayEquals(
          expected, actual, "seed " + seed + ", data " + n + ": " + Arrays.toString(packed));
    }
    assertTrue(taken > 100 && taken < 5900, "seed " + seed + ": zlib took " + taken);
  }

  /** Random bits as the description of codes: hardly ever a code, and zlib knows which. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {21, 22})
  void randomBlocksAreReadAsByZlib(long seed) {
    Random random = new Random(seed);
    int most = 4000;
    for (int n = 0; n < 20_000; n++) {
      byte[] packed = new byte[1 + random.nextInt(60)];
      random.nextBytes(packed);
      packed[0] = (byte) (packed[0] & ~7 | random.nextInt(4) << 1 | 1);
      byte[] expected = PlainPng.inflated(packed, most);
      byte[] actual;
      try {
        actual = read(packed, most + 1, most + 1);
      } catch (DataFormatException e) {
        actual = null;
      }
      if (expected != null && expected.length > most) {
        continue; // longer than it is asked for
      }
      assertArrayEquals(
          expected, actual, "seed " + seed + ", data " + n + ": " + Arrays.toString(packed));
    }
  }

  @Test
  void dataThatEndsTooEarlyIsRefused() {
    byte[] packed = deflated(new byte[1000], 6, Deflater.DEFAULT_STRATEGY);
    for (int length = 0; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThrows(DataFormatException.class, () -> read(cut, 1001, 1001), "length " + length);
    }
  }

  /** Copies of 1 to 9 bytes ago and of as many as the JDK's deflater looks back. */
  @Test
  void copiesReachBackAsFarAsTheyMay() throws DataFormatException {
    byte[] plain = new byte[70_000];
    new Random(5).nextBytes(plain);
    for (int distance = 1; distance < 10; distance++) {
      for (int i = 0; i < 300; i++) {
        int at = 1000 * distance + i;
        plain[at] = plain[at - distance];
      }
    }
    System.arraycopy(plain, 10_000, plain, 10_000 + DeflateReader.HISTORY - 300, 20_000);
    byte[] packed = deflated(plain, 9, Deflater.DEFAULT_STRATEGY);
    assertTrue(packed.length < 60_000, "copies were found: " + packed.length);
    assertArrayEquals(plain, read(packed, plain.length + 1, plain.length + 1));
    assertArrayEquals(plain, read(packed, plain.length + 1, 1));
  }

  /** A copy of 3 bytes from 32768 bytes ago, by hand; with one byte less before it is none. */
  @Test
  void theFarthestCopyIsMade() throws DataFormatException {
    String block = "1" + "10" + "0000001" + "11101" + "1".repeat(13) + "0000000";
    byte[] plain = new byte[DeflateReader.HISTORY];
    new Random(6).nextBytes(plain);
    byte[] packed = afterStored(plain, block);
    byte[] expected = Arrays.copyOf(plain, plain.length + 3);
    System.arraycopy(plain, 0, expected, plain.length, 3);
    assertArrayEquals(expected, PlainPng.inflated(packed, 40_000));
    assertArrayEquals(expected, read(packed, expected.length + 1, 40_000));
    byte[] shorter = afterStored(Arrays.copyOf(plain, plain.length - 1), block);
    assertNull(PlainPng.inflated(shorter, 40_000));
    assertThrows(DataFormatException.class, () -> read(shorter, 40_000, 40_000));
  }

  /** A stored block that is not the last, and the bits of another block. */
  private static byte[] afterStored(byte[] plain, String bits) {
    byte[] out = new byte[5 + plain.length + (bits.length() + 7) / 8];
    ByteBuffer.wrap(out)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0)
        .putShort((short) plain.length)
        .putShort((short) ~plain.length)
        .put(plain);
    for (int i = 0; i < bits.length(); i++) {
      out[5 + plain.length + i / 8] |= (byte) (bits.charAt(i) - '0' << i % 8);
    }
    return out;
  }

  @Test
  void zerosMustFollowTheData() {
    assertEquals(
        "deflate data from 0 to 5 of 20 bytes",
        assertThrows(IllegalArgumentException.class, () -> new DeflateReader(new byte[20], 0, 5))
            .getMessage());
  }

  /** Reads to the end of the data in pieces; refuses what is longer than {@code most}. */
  private static byte[] read(byte[] packed, int most, int piece) throws DataFormatException {
    byte[] in = Arrays.copyOf(packed, packed.length + DeflateReader.PADDING);
    DeflateReader reader = new DeflateReader(in, 0, packed.length);
    byte[] out = new byte[most + DeflateReader.SLACK];
    int at = 0;
    while (!reader.isDone() && at < most) {
      at = reader.decode(out, at, Math.min(most, at + piece));
    }
    if (!reader.isDone()) {
      throw new DataFormatException("more than " + most + " bytes");
    }
    return Arrays.copyOf(out, at);
  }

  /** Noise, zeros, regions, text-like, rows that repeat, few bytes. */
  private static byte[] data(Random random, int kind, int length) {
    byte[] out = new byte[length];
    int apart = 1 + random.nextInt(300);
    byte value = 0;
    for (int i = 0; i < length; i++) {
      value = random.nextInt(30) == 0 ? (byte) random.nextInt(256) : value;
      out[i] =
          switch (kind) {
            case 0 -> (byte) random.nextInt(256);
            case 1 -> 0;
            case 2 -> value;
            case 3 -> (byte) (random.nextGaussian() * 9);
            case 4 -> i >= apart && random.nextInt(50) > 0 ? out[i - apart] : value;
            default -> (byte) random.nextInt(3);
          };
    }
    return out;
  }

  private static byte[] deflated(byte[] plain, int level, int strategy) {
    Deflater deflater = new Deflater(level, true);
    deflater.setStrategy(strategy);
    deflater.setInput(plain);
    deflater.finish();
    byte[] out = new byte[plain.length + plain.length / 100 + 100];
    int length = 0;
    while (!deflater.finished()) { // a change of strategy ends the first call
      length += deflater.deflate(out, length, out.length - length);
    }
    deflater.end();
    return Arrays.copyOf(out, length);
  }

  private static byte[] damaged(byte[] packed, Random random) {
    byte[] out = packed.clone();
    for (int times = random.nextInt(3); times >= 0; times--) {
      int most = random.nextBoolean() ? Math.min(80, out.length) : out.length;
      int at = random.nextInt(most);
      switch (random.nextInt(6)) {
        case 0 -> out = Arrays.copyOf(out, Math.max(1, at));
        case 1 -> {
          byte[] longer = new byte[out.length + 1];
          System.arraycopy(out, 0, longer, 0, at);
          System.arraycopy(out, at, longer, at + 1, out.length - at);
          out = longer;
        }
        default -> out[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return out;
  }
}
