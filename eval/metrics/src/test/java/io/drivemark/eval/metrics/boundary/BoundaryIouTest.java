package io.drivemark.eval.metrics.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.Maps;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Metrics;
import io.drivemark.problem.BadInputException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundaryIouTest {

  /** One erosion by a 3×3 square of a mask in a ring of zeros, from the definition. */
  static boolean[] eroded(boolean[] mask, int height, int width) {
    boolean[] out = new boolean[mask.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean all = true;
        for (int v = y - 1; v <= y + 1; v++) {
          for (int u = x - 1; u <= x + 1; u++) {
            all &= v >= 0 && v < height && u >= 0 && u < width && mask[v * width + u];
          }
        }
        out[y * width + x] = all;
      }
    }
    return out;
  }

  static boolean[] mask(byte[] labels, int c) {
    boolean[] mask = new boolean[labels.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (labels[i] & 0xFF) == c;
    }
    return mask;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {31, 32, 33})
  void runsAreTheRowsOfAMap(long seed) {
    Random random = new Random(seed);
    int height = 1 + random.nextInt(12);
    int width = 1 + random.nextInt(200); // more runs than are made room for at first
    byte[] labels = new byte[height * width];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (random.nextInt(3) == 0 ? LabelSpace.VOID : i % width / 7);
    }
    Runs runs = new Runs(labels, height, width);
    for (int y = 0; y < height; y++) {
      int from = 0;
      for (int run = runs.first(y); run < runs.first(y + 1); run++) {
        for (int x = from; x < runs.end(run); x++) {
          assertEquals(runs.label(y, run), labels[y * width + x] & 0xFF, "seed " + seed);
        }
        from = runs.end(run);
        assertTrue(
            from == width || labels[y * width + from] != labels[y * width + from - 1],
            "seed " + seed + ": the run in row " + y + " goes on at " + from);
      }
      assertEquals(width, from, "seed " + seed + ", row " + y);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void distancesAreToTheNearestOtherLabelInside(long seed) {
    Random random = new Random(seed);
    int height = 23;
    int width = 31;
    byte[] labels = Maps.regions(height, width, 3, random);
    LabelDistance distance = LabelDistance.of(labels, height, width);
    for (int i = 0; i < labels.length; i++) {
      int nearest = LabelDistance.CAP;
      for (int j = 0; j < labels.length; j++) {
        if (labels[i] != labels[j]) {
          nearest =
              Math.min(
                  nearest,
                  Math.max(Math.abs(i / width - j / width), Math.abs(i % width - j % width)));
        }
      }
      assertEquals(nearest, distance.at(i), "seed " + seed + ", pixel " + i);
    }
  }

  @Test
  void aMapOfOneLabelHasNoBorder() {
    byte[] one = new byte[7 * 300];
    assertEquals(LabelDistance.CAP, LabelDistance.of(one, 7, 300).at(900));
    assertEquals(
        "label distance: 7x299 does not fit 2100 pixels",
        assertThrows(IllegalArgumentException.class, () -> LabelDistance.of(one, 7, 299))
            .getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "1024, 2048, 46",
    "720, 1280, 29",
    "720, 960, 24",
    "360, 480, 12",
    "375, 1242, 26",
    "1080, 1920, 44",
    "1208, 1920, 45",
    "375, 500, 12", // 12.5, half to even
    "105, 140, 4", // 3.5
    "1, 1, 1"
  })
  void widthsOfTheOfficialRule(int height, int width, int expected) {
    assertEquals(expected, BoundaryIou.defaults().width(height, width));
  }

  /** Left half class 5, right half class 8, the predicted border 4 pixels too far left, d = 3. */
  @Test
  void theExampleOfTheDefinition() {
    BoundaryCounts counts =
        BoundaryIou.defaults().count(halves(64, 128, 64), halves(64, 128, 60), 3);
    assertEquals(MetricValue.of(534.0 / 906), counts.iou(5));
    assertEquals(MetricValue.of(558.0 / 930), counts.iou(8));
    ConfusionAccumulator plain = new ConfusionAccumulator(counts.space());
    plain.add(halves(64, 128, 64), halves(64, 128, 60));
    assertEquals(MetricValue.of(0.9375), Metrics.iou(plain.matrix(), 5));
    assertEquals(MetricValue.of(16.0 / 17), Metrics.iou(plain.matrix(), 8));
    assertEquals(counts.iou(5), counts.smallerOfBoth(plain.matrix(), 5));
    assertFalse(counts.iou(0).isDefined());
    assertFalse(counts.smallerOfBoth(plain.matrix(), 0).isDefined());
    assertEquals((534.0 / 906 + 558.0 / 930) / 2, counts.miou().value().orElseThrow(), 1e-15);
  }

  /** A border planted s pixels too far left moves each count by a closed form. */
  @Test
  void aPlantedShiftMovesTheValueAsComputed() {
    int h = 40;
    int a = 50;
    for (int d = 1; d <= 6; d++) {
      for (int s = 0; s <= 8; s++) {
        BoundaryCounts counts =
            BoundaryIou.defaults().count(halves(h, 100, a), halves(h, 100, a - s), d);
        long inner = h - 2L * d;
        long truth = (long) h * a - inner * (a - 2 * d);
        long predicted = (long) h * (a - s) - inner * (a - s - 2 * d);
        long both = 2L * d * (a - s) + inner * d + inner * Math.max(0, d - s);
        assertEquals(truth, counts.truth(5), "d " + d + ", s " + s);
        assertEquals(predicted, counts.predicted(5), "d " + d + ", s " + s);
        assertEquals(both, counts.both(5), "d " + d + ", s " + s);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13})
  void countsEqualThoseOfErodedMasksUnderBothVoidRules(long seed) {
    Random random = new Random(seed);
    int height = 50;
    int width = 70;
    int d = 1 + random.nextInt(5);
    byte[] t = Maps.regions(height, width, 4, random);
    byte[] p = Maps.perturbed(t, 4, random);
    LabelSpace space = Maps.space(4);
    LabelMap truth = LabelMap.of(space, height, width, t);
    LabelMap prediction = LabelMap.of(space, height, width, p);
    for (BoundaryIou.Near near : BoundaryIou.Near.values()) {
      BoundaryCounts counts = new BoundaryIou(0.02, near).count(truth, prediction, d);
      for (int c = 0; c < 4; c++) {
        boolean[] ofTruth = boundary(mask(t, c), height, width, d);
        boolean[] ofPrediction = boundary(mask(p, c), height, width, d);
        long[] expected = new long[3];
        for (int i = 0; i < t.length; i++) {
          if (judged(t, height, width, i, near == BoundaryIou.Near.VOID_JUDGED ? 0 : d)) {
            expected[0] += ofTruth[i] ? 1 : 0;
            expected[1] += ofPrediction[i] ? 1 : 0;
            expected[2] += ofTruth[i] && ofPrediction[i] ? 1 : 0;
          }
        }
        assertEquals(
            Arrays.toString(expected),
            Arrays.toString(new long[] {counts.truth(c), counts.predicted(c), counts.both(c)}),
            "seed " + seed + ", " + near + ", class " + c);
      }
      assertEquals(counts, BoundaryCounts.of(space, counts.numbers()));
      assertEquals(counts, counts.plus(BoundaryCounts.of(space, new long[12])));
    }
  }

  private static boolean[] boundary(boolean[] mask, int height, int width, int d) {
    boolean[] inner = mask;
    for (int n = 0; n < d; n++) {
      inner = eroded(inner, height, width);
    }
    boolean[] out = new boolean[mask.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = mask[i] && !inner[i];
    }
    return out;
  }

  /** Whether no void lies within d. */
  private static boolean judged(byte[] truth, int height, int width, int i, int d) {
    for (int y = Math.max(0, i / width - d); y <= Math.min(height - 1, i / width + d); y++) {
      for (int x = Math.max(0, i % width - d); x <= Math.min(width - 1, i % width + d); x++) {
        if ((truth[y * width + x] & 0xFF) == LabelSpace.VOID) {
          return false;
        }
      }
    }
    return true;
  }

  @Test
  void permutedClassesPermuteTheValues() {
    Random random = new Random(21);
    byte[] t = Maps.regions(40, 60, 5, random);
    byte[] p = Maps.perturbed(t, 5, random);
    int[] to = {3, 0, 4, 1, 2};
    LabelSpace space = Maps.space(5);
    BoundaryCounts before =
        BoundaryIou.defaults()
            .count(LabelMap.of(space, 40, 60, t), LabelMap.of(space, 40, 60, p), 2);
    BoundaryCounts after =
        BoundaryIou.defaults()
            .count(
                LabelMap.of(space, 40, 60, permuted(t, to)),
                LabelMap.of(space, 40, 60, permuted(p, to)),
                2);
    for (int c = 0; c < 5; c++) {
      assertEquals(before.iou(c), after.iou(to[c]));
    }
  }

  private static byte[] permuted(byte[] labels, int[] to) {
    byte[] out = labels.clone();
    for (int i = 0; i < out.length; i++) {
      int label = out[i] & 0xFF;
      out[i] = label < to.length ? (byte) to[label] : out[i];
    }
    return out;
  }

  @Test
  void whatDoesNotFitIsRefused() {
    LabelMap small = halves(4, 8, 4);
    assertEquals(
        "boundary IoU: the prediction is 4x8, the truth 64x128 (height x width); bring the"
            + " prediction onto the truth's grid",
        assertThrows(
                BadInputException.class,
                () -> BoundaryIou.defaults().count(halves(64, 128, 64), small))
            .getMessage());
    assertEquals(
        "boundary: a width of 1 to 254 pixels is needed, got 255",
        assertThrows(
                IllegalArgumentException.class,
                () -> BoundaryIou.defaults().count(small, small, 255))
            .getMessage());
    assertEquals(
        "boundary IoU: the ratio must lie in (0, 1), got NaN",
        assertThrows(
                IllegalArgumentException.class,
                () -> new BoundaryIou(Double.NaN, BoundaryIou.Near.VOID_JUDGED))
            .getMessage());
    assertEquals(
        "boundary counts: class 0 has 4 pixels in both boundaries of 3 and 5 pixels",
        assertThrows(
                IllegalArgumentException.class,
                () -> BoundaryCounts.of(Maps.space(1), new long[] {3, 5, 4}))
            .getMessage());
  }

  static LabelMap halves(int height, int width, int border) {
    byte[] labels = new byte[height * width];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % width < border ? 5 : 8);
    }
    return LabelMap.of(Maps.space(9), height, width, labels);
  }
}
