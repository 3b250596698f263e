package io.drivemark.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Confusion counts of frames that are regions here and noise there. */
class MixedFramesTest {
  private static final int VALUES = 256;

  /** Widths of all residues of 8 and of 32; one accumulator goes from frame to frame. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void framesOfAnyWidthAreCountedAsByThePlainLoop(long seed) {
    Random random = new Random(seed);
    int classes = 1 + random.nextInt(30);
    ConfusionAccumulator accumulator = new ConfusionAccumulator(Maps.space(classes));
    long[][] plain = new long[classes + 1][classes + 1];
    for (int width = 200; width < 232; width++) {
      int height = 1 + random.nextInt(60);
      byte[] truth = frame(height, width, classes, random);
      byte[] prediction = frame(height, width, classes, random);
      if (random.nextInt(3) == 0) {
        makeForeign(prediction, random);
      }
      count(plain, truth, prediction, 0, truth.length);
      accumulator.add(truth, prediction);
      assertEquals(
          ConfusionMatrix.of(Maps.space(classes), plain),
          accumulator.matrix(),
          "seed " + seed + ", " + height + "x" + width + ", " + classes + " classes");
    }
  }

  /** From any pixel to any other, in any order of the stretches. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void stretchesAtOddOffsetsAreCountedAsByThePlainLoop(long seed) {
    Random random = new Random(seed);
    int classes = 1 + random.nextInt(30);
    LabelSpace space = Maps.space(classes);
    ConfusionAccumulator accumulator = new ConfusionAccumulator(space);
    long[][] plain = new long[classes + 1][classes + 1];
    for (int width = 200; width < 232; width++) {
      int height = 20 + random.nextInt(40);
      byte[] truth = frame(height, width, classes, random);
      byte[] prediction = frame(height, width, classes, random);
      LabelMap truthMap = LabelMap.of(space, height, width, truth);
      LabelMap predictionMap = LabelMap.of(space, height, width, prediction);
      for (int n = 0; n < 20; n++) {
        int from = random.nextInt(truth.length);
        int to = from + random.nextInt(Math.min(truth.length - from, 1 << random.nextInt(14)) + 1);
        count(plain, truth, prediction, from, to);
        accumulator.add(truthMap, predictionMap, from, to);
      }
    }
    assertEquals(ConfusionMatrix.of(space, plain), accumulator.matrix(), "seed " + seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {21, 22, 23, 24, 25, 26})
  void foreignTruthAnywhereIsNamedAndCountsNothing(long seed) {
    Random random = new Random(seed);
    int classes = 1 + random.nextInt(30);
    LabelSpace space = Maps.space(classes);
    ConfusionAccumulator accumulator = new ConfusionAccumulator(space);
    long[][] plain = new long[classes + 1][classes + 1];
    for (int width = 200; width < 232; width++) {
      int height = 20 + random.nextInt(40);
      byte[] truth = frame(height, width, classes, random);
      byte[] prediction = frame(height, width, classes, random);
      count(plain, truth, prediction, 0, truth.length);
      accumulator.add(truth, prediction);
      int at = random.nextInt(truth.length);
      truth[at] = (byte) foreign(classes, random);
      int value = truth[at] & 0xFF;
      for (int n = random.nextInt(3); n > 0; n--) {
        truth[at + random.nextInt(truth.length - at)] = (byte) value;
      }
      String found =
          assertThrows(BadInputException.class, () -> accumulator.add(truth, prediction))
              .getMessage();
      String expected =
          "confusion counts: truth value " + value + " at pixel " + at + " is no class";
      assertEquals(
          expected,
          found.substring(0, Math.min(expected.length(), found.length())),
          "seed " + seed);
      assertEquals(ConfusionMatrix.of(space, plain), accumulator.matrix(), "seed " + seed);
    }
  }

  /** More accumulators at work than there are processors, stretch by stretch and in threads. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {31, 32})
  void accumulatorsAtWorkTogetherCountApart(long seed) {
    Random random = new Random(seed);
    LabelSpace space = Maps.space(11);
    int frames = 2 * Runtime.getRuntime().availableProcessors() + 3;
    List<LabelMap> maps =
        IntStream.range(0, frames + 1)
            .mapToObj(f -> LabelMap.of(space, 90, 211, frame(90, 211, 11, random)))
            .toList();
    List<ConfusionMatrix> expected =
        IntStream.range(0, frames)
            .mapToObj(
                f -> {
                  long[][] plain = new long[12][12];
                  count(plain, maps.get(f).pixels(), maps.get(f + 1).pixels(), 0, 90 * 211);
                  return ConfusionMatrix.of(space, plain);
                })
            .toList();
    List<ConfusionAccumulator> accumulators =
        maps.stream().limit(frames).map(m -> new ConfusionAccumulator(space)).toList();
    for (int row = 0; row < 90; row += 15) {
      for (int f = 0; f < frames; f++) {
        accumulators.get(f).add(maps.get(f), maps.get(f + 1), row * 211, (row + 15) * 211);
      }
    }
    assertEquals(expected, accumulators.stream().map(ConfusionAccumulator::matrix).toList());
    for (int round = 0; round < 20; round++) {
      assertEquals(
          expected,
          IntStream.range(0, frames)
              .parallel()
              .mapToObj(
                  f -> {
                    ConfusionAccumulator own = new ConfusionAccumulator(space);
                    own.add(maps.get(f), maps.get(f + 1));
                    return own.matrix();
                  })
              .toList(),
          "seed " + seed + ", round " + round);
    }
  }

  /** Regions, a border at each pixel, or any share of borders, changing from stretch to stretch. */
  private static byte[] frame(int height, int width, int classes, Random random) {
    byte[] labels = Maps.regions(height, width, classes, random);
    for (int from = 0; from < labels.length; ) {
      int to = Math.min(labels.length, from + (1 << random.nextInt(13)) + random.nextInt(40));
      double noise = random.nextInt(3) == 0 ? 0 : random.nextBoolean() ? 1 : random.nextDouble();
      for (int i = from; i < to; i++) {
        if (random.nextDouble() < noise) {
          labels[i] = (byte) (random.nextInt(20) == 0 ? LabelSpace.VOID : random.nextInt(classes));
        }
      }
      from = to;
    }
    return labels;
  }

  private static void makeForeign(byte[] prediction, Random random) {
    int value = random.nextInt(VALUES);
    boolean anyValue = random.nextBoolean();
    for (int n = prediction.length / 10; n >= 0; n--) {
      int at = random.nextInt(prediction.length);
      prediction[at] = (byte) (anyValue ? random.nextInt(VALUES) : value);
    }
  }

  private static int foreign(int classes, Random random) {
    return classes + random.nextInt(LabelSpace.VOID - classes);
  }

  private static void count(long[][] plain, byte[] truth, byte[] prediction, int from, int to) {
    int k = plain.length - 1;
    for (int i = from; i < to; i++) {
      plain[Math.min(k, truth[i] & 0xFF)][Math.min(k, prediction[i] & 0xFF)]++;
    }
  }
}
