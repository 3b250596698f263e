package io.drivemark.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.datasets.Depth;
import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.boundary.BoundaryF;
import io.drivemark.eval.metrics.boundary.BoundaryIou;
import io.drivemark.eval.metrics.boundary.TrimapCurve;
import io.drivemark.eval.metrics.depth.DepthRule;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.eval.metrics.depth.DisparityOutliers;
import io.drivemark.eval.metrics.instance.InstanceCounts;
import io.drivemark.eval.metrics.instance.InstanceIou;
import io.drivemark.eval.metrics.instance.InstanceRules;
import io.drivemark.eval.metrics.safety.Drivable;
import io.drivemark.eval.metrics.safety.Flicker;
import io.drivemark.eval.metrics.safety.ImageRegion;
import io.drivemark.eval.metrics.safety.LabelTree;
import io.drivemark.eval.metrics.safety.SafeMiou;
import io.drivemark.eval.metrics.safety.SeverityMatrix;
import io.drivemark.eval.metrics.safety.VulnerableRecall;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Into a perfect prediction k wrong pixels are planted, and each metric beside the ones of counts
 * (see {@link MetricsTest}) moves by what is computed by hand; classes are renamed, and each
 * metric's values move with them.
 */
class PlantedErrorsTest {
  private static final LabelSpace STREET =
      new LabelSpace(
          "street",
          List.of(
              new LabelClass("Road", 0, "flat", false, false),
              new LabelClass("Person", 1, "human", true, true),
              new LabelClass("Car", 2, "vehicle", true, false),
              new LabelClass("Tree", 3, "nature", false, false)));
  private static final int HEIGHT = 60;
  private static final int WIDTH = 60;

  private static LabelMap map(byte[] labels) {
    return LabelMap.of(STREET, HEIGHT, WIDTH, labels);
  }

  private static ConfusionMatrix counts(LabelMap truth, LabelMap prediction) {
    ConfusionAccumulator counts = new ConfusionAccumulator(STREET);
    counts.add(truth, prediction);
    return counts.matrix();
  }

  /** Road, and at the top left a block of 20×30 persons. */
  private static byte[] street() {
    byte[] labels = new byte[HEIGHT * WIDTH];
    for (int y = 0; y < 20; y++) {
      Arrays.fill(labels, y * WIDTH, y * WIDTH + 30, (byte) 1);
    }
    return labels;
  }

  /** The first k pixels of that block taken for another class. */
  private static byte[] withErrors(byte[] labels, int k, int as) {
    byte[] out = labels.clone();
    for (int i = 0; i < k; i++) {
      out[i / 30 * WIDTH + i % 30] = (byte) as;
    }
    return out;
  }

  @ParameterizedTest(name = "{0} pixels")
  @ValueSource(ints = {0, 1, 299, 300, 301, 599, 600})
  void gravePersonsAsRoadCostThemselvesOnceMore(int k) {
    LabelTree tree =
        new LabelTree(
            "street",
            STREET.classNames(),
            List.of("r", "p", "c", "t"),
            List.of("f", "h", "v", "n"));
    SafeMiou safe =
        new SafeMiou(new SeverityMatrix("s", 1, tree, 2, List.of(0, 1, 2), Set.of("Person")));
    ConfusionMatrix m = counts(map(street()), map(withErrors(street(), k, 0)));
    assertEquals((600 - 2 * k) / 600.0, safe.iou(m).get("Person").value().orElseThrow(), 1e-15);
    assertEquals(3000.0 / (3000 + k), safe.iou(m).get("Road").value().orElseThrow(), 1e-15);
  }

  @ParameterizedTest(name = "{0} pixels")
  @ValueSource(ints = {0, 1, 299, 300, 301, 599, 600})
  void aPersonIsFoundWhileHalfIsLeft(int k) {
    LabelMap truth = map(street());
    VulnerableRecall.Counts counts =
        VulnerableRecall.defaults().count(truth, map(withErrors(street(), k, 2)));
    assertEquals(new VulnerableRecall.Counts(k <= 300 ? 1 : 0, 1), counts);
  }

  @ParameterizedTest(name = "{0} pixels")
  @ValueSource(ints = {0, 1, 30, 31, 599})
  void anObjectLosesItsShareWhateverItsSize(int k) {
    int[] objects = new int[HEIGHT * WIDTH];
    byte[] truth = street();
    for (int i = 0; i < objects.length; i++) {
      objects[i] = truth[i] == 1 ? 7 : 0;
    }
    LabelMap prediction = map(withErrors(truth, k, 0));
    InstanceCounts counts =
        InstanceCounts.of(
            InstanceRules.of(STREET, Map.of("Person", 150.0)),
            map(truth),
            prediction,
            Instances.of(HEIGHT, WIDTH, objects));
    assertEquals(
        (600 - k) / 600.0,
        InstanceIou.classes(counts, counts(map(truth), prediction))
            .get("Person")
            .value()
            .orElseThrow(),
        1e-15);
  }

  /** Cars in the lower third, of which k pixels are taken for road. */
  @ParameterizedTest(name = "{0} pixels")
  @ValueSource(ints = {0, 1, 60, 61, 1200})
  void obstaclesNearTheCarAreMissedByTheirShare(int k) {
    byte[] truth = new byte[HEIGHT * WIDTH];
    Arrays.fill(truth, 40 * WIDTH, truth.length, (byte) 2);
    byte[] prediction = truth.clone();
    Arrays.fill(prediction, 40 * WIDTH, 40 * WIDTH + k, (byte) 0);
    ConfusionMatrix near = ImageRegion.nearField().count(map(truth), map(prediction));
    Drivable drivable = new Drivable(Set.of("Road"));
    assertEquals(MetricValue.of(k / 1200.0), drivable.falselyDrivable(near));
    assertEquals(MetricValue.of((1200 - k) / 1200.0), Metrics.iou(near, 2));
  }

  @ParameterizedTest(name = "{0} pixels")
  @ValueSource(ints = {0, 1, 77, 3600})
  void pixelsThatChangeInAStillSceneFlicker(int k) {
    byte[] still = street();
    byte[] next = still.clone();
    for (int i = 0; i < k; i++) {
      next[i] = 3;
    }
    LabelMap truth = map(still);
    assertEquals(
        MetricValue.of(k / 3600.0), Flicker.between(truth, truth, truth, map(next)).share());
  }

  /** k of 100 distances are 1.3 times too long, all others right. */
  @ParameterizedTest(name = "{0} pixels")
  @ValueSource(ints = {0, 1, 50, 100})
  void distancesThatAreTooLongMoveEachDepthErrorAsComputed(int k) {
    float[] truth = new float[100];
    Arrays.fill(truth, 10);
    float[] found = truth.clone();
    Arrays.fill(found, 0, k, 13);
    DepthScores s =
        DepthRule.everywhere()
            .judge(Depth.of(10, 10, truth), Depth.of(10, 10, found))
            .orElseThrow();
    double share = k / 100.0;
    double log = Math.log(1.3);
    assertEquals(0.3 * share, s.absRel(), 1e-14);
    assertEquals(0.9 * share, s.sqRel(), 1e-14);
    assertEquals(0.09 * share, s.squaredRelative(), 1e-14);
    assertEquals(3 * share, s.mae(), 1e-14);
    assertEquals(3 * Math.sqrt(share), s.rmse(), 1e-14);
    assertEquals(log * Math.sqrt(share), s.rmseLog(), 1e-14);
    assertEquals(log * Math.sqrt(share - share * share), s.siLog(), 1e-8);
    assertEquals(Math.log10(1.3) * share, s.log10(), 1e-14);
    assertEquals((1 / 10.0 - 1 / 13.0) * Math.sqrt(share), s.inverseRmse(), 1e-15);
    assertEquals(1 - share, s.delta1(), 1e-15, "1.3 is above 1.25");
    assertEquals(1, s.delta2());
    assertEquals(1, s.delta3());
    // As disparities: three pixels off is no outlier, 3.5 pixels and 35 % are.
    assertEquals(new DisparityOutliers(0, 100), DisparityOutliers.of(truth, found));
    Arrays.fill(found, 0, k, 13.5f);
    assertEquals(MetricValue.of(share), DisparityOutliers.of(truth, found).share());
  }

  /** Of ten images k are all wrong: the mean over images loses k tenths, the worst show first. */
  @ParameterizedTest(name = "{0} images")
  @ValueSource(ints = {0, 1, 5, 10})
  void wrongImagesMoveThePerImageFamilyAsComputed(int k) {
    List<ConfusionMatrix> images = new java.util.ArrayList<>();
    for (int i = 0; i < 10; i++) {
      long[][] one = new long[4][5];
      one[0][i < k ? 4 : 0] = 50; // void instead of road
      images.add(ConfusionMatrix.of(STREET, one));
    }
    PerImageScores scores = new PerImageScores(images);
    assertEquals(MetricValue.of((10 - k) / 10.0), scores.ofDataset());
    assertEquals(MetricValue.of((10 - k) / 10.0), scores.ofImages());
    assertEquals(MetricValue.of((10 - k) / 10.0), scores.ofClasses());
    assertEquals(MetricValue.of(Math.max(0, 5 - k) / 5.0), scores.ofWorstImages(0.5));
  }

  /** A border s columns too far left; within w columns of the true one 2w are judged. */
  @Test
  void aShiftedBorderMovesTheTrimapAndTheBoundaryFAsComputed() {
    for (int s = 0; s <= 6; s++) {
      byte[] t = new byte[HEIGHT * WIDTH];
      byte[] p = new byte[HEIGHT * WIDTH];
      for (int i = 0; i < t.length; i++) {
        t[i] = (byte) (i % WIDTH < 30 ? 0 : 2);
        p[i] = (byte) (i % WIDTH < 30 - s ? 0 : 2);
      }
      TrimapCurve curve = new TrimapCurve(STREET);
      curve.add(map(t), map(p));
      for (int w : List.of(1, 2, 4, 8, 16)) {
        int wrong = Math.min(s, w);
        ConfusionMatrix m = curve.counts().get(w);
        assertEquals(2L * w * HEIGHT, m.pixels());
        assertEquals(MetricValue.of((double) (w - wrong) / w), Metrics.iou(m, 0), s + " " + w);
        assertEquals(MetricValue.of((double) w / (w + wrong)), Metrics.iou(m, 2), s + " " + w);
      }
      // The radius is 4.24 pixels: contours up to 4 columns apart meet, farther ones do not.
      double f = new BoundaryF(0.05).match(map(t), map(p)).get(0).orElseThrow().f();
      assertEquals(s <= 4 ? 1 : 0, f, "shift " + s);
    }
  }

  /** Each metric that knows classes by their index, before and after classes are renumbered. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void renumberedClassesRenumberTheValues(long seed) {
    Random random = new Random(seed);
    int[] to = {2, 0, 3, 1};
    LabelClass[] moved = new LabelClass[4];
    for (int c = 0; c < 4; c++) {
      moved[to[c]] = STREET.classes().get(c);
    }
    LabelSpace other = new LabelSpace("moved", List.of(moved));
    byte[] t = Maps.regions(HEIGHT, WIDTH, 4, random);
    byte[] p = Maps.perturbed(t, 4, random);
    int[] objects = new int[t.length];
    for (int i = 0; i < t.length; i++) {
      objects[i] = 1 + (i % WIDTH) / 9 + 10 * (t[i] & 0xFF);
    }
    LabelMap truth = map(t);
    LabelMap prediction = map(p);
    LabelMap truthAfter = LabelMap.of(other, HEIGHT, WIDTH, renumbered(t, to));
    LabelMap predictionAfter = LabelMap.of(other, HEIGHT, WIDTH, renumbered(p, to));
    TrimapCurve before = new TrimapCurve(STREET);
    before.add(truth, prediction);
    TrimapCurve after = new TrimapCurve(other);
    after.add(truthAfter, predictionAfter);
    Map<String, Double> sizes = Map.of("Person", 80.0, "Car", 300.0);
    Instances ids = Instances.of(HEIGHT, WIDTH, objects);
    ConfusionAccumulator pooled = new ConfusionAccumulator(other);
    pooled.add(truthAfter, predictionAfter);
    for (int c = 0; c < 4; c++) {
      String what = "seed " + seed + ", class " + c;
      for (int w : TrimapCurve.WIDTHS) {
        assertEquals(
            Metrics.iou(before.counts().get(w), c),
            Metrics.iou(after.counts().get(w), to[c]),
            what);
      }
      assertEquals(
          new BoundaryF(0.03).match(truth, prediction).get(c),
          new BoundaryF(0.03).match(truthAfter, predictionAfter).get(to[c]),
          what);
      assertEquals(
          BoundaryIou.defaults().count(truth, prediction).iou(c),
          BoundaryIou.defaults().count(truthAfter, predictionAfter).iou(to[c]),
          what);
    }
    assertEquals(
        InstanceIou.classes(
            InstanceCounts.of(InstanceRules.of(STREET, sizes), truth, prediction, ids),
            counts(truth, prediction)),
        InstanceIou.classes(
            InstanceCounts.of(InstanceRules.of(other, sizes), truthAfter, predictionAfter, ids),
            pooled.matrix()));
    assertEquals(
        VulnerableRecall.defaults().count(truth, prediction),
        VulnerableRecall.defaults().count(truthAfter, predictionAfter));
    assertEquals(
        new Drivable(Set.of("Road")).count(counts(truth, prediction)),
        new Drivable(Set.of("Road")).count(pooled.matrix()));
    assertEquals(
        Flicker.between(truth, truth, truth, prediction).byClass(),
        Flicker.between(truthAfter, truthAfter, truthAfter, predictionAfter).byClass());
    assertEquals(
        Metrics.categoryIou(counts(truth, prediction)), Metrics.categoryIou(pooled.matrix()));
  }

  private static byte[] renumbered(byte[] labels, int[] to) {
    byte[] out = labels.clone();
    for (int i = 0; i < out.length; i++) {
      int label = out[i] & 0xFF;
      out[i] = label < to.length ? (byte) to[label] : out[i];
    }
    return out;
  }
}
