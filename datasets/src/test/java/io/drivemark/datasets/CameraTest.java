package io.drivemark.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CameraTest {
  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void focalLengthAndHeightAreFiniteAndAboveZero(double wrong) {
    assertThrows(IllegalArgumentException.class, () -> new Camera(wrong, 1, 1, 1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Camera(1, 1, 1, wrong, 0, 0));
  }

  @Test
  void theMessageSaysWhatWasFound() {
    assertEquals(
        "camera: focal length 450.0 pixels, axis at (180.0, 240.0), 1.4 m above the road, pitch NaN,"
            + " roll 0.0; expected finite numbers, focal length and height above 0",
        assertThrows(
                IllegalArgumentException.class, () -> new Camera(450, 180, 240, 1.4, Double.NaN, 0))
            .getMessage());
  }

  @Test
  void aGridOfAnotherSizeHasOtherPixels() {
    assertEquals(
        new Camera(900, 225, 90, 480, 1.3, 0.02, -0.01),
        new Camera(450, 180, 240, 1.3, 0.02, -0.01).scaled(0.5, 2));
  }
}
