package io.drivemark.datasets.synth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Frame;
import io.drivemark.datasets.RightView;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the right camera sees is what the photograph and its distances say it must see. */
class SynthStereoTest {
  private static final int HEIGHT = 128;
  private static final int WIDTH = 256;

  /** Differences of one pair, by how its right image is read. */
  private record Differences(double moved, double still, long pixels) {}

  private static SynthDrive clearDays(int count) {
    SynthOptions mixed = SynthOptions.of(count, 3, HEIGHT, WIDTH, "train");
    return new SynthDrive(
        new SynthOptions(
            count,
            3,
            HEIGHT,
            WIDTH,
            "train",
            1,
            mixed.framesPerSecond(),
            Optional.of(Weather.CLEAR),
            Optional.of(Daylight.DAY)));
  }

  @Test
  void everyPointIsInItsRowMovedByItsDisparity() {
    SynthDrive drives = clearDays(6);
    for (int i = 0; i < drives.ids().size(); i++) {
      Differences found = differences(drives.frame(i));
      String what = drives.ids().get(i) + ": " + found;
      assertTrue(found.pixels() > HEIGHT * WIDTH / 5, what);
      // Noise of either sensor is up to 3 of 255 levels, and edges are half a pixel off.
      assertTrue(found.moved() < 6, what);
      assertTrue(found.still() > 2 * found.moved(), what);
    }
  }

  /**
   * Mean absolute differences of green between the photograph and the right image, over pixels
   * whose point is seen by both: no nearer surface covers its place on the right.
   */
  private static Differences differences(Frame frame) {
    RightView right = frame.right().orElseThrow();
    assertEquals(0.54, right.baselineMetres());
    assertEquals(frame.camera().orElseThrow().focalPixels(), right.focalPixels());
    byte[] left = frame.image().pixels();
    byte[] other = right.image().pixels();
    float[] metres = frame.depth().orElseThrow().metres();
    double moved = 0;
    double still = 0;
    long pixels = 0;
    for (int row = 0; row < HEIGHT; row++) {
      double[] nearest = nearestByRightColumn(metres, row, right);
      for (int x = 0; x < WIDTH; x++) {
        int at = row * WIDTH + x;
        double column = x - right.disparity(metres[at]);
        int from = (int) Math.floor(column);
        boolean seen =
            metres[at] < 60
                && from >= 0
                && from + 1 < WIDTH
                && nearest[from] > 0.98 * metres[at]
                && nearest[from + 1] > 0.98 * metres[at];
        if (!seen) {
          continue;
        }
        double share = column - from;
        int base = 3 * (row * WIDTH + from) + 1;
        double there = (1 - share) * (other[base] & 255) + share * (other[base + 3] & 255);
        int here = left[3 * at + 1] & 255;
        moved += Math.abs(here - there);
        still += Math.abs(here - (other[3 * at + 1] & 255));
        pixels++;
      }
    }
    return new Differences(moved / pixels, still / pixels, pixels);
  }

  private static double[] nearestByRightColumn(float[] metres, int row, RightView right) {
    double[] nearest = new double[WIDTH];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    for (int x = 0; x < WIDTH; x++) {
      float z = metres[row * WIDTH + x];
      if (!Float.isNaN(z)) {
        double column = x - right.disparity(z);
        for (int c = (int) Math.floor(column) - 1; c <= Math.floor(column) + 2; c++) {
          if (c >= 0 && c < WIDTH) {
            nearest[c] = Math.min(nearest[c], z);
          }
        }
      }
    }
    return nearest;
  }

  @Test
  void thePairIsTheSameEachTimeAndItsNoiseItsOwn() {
    SynthDrive drives = new SynthDrive(SynthOptions.of(4, 9, 64, 128, "val"));
    for (int i = 0; i < 4; i++) {
      byte[] once = drives.frame(i).right().orElseThrow().image().pixels();
      assertArrayEquals(once, drives.frame(i).right().orElseThrow().image().pixels());
      assertFalse(Arrays.equals(once, drives.frame(i).image().pixels()));
    }
  }
}
