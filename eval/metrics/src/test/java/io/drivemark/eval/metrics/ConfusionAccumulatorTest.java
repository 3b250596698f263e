package io.drivemark.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfusionAccumulatorTest {

  /** The plain loop: one cell a pixel, foreign predictions into the last column. */
  private static ConfusionMatrix plainCount(LabelSpace space, byte[] truth, byte[] prediction) {
    int k = space.size();
    long[][] counts = new long[k + 1][k + 1];
    for (int i = 0; i < truth.length; i++) {
      int t = truth[i] & 0xFF;
      int p = prediction[i] & 0xFF;
      counts[t == 255 ? k : t][p >= k ? k : p]++;
    }
    return ConfusionMatrix.of(space, counts);
  }

  private static ConfusionMatrix count(LabelSpace space, byte[] truth, byte[] prediction) {
    ConfusionAccumulator accumulator = new ConfusionAccumulator(space);
    accumulator.add(truth, prediction);
    return accumulator.matrix();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void regionMapsAreCountedAsByThePlainLoop(long seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 20; n++) {
      int height = 1 + random.nextInt(90);
      int width = 1 + random.nextInt(130);
      int classes = 1 + random.nextInt(40);
      byte[] truth = Maps.regions(height, width, classes, random);
      byte[] prediction = Maps.perturbed(truth, classes, random);
      LabelSpace space = Maps.space(classes);
      assertEquals(
          plainCount(space, truth, prediction),
          count(space, truth, prediction),
          "seed " + seed + ", map " + n + " of " + height + "x" + width + "x" + classes);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13})
  void randomBytesAreCountedAsByThePlainLoop(long seed) {
    Random random = new Random(seed);
    for (int length = 0; length < 70; length++) {
      int classes = 1 + random.nextInt(255);
      LabelSpace space = Maps.space(classes);
      byte[] truth = new byte[length];
      byte[] prediction = new byte[length];
      random.nextBytes(prediction); // any value: many are foreign
      for (int i = 0; i < length; i++) {
        truth[i] = (byte) (random.nextInt(5) == 0 ? 255 : random.nextInt(classes));
      }
      assertEquals(
          plainCount(space, truth, prediction),
          count(space, truth, prediction),
          "seed " + seed + ", length " + length);
    }
  }

  /** From one run to a border at every pixel, changing on the way. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {14, 15, 16, 17})
  void mapsOfChangingDensityAreCountedAsByThePlainLoop(long seed) {
    Random random = new Random(seed);
    LabelSpace space = Maps.space(19);
    for (int n = 0; n < 50; n++) {
      byte[] truth = new byte[200 + random.nextInt(400)];
      byte[] prediction = new byte[truth.length];
      double density = 0;
      for (int i = 0; i < truth.length; i++) {
        density = random.nextInt(40) == 0 ? Math.pow(random.nextDouble(), 3) : density;
        truth[i] = next(truth, i, density, random);
        prediction[i] = next(prediction, i, density, random);
      }
      assertEquals(
          plainCount(space, truth, prediction),
          count(space, truth, prediction),
          "seed " + seed + ", map " + n);
    }
  }

  /** Frames of some size are counted another way where they are noise; calm and noise in turn. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {61, 62, 63, 64})
  void noiseIsCountedAsByThePlainLoop(long seed) {
    Random random = new Random(seed);
    LabelSpace space = Maps.space(19);
    byte[] truth = new byte[600 * 512 + random.nextInt(50)];
    byte[] prediction = new byte[truth.length];
    double density = 1;
    int left = 0;
    for (int i = 0; i < truth.length; i++) {
      if (left-- == 0) {
        density = random.nextBoolean() ? 1 : Math.pow(random.nextDouble(), 4);
        left = 1 << random.nextInt(17);
      }
      truth[i] = next(truth, i, density, random);
      prediction[i] = random.nextInt(1000) == 0 ? (byte) 77 : next(prediction, i, density, random);
    }
    ConfusionMatrix expected = plainCount(space, truth, prediction);
    assertEquals(expected, count(space, truth, prediction), "seed " + seed);
    ConfusionAccumulator twice = new ConfusionAccumulator(space);
    twice.add(truth, prediction);
    truth[truth.length - 1 - random.nextInt(200_000)] = 77;
    assertThrows(BadInputException.class, () -> twice.add(truth, prediction), "seed " + seed);
    assertEquals(expected, twice.matrix(), "seed " + seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {65, 66})
  void anyPartitionOfNoiseIntoStretchesGivesTheSameCounts(long seed) {
    Random random = new Random(seed);
    LabelSpace space = Maps.space(19);
    byte[] t = new byte[512 * 600];
    byte[] p = new byte[t.length];
    for (int i = 0; i < t.length; i++) {
      t[i] = next(t, i, 1, random);
      p[i] = next(p, i, 1, random);
    }
    LabelMap truth = LabelMap.of(space, 512, 600, t);
    LabelMap prediction = LabelMap.of(space, 512, 600, p);
    ConfusionAccumulator parts = new ConfusionAccumulator(space);
    for (int from = 0; from < t.length; ) {
      int to = Math.min(t.length, from + random.nextInt(20_000));
      parts.add(truth, prediction, from, to);
      from = to;
    }
    assertEquals(plainCount(space, t, p), parts.matrix(), "seed " + seed);
    parts.add(truth, prediction);
    parts.reset();
    assertEquals(0, parts.matrix().pixels() + parts.matrix().voidPixels());
  }

  /** The label before, or with probability {@code change} any of 19. */
  private static byte next(byte[] labels, int i, double change, Random random) {
    boolean other = i == 0 || random.nextDouble() < change;
    return other ? (byte) random.nextInt(19) : labels[i - 1];
  }

  @Test
  void everyPairOfBytesLandsInItsCell() {
    LabelSpace space = Maps.space(19);
    for (int p = 0; p < 256; p++) {
      for (int t = 0; t < 20; t++) {
        byte[] truth = new byte[49];
        byte[] prediction = new byte[49];
        Arrays.fill(truth, (byte) (t == 19 ? 255 : t));
        Arrays.fill(prediction, (byte) p);
        assertEquals(49, count(space, truth, prediction).count(t, Math.min(p, 19)));
      }
    }
  }

  @Test
  void foreignAndVoidPredictionsShareTheLastColumn() {
    LabelSpace space = Maps.space(2);
    ConfusionMatrix m = count(space, Maps.bytes(0, 0, 0, 1), Maps.bytes(0, 2, 255, 200));
    assertArrayEquals(new long[][] {{1, 0, 2}, {0, 0, 1}}, m.counts());
    assertEquals(4, m.pixels());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 7, 8, 15, 16, 30, 31, 32, 33})
  void foreignTruthNamesTheFirstSuchPixelAndCountsNothing(int at) {
    ConfusionAccumulator accumulator = new ConfusionAccumulator(Maps.space(3));
    accumulator.add(Maps.bytes(1), Maps.bytes(1));
    ConfusionMatrix before = accumulator.matrix();
    byte[] truth = new byte[34];
    truth[at] = 3;
    truth[33] = 77;
    BadInputException e =
        assertThrows(BadInputException.class, () -> accumulator.add(truth, new byte[34]));
    assertEquals(
        "confusion counts: truth value "
            + (at == 33 ? 77 : 3)
            + " at pixel "
            + at
            + " is no class of test-3 (0..2, 255 = void)",
        e.getMessage());
    assertEquals(before, accumulator.matrix());
  }

  @Test
  void foreignTruthInALongRunIsFound() {
    byte[] truth = new byte[64];
    Arrays.fill(truth, (byte) 254);
    BadInputException e =
        assertThrows(BadInputException.class, () -> count(Maps.space(19), truth, new byte[64]));
    assertEquals(
        "confusion counts: truth value 254 at pixel 0 is no class of test-19 (0..18, 255 = void)",
        e.getMessage());
  }

  @Test
  void sizesThatDifferAreNamed() {
    LabelSpace space = Maps.space(2);
    ConfusionAccumulator accumulator = new ConfusionAccumulator(space);
    LabelMap truth = LabelMap.of(space, 2, 3, new byte[6]);
    LabelMap prediction = LabelMap.of(space, 3, 2, new byte[6]);
    assertEquals(
        "confusion counts: the prediction is 3x2, the truth 2x3 (height x width); bring the"
            + " prediction onto the truth's grid",
        assertThrows(BadInputException.class, () -> accumulator.add(truth, prediction))
            .getMessage());
    assertEquals(
        "confusion counts: the prediction has 5 pixels, the truth 6; bring the prediction onto the"
            + " truth's grid",
        assertThrows(BadInputException.class, () -> accumulator.add(new byte[6], new byte[5]))
            .getMessage());
  }

  @Test
  void labelSpacesThatDifferAreNamed() {
    LabelMap two = LabelMap.of(Maps.space(2), 1, 1, new byte[1]);
    LabelMap three = LabelMap.of(Maps.space(3), 1, 1, new byte[1]);
    ConfusionAccumulator accumulator = new ConfusionAccumulator(Maps.space(2));
    assertEquals(
        "confusion counts: the prediction is over label space test-3, the counts over test-2;"
            + " choose a mapping between the two",
        assertThrows(BadInputException.class, () -> accumulator.add(two, three)).getMessage());
    assertEquals(
        "confusion counts: the truth is over label space test-3, the counts over test-2; choose a"
            + " mapping between the two",
        assertThrows(BadInputException.class, () -> accumulator.add(three, two)).getMessage());
  }

  @Test
  void resetForgets() {
    ConfusionAccumulator accumulator = new ConfusionAccumulator(Maps.space(2));
    accumulator.add(new byte[9], new byte[9]);
    accumulator.reset();
    assertEquals(ConfusionMatrix.empty(Maps.space(2)), accumulator.matrix());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {21, 22, 23, 24})
  void anyPartitionOfTheFramesGivesTheSameMatrix(long seed) {
    Random random = new Random(seed);
    LabelSpace space = Maps.space(7);
    ConfusionAccumulator whole = new ConfusionAccumulator(space);
    List<ConfusionAccumulator> parts = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      parts.add(new ConfusionAccumulator(space));
    }
    for (int frame = 0; frame < 30; frame++) {
      byte[] truth = Maps.regions(20, 31, 7, random);
      byte[] prediction = Maps.perturbed(truth, 7, random);
      whole.add(truth, prediction);
      parts.get(random.nextInt(4)).add(truth, prediction);
    }
    List<ConfusionMatrix> matrices =
        new ArrayList<>(parts.stream().map(ConfusionAccumulator::matrix).toList());
    java.util.Collections.shuffle(matrices, random);
    assertEquals(whole.matrix(), ConfusionMatrix.sum(matrices), "seed " + seed);
    ConfusionAccumulator merged = new ConfusionAccumulator(space);
    matrices.forEach(merged::add);
    assertEquals(whole.matrix(), merged.matrix(), "seed " + seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {31, 32, 33})
  void pixelsAreConserved(long seed) {
    Random random = new Random(seed);
    byte[] truth = Maps.regions(40, 57, 9, random);
    byte[] prediction = Maps.perturbed(truth, 9, random);
    ConfusionMatrix m = count(Maps.space(9), truth, prediction);
    int voids = 0;
    for (byte t : truth) {
      voids += t == (byte) 255 ? 1 : 0;
    }
    assertEquals(voids, m.voidPixels(), "seed " + seed);
    assertEquals(40 * 57, m.pixels() + m.voidPixels(), "seed " + seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {41, 42, 43})
  void swappingTruthAndPredictionTransposes(long seed) {
    Random random = new Random(seed);
    byte[] a = Maps.regions(33, 35, 6, random);
    byte[] b = Maps.perturbed(a, 6, random);
    long[][] ab = count(Maps.space(6), a, b).allCounts();
    long[][] ba = count(Maps.space(6), b, a).allCounts();
    for (int t = 0; t <= 6; t++) {
      for (int p = 0; p <= 6; p++) {
        assertEquals(ab[t][p], ba[p][t], "seed " + seed);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {51, 52, 53})
  void anyPartitionOfAFrameIntoStretchesGivesTheSameCounts(long seed) {
    Random random = new Random(seed);
    LabelSpace space = Maps.space(4);
    byte[] t = Maps.regions(31, 43, 4, random);
    LabelMap truth = LabelMap.of(space, 31, 43, t);
    LabelMap prediction = LabelMap.of(space, 31, 43, Maps.perturbed(t, 4, random));
    ConfusionAccumulator whole = new ConfusionAccumulator(space);
    whole.add(truth, prediction);
    ConfusionAccumulator parts = new ConfusionAccumulator(space);
    for (int from = 0; from < t.length; ) {
      int to = Math.min(t.length, from + random.nextInt(60));
      parts.add(truth, prediction, from, to);
      from = to;
    }
    assertEquals(whole.matrix(), parts.matrix(), "seed " + seed);
    parts.add(truth, prediction);
    assertEquals(whole.matrix().plus(whole.matrix()), parts.matrix(), "seed " + seed);
    parts.add(truth, prediction, 0, 9);
    parts.reset();
    assertEquals(0, parts.matrix().pixels() + parts.matrix().voidPixels());
    assertThrows(
        IndexOutOfBoundsException.class, () -> parts.add(truth, prediction, 3, t.length + 1));
  }
}
