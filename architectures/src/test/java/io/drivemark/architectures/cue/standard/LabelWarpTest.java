package io.drivemark.architectures.cue.standard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.cue.PlantedPath;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.RgbImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LabelWarpTest {
  private static byte[] moved(byte[] labels, float dx, float dy) {
    LabelMap then = LabelMap.of(PlantedPath.space(6), 2, 3, labels);
    return LabelWarp.moved(then, new float[] {dx, dy}, 1, 1, 4).pixels();
  }

  @Test
  void eachPixelTakesTheLabelOfWhereItWasAndItsOwnFromOutside() {
    byte[] labels = {0, 1, 2, 3, 4, 5};
    assertArrayEquals(labels, moved(labels, 0, 0));
    assertArrayEquals(new byte[] {1, 2, 2, 4, 5, 5}, moved(labels, 0.25f, 0)); // one to the right
    assertArrayEquals(new byte[] {0, 0, 1, 3, 3, 4}, moved(labels, -0.25f, 0));
    assertArrayEquals(new byte[] {3, 4, 5, 3, 4, 5}, moved(labels, 0, 0.25f));
    assertArrayEquals(labels, moved(labels, 100, 0));
    assertArrayEquals(labels, moved(labels, Float.NaN, 0));
  }

  @Test
  void placesAreRoundedToTheNearestPixel() {
    byte[] labels = {0, 1, 2, 3, 4, 5};
    assertArrayEquals(labels, moved(labels, 0.12f, 0));
    assertArrayEquals(new byte[] {1, 2, 2, 4, 5, 5}, moved(labels, 0.13f, 0));
    assertArrayEquals(labels, moved(labels, -0.12f, 0));
    assertArrayEquals(new byte[] {0, 0, 1, 3, 3, 4}, moved(labels, -0.13f, 0));
  }

  @Test
  void flowIsInterpolatedBetweenThePixelsOfTheSmallPicture() {
    LabelMap then = LabelMap.of(PlantedPath.space(8), 1, 8, new byte[] {0, 1, 2, 3, 4, 5, 6, 7});
    float[] flow = {0, 0, 1, 0}; // from 0 in the left half's middle to 4 pixels in the right's
    assertArrayEquals(
        new byte[] {0, 1, 3, 5, 7, 5, 6, 7}, LabelWarp.moved(then, flow, 1, 2, 4).pixels());
  }

  @Test
  void aSmallPictureHasTheMeanLevelOfEachBlock() {
    byte[] pixels = new byte[3 * 2 * 3];
    Arrays.fill(pixels, 0, 3, (byte) 255); // one white pixel of 2x3
    pixels[3 * 2] = (byte) 255; // a red one in the last column
    GreyPicture small = GreyPicture.of(RgbImage.of(2, 3, pixels), 2);
    assertEquals(1, small.height());
    assertEquals(2, small.width());
    assertEquals(63, small.level(0, 0));
    assertEquals(38, small.level(0, 1)); // 77·255/(256·2) = 38.35
    assertEquals(255, GreyPicture.of(RgbImage.of(1, 1, new byte[] {-1, -1, -1}), 8).level(0, 0));
  }
}
