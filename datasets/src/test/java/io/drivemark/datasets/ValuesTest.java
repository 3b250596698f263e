package io.drivemark.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.LabelCoding.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ValuesTest {
  private static final LabelClass GROUND = new LabelClass("ground", 1, "flat", false, false);

  @Test
  void spaceFindsItsClassesByExactName() {
    assertEquals(3, Spaces.THREE.size());
    assertEquals(OptionalInt.of(2), Spaces.THREE.indexOf("person"));
    assertEquals(OptionalInt.empty(), Spaces.THREE.indexOf("Person"));
    assertEquals(List.of("ground", "wall", "person"), Spaces.THREE.classNames());
  }

  @Test
  void spaceRefusesNoClassTooManyAndTwins() {
    assertEquals(
        "label space s: 1 to 255 classes are possible, found 0",
        message(() -> new LabelSpace("s", List.of())));
    assertEquals(
        "label space s: class ground occurs twice",
        message(() -> new LabelSpace("s", List.of(GROUND, GROUND))));
    assertEquals(
        "class x: colour is not 24-bit RGB: 16777216",
        message(() -> new LabelClass("x", 0x1000000, "", false, false)));
  }

  @Test
  void mapHoldsOnlyClassesAndVoid() {
    LabelMap map = Spaces.map(2, 2, 0, 2, 255, 1);
    assertEquals(255, map.at(1, 0));
    assertEquals(2, map.at(0, 1));
    assertEquals(
        "label map: value 3 at row 1, column 0 is no class of three (0..2, 255 = void)",
        message(() -> Spaces.map(2, 2, 0, 2, 3, 1)));
    for (int at = 0; at < 105; at++) {
      int[] values = new int[105];
      Arrays.fill(values, 0, at, 2);
      values[at] = 254;
      assertEquals(
          "label map: value 254 at row "
              + at / 7
              + ", column "
              + at % 7
              + " is no class of three (0..2, 255 = void)",
          message(() -> Spaces.map(15, 7, values)));
    }
    assertEquals("label map: 2x2 does not fit 3 pixels", message(() -> Spaces.map(2, 2, 0, 1, 2)));
  }

  @Test
  void equalMapsHaveEqualPixelsSizeAndSpace() {
    assertEquals(Spaces.map(1, 2, 0, 1), Spaces.map(1, 2, 0, 1));
    assertEquals(Spaces.map(1, 2, 0, 1).hashCode(), Spaces.map(1, 2, 0, 1).hashCode());
    assertNotEquals(Spaces.map(1, 2, 0, 1), Spaces.map(2, 1, 0, 1));
    assertNotEquals(Spaces.map(1, 2, 0, 1), Spaces.map(1, 2, 0, 2));
  }

  @Test
  void codingRefusesValuesOfTwoMeanings() {
    assertEquals(
        "coding of three: raw value 5 is a class and void",
        message(() -> Spaces.coding(Kind.INDEX, List.of(5), false, 5, 1)));
    assertEquals(
        "coding of three: raw value 5 maps to no class: 3",
        message(() -> Spaces.coding(Kind.INDEX, List.of(), false, 5, 3)));
  }

  @Test
  void arraysMustFitTheirSize() {
    assertEquals(
        "image: 2x2x3 does not fit 11 bytes", message(() -> RgbImage.of(2, 2, new byte[11])));
    assertEquals("depth: 2x2 does not fit 5 values", message(() -> Depth.of(2, 2, new float[5])));
    assertEquals(
        "instances: 0x2 does not fit 0 values", message(() -> Instances.of(0, 2, new int[0])));
  }

  @Test
  void sampleNeedsEqualSizes() {
    RgbImage image = RgbImage.of(1, 2, new byte[6]);
    assertEquals(
        "sample a: image is 1x2 but its labels are 2x1",
        message(() -> Sample.of("a", image, Spaces.map(2, 1, 0, 0))));
    Sample sample = Sample.of("a", image, Spaces.map(1, 2, 0, 0));
    assertEquals(Optional.empty(), sample.depth());
    assertEquals(Map.of(), sample.attributes());
  }

  @Test
  void requestIsRefinedStepByStep() {
    DatasetRequest request =
        DatasetRequest.of("synthdrive", "val").withOption("seed", "1").withLimit(4);
    assertEquals(Map.of("seed", "1"), request.options());
    assertEquals(OptionalInt.of(4), request.limit());
    assertEquals("limit is 0, expected at least 1", message(() -> request.withLimit(0)));
  }

  private static String message(Executable action) {
    return assertThrows(IllegalArgumentException.class, action).getMessage();
  }

  @Test
  void eachTaskHasItsWord() {
    assertEquals(List.of("segmentation", "depth"), Task.words());
    assertEquals(Optional.of(Task.DEPTH), Task.of("depth"));
    assertEquals(Optional.empty(), Task.of("Depth"));
  }
}
