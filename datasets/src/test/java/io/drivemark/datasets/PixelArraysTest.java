package io.drivemark.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.drivemark.datasets.coding.PredictionCodec;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.image.ImageCodec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelArraysTest {
  private static final LabelSpace SPACE =
      new LabelSpace(
          "two",
          List.of(
              new LabelClass("road", 0x804080, "flat", false, false),
              new LabelClass("car", 0x00008E, "vehicle", true, false)));

  @Test
  void arraysComeBackWithTheNextFrameAndNotBefore() {
    PixelArrays arrays = new PixelArrays();
    byte[] first = arrays.take(6);
    byte[] second = arrays.take(6);
    assertNotSame(first, second);
    arrays.next();
    assertSame(first, arrays.take(6));
    assertEquals(5, arrays.take(5).length);
    assertSame(second, arrays.take(6));
  }

  @Test
  void numbersAndBytesAreKeptApart() {
    PixelArrays arrays = new PixelArrays();
    int[] numbers = arrays.takeInts(6);
    byte[] bytes = arrays.take(6);
    arrays.next();
    assertSame(bytes, arrays.take(6));
    assertSame(numbers, arrays.takeInts(6));
    assertNotSame(numbers, arrays.takeInts(6));
  }

  @Test
  void arraysThatAFrameDidNotNeedAreForgotten() {
    PixelArrays arrays = new PixelArrays();
    byte[] first = arrays.take(6);
    arrays.next();
    arrays.take(5);
    arrays.next();
    assertNotSame(first, arrays.take(6));
  }

  @Test
  void filesReadIntoUsedArraysAreReadAsIntoNewOnes(@TempDir Path folder) {
    LabelCoding coding =
        new LabelCoding(
            LabelCoding.Kind.INDEX, SPACE, Map.of(7, 0, 26, 1), new TreeSet<>(List.of(0)), false);
    PixelArrays arrays = new PixelArrays();
    for (PredictionEncoding encoding : PredictionEncoding.values()) {
      PredictionCodec codec = new PredictionCodec(encoding, coding);
      for (byte[] labels : List.of(new byte[] {0, 1, 1, -1}, new byte[] {1, 0, -1, 0})) {
        LabelMap map = LabelMap.of(SPACE, 2, 2, labels);
        Path file = folder.resolve(encoding.word() + ".png");
        codec.write(file, map);
        arrays.next();
        assertEquals(map, codec.read(file, 2, 2, arrays).map());
        assertEquals(map, codec.read(file, 2, 2).map());
      }
    }
    assertEquals(4, ImageCodec.readRaw(folder.resolve("train-ids.png"), arrays).bytes().length);
  }
}
