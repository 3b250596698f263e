package io.drivemark.datasets.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.opencv.core.Core;

class OpticalFlowTest {
  private static final int HEIGHT = 48;
  private static final int WIDTH = 64;

  /** A smooth pattern, moved to the left and up. */
  private static byte[] picture(int right, int down) {
    byte[] out = new byte[HEIGHT * WIDTH];
    for (int i = 0; i < out.length; i++) {
      double x = i % WIDTH + right;
      double y = i / WIDTH + down;
      out[i] =
          (byte)
              (128
                  + 40 * Math.sin(x / 2.3)
                  + 40 * Math.sin(y / 2.1 + x / 9)
                  + 40 * Math.sin((x + 2 * y) / 5));
    }
    return out;
  }

  private static float median(float[] flow, int component) {
    float[] some = new float[flow.length / 2];
    for (int i = 0; i < some.length; i++) {
      some[i] = flow[2 * i + component];
    }
    Arrays.sort(some);
    return some[some.length / 2];
  }

  @Test
  void saysHowFarToTheRightAndDownAPixelLiesInTheOtherPicture() {
    float[] flow = OpticalFlow.between(picture(2, 0), picture(0, 0), HEIGHT, WIDTH);
    assertEquals(2, median(flow, 0), 0.2);
    assertEquals(0, median(flow, 1), 0.2);
    flow = OpticalFlow.between(picture(0, 0), picture(0, 1), HEIGHT, WIDTH);
    assertEquals(0, median(flow, 0), 0.2);
    assertEquals(-1, median(flow, 1), 0.2);
  }

  @Test
  void aPictureThatStandsStillDoesNotMove() {
    float[] flow = OpticalFlow.between(picture(0, 0), picture(0, 0), HEIGHT, WIDTH);
    assertArrayEquals(new float[2 * HEIGHT * WIDTH], flow, 1e-3f);
  }

  @Test
  void givesTheSameNumbersEachTimeAndOnEachThread() throws Exception {
    float[] alone = OpticalFlow.between(picture(3, 1), picture(0, 0), HEIGHT, WIDTH);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<float[]>> together = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        together.add(
            pool.submit(() -> OpticalFlow.between(picture(3, 1), picture(0, 0), HEIGHT, WIDTH)));
      }
      for (Future<float[]> each : together) {
        assertArrayEquals(alone, each.get());
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void givesTheSameNumbersHoweverManyThreadsOpenCvHasAndLeavesThemAlone() {
    float[] alone = OpticalFlow.between(picture(3, 1), picture(0, 0), HEIGHT, WIDTH);
    int before = Core.getNumThreads();
    try {
      for (int threads = 1; threads <= 4; threads++) {
        Core.setNumThreads(threads);
        int had = Core.getNumThreads();
        assertArrayEquals(
            alone,
            OpticalFlow.between(picture(3, 1), picture(0, 0), HEIGHT, WIDTH),
            threads + " threads");
        assertEquals(had, Core.getNumThreads());
      }
    } finally {
      Core.setNumThreads(before);
    }
  }

  @Test
  void picturesOfOtherSizesAreRefused() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> OpticalFlow.between(new byte[144], new byte[143], 12, 12));
    assertEquals("flow of 12x12 between 144 and 143", e.getMessage());
  }
}
