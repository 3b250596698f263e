package io.drivemark.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("text")
class InstancesTest {
  @Test
  void theExampleByHand() {
    Instances objects =
        Instances.ofRuns(2, 2, new int[] {0, 1, 3, 9}, new int[] {0, 7, 0, 9}, 3, int[]::new);
    assertArrayEquals(new int[] {0, 7, 7, 0}, objects.ids());
    assertSame(objects.ids(), objects.ids());
    objects.forEachRun((number, from, to) -> assertEquals("7 1 3", number + " " + from + " " + to));
  }

  @Test
  void pixelsAndRunsAreTheSameObjects() {
    for (long seed = 1; seed <= 40; seed++) {
      Random random = new Random(seed);
      int pixels = 1 + random.nextInt(200);
      int[] ids = new int[pixels];
      int[] starts = new int[pixels];
      int[] numbers = new int[pixels];
      int runs = 0;
      for (int i = 0; i < pixels; runs++) {
        starts[runs] = i;
        numbers[runs] = random.nextInt(3); // neighbours may be of one object
        for (int n = random.nextInt(30); n >= 0 && i < pixels; n--, i++) {
          ids[i] = numbers[runs];
        }
      }
      Instances byRuns = Instances.ofRuns(1, pixels, starts, numbers, runs, int[]::new);
      Instances byPixels = Instances.of(1, pixels, ids);
      assertArrayEquals(ids, painted(byRuns), "seed " + seed);
      assertArrayEquals(ids, painted(byPixels), "seed " + seed);
      assertArrayEquals(ids, byRuns.ids(), "seed " + seed);
    }
  }

  /** The numbers that the visited runs give; pixels that none has are of no object. */
  private static int[] painted(Instances objects) {
    int[] out = new int[objects.height() * objects.width()];
    int[] end = {0};
    objects.forEachRun(
        (number, from, to) -> {
          assertTrue(number != 0 && end[0] <= from && from < to, from + " to " + to);
          end[0] = to;
          for (int i = from; i < to; i++) {
            out[i] = number;
          }
        });
    return out;
  }

  @ParameterizedTest
  @CsvSource({"0,0,0", "1,1,0", "2,0,0", "2,0,4", "3,0,1"})
  void runsThatDoNotFitAreRefused(int runs, int first, int second) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Instances.ofRuns(
                    2, 2, new int[] {first, second}, new int[] {0, 7}, runs, int[]::new));
    assertEquals("instances: " + runs + " runs are not in order within 2x2", e.getMessage());
  }
}
