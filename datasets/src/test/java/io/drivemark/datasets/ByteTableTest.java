package io.drivemark.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels by a table are those that each byte alone has. */
class ByteTableTest {
  private static final int VOID = LabelSpace.VOID;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void everyByteIsLookedUpAsIfItStoodAlone(long seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 120; n++) {
      int[] meanings = new int[256];
      int known = 1 << random.nextInt(9); // from a table that hardly knows a byte to one of all
      for (int value = 0; value < 256; value++) {
        meanings[value] = random.nextInt(256) < known ? random.nextInt(4) : LabelMap.UNKNOWN;
        meanings[value] = meanings[value] == 3 ? VOID : meanings[value];
      }
      byte[] stored = new byte[1 + random.nextInt(n % 10 == 0 ? 40_000 : 300)];
      int longest = 1 << random.nextInt(12);
      for (int i = 0; i < stored.length; ) {
        byte value = (byte) random.nextInt(n % 2 == 0 ? 256 : 3);
        for (int run = random.nextInt(longest); run >= 0 && i < stored.length; run--) {
          stored[i++] = value;
        }
      }
      byte[] expected = new byte[stored.length];
      List<Integer> unknown = new ArrayList<>();
      for (int i = 0; i < stored.length; i++) {
        int meaning = meanings[stored[i] & 0xFF];
        expected[i] = (byte) Math.min(meaning, VOID);
        if (meaning == LabelMap.UNKNOWN) {
          unknown.add(i);
        }
      }
      byte[] out = new byte[stored.length];
      Arrays.fill(out, (byte) 77);
      List<Integer> told = new ArrayList<>();
      LabelMap map =
          LabelMap.ofStored(Spaces.THREE, 1, stored.length, stored, meanings, out, told::add);
      assertArrayEquals(expected, map.pixels(), "seed " + seed + ", map " + n);
      assertEquals(unknown, told, "seed " + seed + ", map " + n);
    }
  }

  /** An index beyond the space must not get into a map by way of a table. */
  @Test
  void aMeaningMustBeAClassOrVoidOrUnknown() {
    for (int wrong : new int[] {-1, 3, 254, 257}) {
      int[] meanings = new int[256];
      meanings[9] = wrong;
      assertEquals(
          "label map: stored value 9 means " + wrong + ", which is no class of three",
          assertThrows(IllegalArgumentException.class, () -> map(meanings, 2)).getMessage());
    }
  }

  @Test
  void lengthsMustFit() {
    assertEquals(
        "label map: 1x2 does not fit 3 pixels",
        assertThrows(IllegalArgumentException.class, () -> map(new int[256], 3)).getMessage());
  }

  private static LabelMap map(int[] meanings, int length) {
    return LabelMap.ofStored(
        Spaces.THREE, 1, 2, new byte[2], meanings, new byte[length], pixel -> {});
  }
}
