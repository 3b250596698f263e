package io.drivemark.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.boundary.BoundaryCounts;
import io.drivemark.eval.metrics.boundary.BoundaryIou;
import io.drivemark.eval.metrics.boundary.TrimapCurve;
import io.drivemark.eval.metrics.safety.ImageRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold for whatever maps, whatever the metric. */
class PropertiesTest {
  private static final int HEIGHT = 30;
  private static final int WIDTH = 44;

  /** A frame and its prediction. */
  private record Frame(byte[] truth, byte[] prediction) {
    LabelMap truth(LabelSpace space) {
      return LabelMap.of(space, HEIGHT, WIDTH, truth);
    }

    LabelMap prediction(LabelSpace space) {
      return LabelMap.of(space, HEIGHT, WIDTH, prediction);
    }

    Frame permuted(int[] to) {
      return new Frame(permuted(truth, to), permuted(prediction, to));
    }

    private static byte[] permuted(byte[] labels, int[] to) {
      byte[] out = labels.clone();
      for (int i = 0; i < out.length; i++) {
        int label = out[i] & 0xFF;
        out[i] = label < to.length ? (byte) to[label] : out[i];
      }
      return out;
    }
  }

  private static List<Frame> frames(int count, int classes, Random random) {
    List<Frame> out = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] truth = Maps.regions(HEIGHT, WIDTH, classes, random);
      out.add(new Frame(truth, Maps.perturbed(truth, classes, random)));
    }
    return out;
  }

  private static ConfusionMatrix matrix(LabelSpace space, Frame frame) {
    ConfusionAccumulator counts = new ConfusionAccumulator(space);
    counts.add(frame.truth(), frame.prediction());
    return counts.matrix();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void anyPartitionOfTheFramesGivesTheSameCounts(long seed) {
    Random random = new Random(seed);
    LabelSpace space = Maps.space(6);
    List<Frame> frames = frames(12, 6, random);
    BoundaryIou rule = BoundaryIou.defaults();
    ConfusionAccumulator whole = new ConfusionAccumulator(space);
    TrimapCurve trimap = new TrimapCurve(space);
    int parts = 2 + random.nextInt(4);
    List<ConfusionAccumulator> confusions = new ArrayList<>();
    List<BoundaryCounts> boundaries = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      confusions.add(new ConfusionAccumulator(space));
      boundaries.add(BoundaryCounts.of(space, new long[18]));
    }
    BoundaryCounts boundary = BoundaryCounts.of(space, new long[18]);
    for (Frame frame : frames) {
      BoundaryCounts counts = rule.count(frame.truth(space), frame.prediction(space), 2);
      int part = random.nextInt(parts);
      whole.add(frame.truth(), frame.prediction());
      confusions.get(part).add(frame.truth(), frame.prediction());
      boundary = boundary.plus(counts);
      boundaries.set(part, boundaries.get(part).plus(counts));
      trimap.add(frame.truth(space), frame.prediction(space));
    }
    ConfusionAccumulator merged = new ConfusionAccumulator(space);
    BoundaryCounts mergedBoundary = BoundaryCounts.of(space, new long[18]);
    for (int part = parts - 1; part >= 0; part--) {
      merged.add(confusions.get(part).matrix());
      mergedBoundary = mergedBoundary.plus(boundaries.get(part));
    }
    assertEquals(whole.matrix(), merged.matrix(), "seed " + seed);
    assertEquals(boundary, mergedBoundary, "seed " + seed);
    assertEquals(boundary.miou(), mergedBoundary.miou());
    // A trimap as wide as the image holds every judged pixel that has a border within 32 pixels.
    assertEquals(whole.matrix().pixels(), trimap.counts().get(32).pixels(), "seed " + seed);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {4, 5, 6})
  void permutedClassesPermuteTheResults(long seed) {
    Random random = new Random(seed);
    LabelSpace space = Maps.space(6);
    int[] to = {4, 2, 0, 5, 1, 3};
    List<ConfusionMatrix> before = new ArrayList<>();
    List<ConfusionMatrix> after = new ArrayList<>();
    for (Frame frame : frames(5, 6, random)) {
      before.add(matrix(space, frame));
      after.add(matrix(space, frame.permuted(to)));
    }
    for (Protocol p : Protocols.all()) {
      if (p.foreignPrediction() == Protocol.ForeignPrediction.REFUSED) {
        continue;
      }
      Scores a = p.evaluate(before);
      Scores b = p.evaluate(after);
      assertEquals(a.miou(), b.miou(), p.name());
      assertEquals(a.pixelAccuracy(), b.pixelAccuracy(), p.name());
      assertEquals(a.meanAccuracy(), b.meanAccuracy(), p.name());
      assertEquals(a.frequencyWeightedIou(), b.frequencyWeightedIou(), p.name());
      for (int c = 0; c < 6; c++) {
        assertEquals(a.iou().get("c" + c), b.iou().get("c" + to[c]), p.name());
        assertEquals(a.f1().get("c" + c), b.f1().get("c" + to[c]), p.name());
      }
    }
    assertEquals(
        new PerImageScores(before).ofWorstImages(0.3),
        new PerImageScores(after).ofWorstImages(0.3));
  }

  /** k pixels of class 0 taken for class 1 in a perfect prediction of two classes. */
  @ParameterizedTest(name = "{0} pixels")
  @ValueSource(ints = {0, 1, 7, 100, 300})
  void plantedErrorsMoveEachMetricByTheClosedForm(int k) {
    int zeros = 400;
    int ones = HEIGHT * WIDTH - zeros;
    byte[] truth = new byte[HEIGHT * WIDTH];
    java.util.Arrays.fill(truth, zeros, truth.length, (byte) 1);
    byte[] prediction = truth.clone();
    java.util.Arrays.fill(prediction, 0, k, (byte) 1);
    LabelSpace space = Maps.space(2);
    Frame frame = new Frame(truth, prediction);
    ConfusionMatrix m = matrix(space, frame);
    double iou0 = (double) (zeros - k) / zeros;
    double iou1 = (double) ones / (ones + k);
    assertEquals(MetricValue.of(iou0), Metrics.iou(m, 0));
    assertEquals(MetricValue.of(iou1), Metrics.iou(m, 1));
    assertEquals((iou0 + iou1) / 2, Metrics.miou(m).value().orElseThrow(), 1e-15);
    assertEquals(
        MetricValue.of((double) (zeros + ones - k) / (zeros + ones)), Metrics.pixelAccuracy(m));
    assertEquals((iou0 + 1) / 2, Metrics.meanAccuracy(m).value().orElseThrow(), 1e-15);
    assertEquals(
        (iou0 * zeros + iou1 * ones) / (zeros + ones),
        Metrics.frequencyWeightedIou(m).value().orElseThrow(),
        1e-15);
    assertEquals(MetricValue.of(2.0 * ones / (2 * ones + k)), Metrics.f1(m, 1));
    // Void instead of class 1: a miss where misses count, nothing where void is free.
    byte[] abstaining = truth.clone();
    java.util.Arrays.fill(abstaining, 0, k, (byte) LabelSpace.VOID);
    List<ConfusionMatrix> free = List.of(matrix(space, new Frame(truth, abstaining)));
    assertEquals(
        (iou0 + 1) / 2, Protocols.cityscapes().evaluate(free).miou().value().orElseThrow(), 1e-15);
    assertEquals(MetricValue.of(1), Protocols.named("mapillary").evaluate(free).miou());
    // All errors lie in the first rows, so the lower third has none.
    ConfusionMatrix near =
        ImageRegion.nearField().count(frame.truth(space), frame.prediction(space));
    assertEquals(MetricValue.of(1), Metrics.pixelAccuracy(near));
  }
}
