package io.drivemark.eval.metrics;

import static io.drivemark.eval.metrics.DialectsTest.assertFraction;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.datasets.LabelSpace;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("text")
class MetricsTest {

  /**
   * mIoU from the definition, written without anything of ours: sets of pixels a class, exact
   * fractions, one division at the end.
   */
  private static double independentMiou(int classes, byte[] truth, byte[] prediction) {
    BigInteger numerator = BigInteger.ZERO;
    BigInteger denominator = BigInteger.ONE;
    int defined = 0;
    for (int c = 0; c < classes; c++) {
      int intersection = 0;
      int union = 0;
      for (int i = 0; i < truth.length; i++) {
        if ((truth[i] & 0xFF) == 255) {
          continue;
        }
        boolean isTrue = (truth[i] & 0xFF) == c;
        boolean isPredicted = (prediction[i] & 0xFF) == c;
        intersection += isTrue && isPredicted ? 1 : 0;
        union += isTrue || isPredicted ? 1 : 0;
      }
      if (union > 0) {
        numerator =
            numerator
                .multiply(BigInteger.valueOf(union))
                .add(denominator.multiply(BigInteger.valueOf(intersection)));
        denominator = denominator.multiply(BigInteger.valueOf(union));
        defined++;
      }
    }
    java.math.MathContext digits = new java.math.MathContext(60);
    return new java.math.BigDecimal(numerator)
        .divide(new java.math.BigDecimal(denominator.multiply(BigInteger.valueOf(defined))), digits)
        .doubleValue();
  }

  private static ConfusionMatrix count(int classes, byte[] truth, byte[] prediction) {
    ConfusionAccumulator accumulator = new ConfusionAccumulator(Maps.space(classes));
    accumulator.add(truth, prediction);
    return accumulator.matrix();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void miouEqualsAnIndependentCountToTheLastBit(long seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 10; n++) {
      int classes = 2 + random.nextInt(18);
      byte[] truth = Maps.regions(41, 67, classes, random);
      byte[] prediction = Maps.perturbed(truth, classes, random);
      assertEquals(
          MetricValue.of(independentMiou(classes, truth, prediction)),
          Metrics.miou(count(classes, truth, prediction)),
          "seed " + seed + ", map " + n);
    }
  }

  @Test
  void smallExampleByHand() {
    ConfusionMatrix m = count(2, Maps.bytes(0, 0, 1), Maps.bytes(0, 1, 1));
    assertFraction("1/2", Metrics.iou(m, 0), "iou 0");
    assertFraction("1/2", Metrics.iou(m, 1), "iou 1");
    assertFraction("1/2", Metrics.miou(m), "miou");
    assertFraction("2/3", Metrics.pixelAccuracy(m), "pixel accuracy");
    assertFraction("3/4", Metrics.meanAccuracy(m), "mean accuracy");
    assertFraction("1", Metrics.precision(m, 0), "precision 0");
    assertFraction("1/2", Metrics.precision(m, 1), "precision 1");
    assertFraction("1/2", Metrics.recall(m, 0), "recall 0");
    assertFraction("2/3", Metrics.f1(m, 0), "f1 0");
    assertFraction("1/2", Metrics.frequencyWeightedIou(m), "fwIoU");
    assertEquals(List.of(Metrics.iou(m, 0), Metrics.iou(m, 1)), Metrics.ious(m));
  }

  @Test
  void absentClassIsUndefinedNotZero() {
    ConfusionMatrix m = count(3, Maps.bytes(0, 0), Maps.bytes(0, 1));
    assertEquals(MetricValue.undefined("neither in the truth nor predicted"), Metrics.iou(m, 2));
    assertEquals(MetricValue.undefined("neither in the truth nor predicted"), Metrics.f1(m, 2));
    assertEquals(MetricValue.undefined("not predicted"), Metrics.precision(m, 2));
    assertEquals(MetricValue.undefined("not in the truth"), Metrics.recall(m, 1));
    assertFraction("0", Metrics.iou(m, 1), "predicted only");
    assertFraction("1/4", Metrics.miou(m), "mean of 1/2 and 0");
  }

  @Test
  void allVoidTruthLeavesEverythingUndefined() {
    ConfusionMatrix m = count(2, Maps.bytes(255, 255), Maps.bytes(0, 1));
    assertEquals(MetricValue.undefined("no valid pixels"), Metrics.miou(m));
    assertEquals(MetricValue.undefined("no valid pixels"), Metrics.pixelAccuracy(m));
    assertEquals(MetricValue.undefined("no valid pixels"), Metrics.meanAccuracy(m));
    assertEquals(MetricValue.undefined("no valid pixels"), Metrics.frequencyWeightedIou(m));
  }

  @Test
  void voidPredictionIsAMiss() {
    ConfusionMatrix m = count(1, Maps.bytes(0, 0, 0, 0), Maps.bytes(0, 0, 0, 255));
    assertFraction("3/4", Metrics.iou(m, 0), "iou");
    assertFraction("3/4", Metrics.pixelAccuracy(m), "pixel accuracy");
    assertFraction("1", Metrics.precision(m, 0), "precision");
  }

  @Test
  void confusionInsideACategoryIsNoCategoryError() {
    // Classes 0..2 are group0, 3 is group1.
    ConfusionMatrix m = count(4, Maps.bytes(0, 1, 2, 3, 3, 0), Maps.bytes(1, 0, 2, 3, 0, 255));
    assertFraction("3/5", Metrics.categoryIou(m).get("group0"), "3 hits, 1 miss, 1 false");
    assertFraction("1/2", Metrics.categoryIou(m).get("group1"), "1 hit, 1 miss");
    assertFraction("11/20", Metrics.categoryMiou(m), "mean");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {51, 52, 53, 54})
  void permutingClassesPermutesResults(long seed) {
    Random random = new Random(seed);
    int classes = 8;
    byte[] truth = Maps.regions(30, 44, classes, random);
    byte[] prediction = Maps.perturbed(truth, classes, random);
    List<Integer> permutation = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      permutation.add(c);
    }
    java.util.Collections.shuffle(permutation, random);
    ConfusionMatrix before = count(classes, truth, prediction);
    ConfusionMatrix after =
        count(classes, permuted(truth, permutation), permuted(prediction, permutation));
    for (int c = 0; c < classes; c++) {
      int to = permutation.get(c);
      assertEquals(Metrics.iou(before, c), Metrics.iou(after, to), "seed " + seed);
      assertEquals(Metrics.precision(before, c), Metrics.precision(after, to), "seed " + seed);
      assertEquals(Metrics.recall(before, c), Metrics.recall(after, to), "seed " + seed);
      assertEquals(Metrics.f1(before, c), Metrics.f1(after, to), "seed " + seed);
    }
    assertEquals(Metrics.miou(before), Metrics.miou(after), "seed " + seed);
    assertEquals(Metrics.pixelAccuracy(before), Metrics.pixelAccuracy(after), "seed " + seed);
    assertEquals(
        Metrics.frequencyWeightedIou(before), Metrics.frequencyWeightedIou(after), "seed " + seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {61, 62, 63})
  void plantedErrorsMoveEachMetricByTheClosedFormAmount(long seed) {
    Random random = new Random(seed);
    int n = 500; // pixels of each of two classes
    int k = 1 + random.nextInt(n - 1); // pixels of class 0 predicted as class 1
    int v = random.nextInt(n - k); // pixels of class 0 predicted as void
    byte[] truth = new byte[2 * n];
    byte[] prediction = new byte[2 * n];
    for (int i = 0; i < n; i++) {
      truth[n + i] = 1;
      prediction[n + i] = 1;
      prediction[i] = (byte) (i < k ? 1 : i < k + v ? 255 : 0);
    }
    ConfusionMatrix m = count(2, truth, prediction);
    String what = "seed " + seed + ", k " + k + ", v " + v;
    assertFraction((n - k - v) + "/" + n, Metrics.iou(m, 0), what);
    assertFraction(n + "/" + (n + k), Metrics.iou(m, 1), what);
    assertFraction((2 * n - k - v) + "/" + (2 * n), Metrics.pixelAccuracy(m), what);
    assertFraction((2 * n - k - v) + "/" + (2 * n), Metrics.meanAccuracy(m), what);
    assertFraction(n + "/" + (n + k), Metrics.precision(m, 1), what);
    assertFraction((n - k - v) + "/" + n, Metrics.recall(m, 0), what);
    assertFraction(2 * n + "/" + (2 * n + k), Metrics.f1(m, 1), what);
    long top = (long) (n - k - v) * (n + k) + (long) n * n;
    assertFraction(top + "/" + (2L * n * (n + k)), Metrics.miou(m), what);
    assertFraction(top + "/" + (2L * n * (n + k)), Metrics.frequencyWeightedIou(m), what);
  }

  @Test
  void countsBeyondDoublePrecisionAreDividedExactly() {
    LabelSpace one = Maps.space(1);
    long hits = (1L << 54) + 1; // not a double
    ConfusionMatrix m = ConfusionMatrix.of(one, new long[][] {{hits, hits}});
    assertFraction("1/2", Metrics.iou(m, 0), "exactly half");
  }

  private static byte[] permuted(byte[] map, List<Integer> permutation) {
    byte[] result = map.clone();
    for (int i = 0; i < map.length; i++) {
      int value = map[i] & 0xFF;
      result[i] = value == LabelSpace.VOID ? map[i] : permutation.get(value).byteValue();
    }
    return result;
  }
}
