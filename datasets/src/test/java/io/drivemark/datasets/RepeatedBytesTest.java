package io.drivemark.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedBytesTest {
  @Test
  void threeBytesRepeatThoseEightBefore() {
    byte[] bytes = {1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 9};
    assertEquals(3, RepeatedBytes.count(bytes, 8, 12));
    assertEquals(2, RepeatedBytes.count(bytes, 8, 10));
    assertEquals(0, RepeatedBytes.count(bytes, 11, 12));
    assertEquals(0, RepeatedBytes.count(bytes, 12, 12));
    assertThrows(IndexOutOfBoundsException.class, () -> RepeatedBytes.count(bytes, 7, 12));
    assertThrows(IndexOutOfBoundsException.class, () -> RepeatedBytes.count(bytes, 8, 13));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void asManyAreCountedAsByALoop(long seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 500; n++) {
      byte[] bytes = new byte[8 + random.nextInt(600)];
      int rarity = 1 << random.nextInt(11);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = i < 8 || random.nextInt(rarity) == 0 ? (byte) random.nextInt(3) : bytes[i - 8];
      }
      int from = 8 + random.nextInt(bytes.length - 7);
      int end = from + random.nextInt(bytes.length - from + 1);
      int expected = 0;
      while (from + expected < end && bytes[from + expected] == bytes[from + expected - 8]) {
        expected++;
      }
      assertEquals(expected, RepeatedBytes.count(bytes, from, end), "seed " + seed + ", " + n);
      assertEquals(expected / 8, RepeatedBytes.words(bytes, from, end), "seed " + seed + ", " + n);
    }
  }
}
