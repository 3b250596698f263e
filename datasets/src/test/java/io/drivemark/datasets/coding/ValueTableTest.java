package io.drivemark.datasets.coding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Spaces;
import io.drivemark.datasets.image.RawLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("text")
class ValueTableTest {
  private static final int ABSENT = 256;

  @ParameterizedTest(name = "{0} bytes, seed {1}")
  @CsvSource({"1, 1", "1, 2", "1, 3", "2, 4", "3, 5"})
  void wholeFilesAreLookedUpAsSinglePixelsAre(int bytesPerPixel, long seed) {
    Random random = new Random(seed);
    ValueTable table = new ValueTable(Map.of(7, 0, 0x0707, 1, 3, 2, 9, LabelSpace.VOID), ABSENT);
    byte[] known = {7, 3, 9};
    int pixels = 1 + random.nextInt(20_000);
    byte[] bytes = new byte[bytesPerPixel * pixels];
    for (int i = 0; i < bytes.length; ) {
      byte value = random.nextInt(6) == 0 ? (byte) random.nextInt(256) : known[random.nextInt(3)];
      for (int n = random.nextInt(random.nextInt(8) == 0 ? 2000 : 30);
          n >= 0 && i < bytes.length;
          n--) {
        bytes[i++] = value;
      }
    }
    RawLabels raw = RawLabels.of(1, pixels, bytesPerPixel, bytes);
    List<Integer> absent = new ArrayList<>();
    List<Integer> told = new ArrayList<>();
    byte[] found = table.map(Spaces.THREE, raw, new byte[pixels], told::add).pixels();
    for (int i = 0; i < pixels; i++) {
      int expected = table.lookUp(raw.value(i));
      if (expected == ABSENT) {
        absent.add(i);
      }
      assertEquals(
          Math.min(expected, LabelSpace.VOID), found[i] & 0xFF, "seed " + seed + ", pixel " + i);
    }
    assertEquals(absent, told, "seed " + seed);
  }
}
