package io.drivemark.datasets.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.image.RawLabels;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("text")
class ObjectDecoderTest {
  @ParameterizedTest
  @EnumSource(ObjectNumbers.class)
  void everyPixelIsDecodedAsIfItStoodAlone(ObjectNumbers numbers) {
    LabelSpace space = LabelSpaces.named("cityscapes-19");
    ObjectDecoder decoder = new ObjectDecoder(numbers, space);
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      int bytesPerPixel = 1 + random.nextInt(2);
      int pixels = 1 + random.nextInt(seed % 2 == 0 ? 300 : 20_000);
      byte[] stored = new byte[bytesPerPixel * pixels];
      byte[] labels = new byte[pixels];
      for (int i = 0; i < pixels; ) {
        int value = random.nextBoolean() ? 24000 + random.nextInt(2) : random.nextInt(1 << 16);
        int label = random.nextInt(4) == 0 ? LabelSpace.VOID : random.nextInt(space.size());
        int longest = random.nextInt(6) == 0 ? 700 : 20;
        for (int n = random.nextInt(longest); n >= 0 && i < pixels; n--, i++) {
          labels[i] = (byte) label;
          stored[bytesPerPixel * (i + 1) - 1] = (byte) value;
          if (bytesPerPixel == 2) {
            stored[2 * i] = (byte) (value >> 8);
          }
        }
      }
      RawLabels raw = RawLabels.of(1, pixels, bytesPerPixel, stored);
      int[] found = new int[pixels];
      Arrays.fill(found, -1);
      decoder.decode(raw, labels, found);
      assertArrayEquals(found, byRuns(decoder, raw, labels), "seed " + seed);
      for (int i = 0; i < pixels; i++) {
        int label = labels[i] & 0xFF;
        boolean counted = label < space.size() && space.classes().get(label).instances();
        assertEquals(
            numbers.object(raw.value(i), counted), found[i], "seed " + seed + ", pixel " + i);
      }
    }
  }

  /** As few runs as there can be, or one array less and they are too many. */
  private static int[] byRuns(ObjectDecoder decoder, RawLabels raw, byte[] labels) {
    int pixels = labels.length;
    int[] starts = new int[pixels];
    int[] numbers = new int[pixels];
    int runs = decoder.runs(raw, labels, starts, numbers);
    int[] ids = Instances.ofRuns(1, pixels, starts, numbers, runs, int[]::new).ids();
    int changes = 0;
    for (int i = 1; i < pixels; i++) {
      changes += ids[i] != ids[i - 1] ? 1 : 0;
    }
    assertEquals(changes + 1, runs);
    int[] few = new int[runs - 1];
    assertEquals(ObjectDecoder.TOO_MANY, decoder.runs(raw, labels, few, new int[runs - 1]));
    return ids;
  }
}
