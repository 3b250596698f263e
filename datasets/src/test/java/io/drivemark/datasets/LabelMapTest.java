package io.drivemark.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelMapTest {
  /** Regions of any length, void among them or not, of few classes or of all that are possible. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void theFirstForeignValueIsFoundWhereverItIs(long seed) {
    Random random = new Random(seed);
    int foreignMaps = 0;
    for (int n = 0; n < 200; n++) {
      int classes = n % 3 == 0 ? 1 + random.nextInt(255) : 1 + random.nextInt(40);
      LabelSpace space = space(classes);
      int width = 1 + random.nextInt(n % 10 == 0 ? 20_000 : 400);
      byte[] pixels = new byte[width];
      int longest = 1 << random.nextInt(12);
      int voids = n % 2 == 0 ? 0 : 1 + random.nextInt(30);
      for (int i = 0; i < width; ) {
        boolean isVoid = voids > 0 && random.nextInt(voids) == 0;
        byte label = (byte) (isVoid ? LabelSpace.VOID : random.nextInt(classes));
        for (int run = random.nextInt(longest); run >= 0 && i < width; run--) {
          pixels[i++] = label;
        }
      }
      for (int times = random.nextInt(3); times > 0 && classes < LabelSpace.VOID; times--) {
        int value =
            classes + (random.nextBoolean() ? 0 : random.nextInt(LabelSpace.VOID - classes));
        pixels[random.nextInt(width)] = (byte) value;
      }
      int foreign =
          IntStream.range(0, width)
              .filter(i -> (pixels[i] & 0xFF) >= classes && pixels[i] != -1)
              .findFirst()
              .orElse(-1);
      String what = "seed " + seed + ", map " + n + " of " + classes;
      assertEquals(foreign < 0, LabelMap.ofIndices(space, 1, width, pixels).isPresent(), what);
      if (foreign >= 0) {
        foreignMaps++;
        assertEquals(
            "label map: value "
                + (pixels[foreign] & 0xFF)
                + " at row 0, column "
                + foreign
                + " is no class of all (0.."
                + (classes - 1)
                + ", 255 = void)",
            assertThrows(IllegalArgumentException.class, () -> LabelMap.of(space, 1, width, pixels))
                .getMessage(),
            what);
      }
    }
    assertTrue(foreignMaps > 50 && foreignMaps < 190, "maps with foreign values: " + foreignMaps);
  }

  private static LabelSpace space(int classes) {
    return new LabelSpace(
        "all",
        IntStream.range(0, classes)
            .mapToObj(c -> new LabelClass("class-" + c, c, "", false, false))
            .toList());
  }
}
