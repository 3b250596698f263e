package io.drivemark.eval.metrics.driving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Camera;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RoadPlane;
import io.drivemark.eval.metrics.driving.Stixels.Stixel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Label maps cut into strips of few segments. */
class StixelsTest {
  private static final LabelSpace SPACE =
      new LabelSpace(
          "s",
          List.of(
              new LabelClass("road", 0, "flat", false, false),
              new LabelClass("car", 1, "vehicle", true, false),
              new LabelClass("sky", 2, "sky", false, false)));

  private static LabelMap map(int width, int... labels) {
    byte[] out = new byte[labels.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) labels[i];
    }
    return LabelMap.of(SPACE, labels.length / width, width, out);
  }

  @Test
  void aSegmentThatIsShorterThanItsPriceIsNotCutOut() {
    int[] column = {0, 0, 1, 0, 0, 2, 2, 2};
    List<Stixel> cut = Stixels.cut(column, 15);
    assertEquals(List.of(new Stixel(0, 5, 0), new Stixel(5, 8, 2)), cut);
    assertEquals(40, Stixels.cost(column, cut, 15), "tenths of a row");
  }

  /** All ways to cut a short column, priced one by one. */
  @Test
  void noOtherCutIsCheaper() {
    long seed = 11;
    Random random = new Random(seed);
    for (int trial = 0; trial < 300; trial++) {
      int[] rows = random.ints(1 + random.nextInt(7), 0, 3).toArray();
      int price = random.nextInt(40);
      List<Stixel> cut = Stixels.cut(rows, price);
      long least = Long.MAX_VALUE;
      for (int labels = 0; labels < Math.pow(3, rows.length); labels++) {
        List<Stixel> other = new ArrayList<>();
        int rest = labels;
        int top = 0;
        int before = rest % 3;
        for (int y = 0; y <= rows.length; y++) {
          int label = y == rows.length ? -1 : rest % 3;
          if (label != before) {
            other.add(new Stixel(top, y, before));
            top = y;
            before = label;
          }
          rest /= 3;
        }
        least = Math.min(least, Stixels.cost(rows, other, price));
      }
      String which = "seed " + seed + ", trial " + trial + ": " + Arrays.toString(rows);
      assertEquals(least, Stixels.cost(rows, cut, price), which + " at " + price);
      assertEquals(0, cut.get(0).top(), which);
      assertEquals(rows.length, cut.get(cut.size() - 1).end(), which);
    }
  }

  @Test
  void aStripHasTheLabelOfMostOfItsPixels() {
    LabelMap map = map(3, 0, 1, 1, 2, 0, 1, 0, 0, 2);
    Stixels stixels = Stixels.of(map, 3, 0);
    assertEquals(
        List.of(List.of(new Stixel(0, 1, 1), new Stixel(1, 3, 0))),
        stixels.strips(),
        "of equals 0");
    assertEquals(map(3, 1, 1, 1, 0, 0, 0, 0, 0, 0), stixels.redrawn(SPACE));
    assertEquals(2, stixels.count());
    assertEquals(7, stixels.bytes());
    assertEquals(2, Stixels.of(map, 2, 0).strips().size(), "the last one is narrower");
    LabelMap plain = map(3, 2, 2, 2, 2, 2, 2, 0, 0, 0);
    assertEquals(plain, Stixels.of(plain, 3, 10).redrawn(SPACE));
  }

  @Test
  void obstaclesOnTheRoadAreMatchedByTheirRows() {
    int[] truth = new int[100];
    int[] prediction = new int[100];
    Arrays.fill(truth, 0, 50, 2);
    Arrays.fill(truth, 50, 70, 1);
    Arrays.fill(prediction, 0, 48, 2);
    Arrays.fill(prediction, 48, 76, 1);
    boolean[] drivable = new boolean[256];
    drivable[0] = true;
    RoadPlane road = new RoadPlane(new Camera(100, 50, 0.5, 1.3, 0, 0));
    StixelCounts counts =
        StixelCounts.of(
            map(1, truth),
            Stixels.of(map(1, truth)),
            Stixels.of(map(1, prediction)),
            drivable,
            Optional.of(road));
    // feet at rows 70 and 76: 6.5 m and 5 m; the sky's at the horizon, no obstacle
    assertEquals(new StixelCounts(3, 3, 10, 1, 1, 1, 1500), counts);
    Arrays.fill(prediction, 48, 60, 2);
    StixelCounts half =
        StixelCounts.of(
            map(1, truth),
            Stixels.of(map(1, truth)),
            Stixels.of(map(1, prediction)),
            drivable,
            Optional.empty());
    assertEquals(1, half.obstacles(), "without a camera what stands right above the road");
    assertEquals(0, half.matched(), "10 rows of 26");
    assertEquals(0, half.feet());
    assertTrue(Stixels.rowIou(new Stixel(0, 5, 1), new Stixel(5, 9, 1)) == 0);
  }
}
