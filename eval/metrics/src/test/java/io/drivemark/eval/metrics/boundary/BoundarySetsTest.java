package io.drivemark.eval.metrics.boundary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.Maps;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Boundary sets against the definition: a mask minus its d-fold erosion by a 3×3 square. */
class BoundarySetsTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void boundarySetsEqualDFoldErosionForAllWidths(long seed) {
    Random random = new Random(seed);
    int height = 60 + random.nextInt(90);
    int width = 60 + random.nextInt(120);
    // The later the seed, the larger the regions: from a few pixels to most of the image.
    byte[] labels =
        seed < 3
            ? Maps.perturbed(Maps.regions(height, width, 3, random), 3, random)
            : Maps.regions(height, width, 2, random);
    boolean[][] left = new boolean[65][];
    for (int d = 1; d <= 64; d++) {
      left[d] = left(labels, height, width, d);
    }
    for (int c : new int[] {0, 1, 2, LabelSpace.VOID}) {
      boolean[] mask = BoundaryIouTest.mask(labels, c);
      boolean[] inner = mask;
      for (int d = 1; d <= 64; d++) {
        inner = BoundaryIouTest.eroded(inner, height, width);
        for (int i = 0; i < mask.length; i++) {
          assertEquals(
              mask[i] && !inner[i],
              mask[i] && !left[d][i],
              "seed " + seed + ", class " + c + ", d " + d + ", pixel " + i);
        }
      }
    }
  }

  /** The pixels that erosion of their label's mask leaves, one asked after the other. */
  private static boolean[] left(byte[] labels, int height, int width, int d) {
    Runs runs = new Runs(labels, height, width);
    UniformColumns columns = new UniformColumns(runs, d);
    boolean[] left = new boolean[labels.length];
    int[] counts = new int[3];
    for (int y = 0; y < height + d; y++) {
      if (y < height) {
        columns.next();
      }
      for (int x = 0; y >= d && x < width; x++) {
        int i = (y - d) * width + x;
        int label = labels[i] & 0xFF;
        UniformColumns.countLeft(columns, label, columns, label, y - d, x, x + 1, counts);
        left[i] = counts[0] == 1;
        assertArrayEquals(new int[] {counts[0], counts[0], counts[0]}, counts);
      }
    }
    return left;
  }

  /** Of a truth and a prediction with regions wide enough that some pixels outlast 64 erosions. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {14, 15})
  void countsEqualThoseOfErodedMasksUpTo64(long seed) {
    Random random = new Random(seed);
    int height = 230 + random.nextInt(40);
    int width = 300 + random.nextInt(40);
    byte[] t = new byte[height * width];
    for (int i = 0; i < t.length; i++) {
      t[i] = (byte) (i % width > 140 + 20 * Math.sin(Math.floorDiv(i, width) / 9.0) ? 1 : 0);
    }
    for (int block = 0; block < 6; block++) {
      int top = random.nextInt(height - 20);
      int left = random.nextInt(width / 3);
      for (int y = top; y < top + 20; y++) {
        Arrays.fill(t, y * width + left, y * width + left + 9, (byte) (block == 0 ? 255 : 2));
      }
    }
    byte[] p = Arrays.copyOfRange(t, 5, t.length + 5); // 5 columns to the left
    Arrays.fill(p, t.length - 5, t.length, (byte) 1);
    LabelSpace space = Maps.space(3);
    LabelMap truth = LabelMap.of(space, height, width, t);
    LabelMap prediction = LabelMap.of(space, height, width, p);
    boolean[][] inner = new boolean[6][];
    for (int c = 0; c < 3; c++) {
      inner[c] = BoundaryIouTest.mask(t, c);
      inner[3 + c] = BoundaryIouTest.mask(p, c);
    }
    for (int d = 1; d <= 64; d++) {
      BoundaryCounts counts = BoundaryIou.defaults().count(truth, prediction, d);
      for (int c = 0; c < 3; c++) {
        inner[c] = BoundaryIouTest.eroded(inner[c], height, width);
        inner[3 + c] = BoundaryIouTest.eroded(inner[3 + c], height, width);
        long[] expected = new long[3];
        for (int i = 0; i < t.length; i++) {
          boolean judged = t[i] != -1;
          boolean here = judged && t[i] == c && !inner[c][i];
          boolean there = judged && p[i] == c && !inner[3 + c][i];
          expected[0] += here ? 1 : 0;
          expected[1] += there ? 1 : 0;
          expected[2] += here && there ? 1 : 0;
        }
        assertArrayEquals(
            expected,
            new long[] {counts.truth(c), counts.predicted(c), counts.both(c)},
            "seed " + seed + ", d " + d + ", class " + c);
      }
    }
    long left = 0;
    for (boolean pixel : inner[1]) {
      left += pixel ? 1 : 0;
    }
    assertTrue(left > 0, "seed " + seed + ": the widest region is gone before 64 erosions");
  }
}
