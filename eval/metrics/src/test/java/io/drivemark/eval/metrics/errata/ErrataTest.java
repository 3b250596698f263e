package io.drivemark.eval.metrics.errata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Maps;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.safety.LabelTree;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What published tools print and what they should. */
@Tag("text")
class ErrataTest {
  private static final LabelSpace IDD =
      new LabelSpace(
          "idd-level3",
          LabelTree.named("idd-level3").classes().stream()
              .map(name -> new LabelClass(name, 0, name, false, false))
              .toList());

  private static int at(String name) {
    return IDD.indexOf(name).orElseThrow();
  }

  /** E1: a model without any sky right, but all fences, prints sky 100 %. */
  @Test
  void iddPrintsTheFencesAsSky() {
    long[][] counts = new long[26][27];
    counts[at("fence")][at("fence")] = 70;
    counts[at("sky")][at("vegetation")] = 300;
    counts[at("vegetation")][at("vegetation")] = 100;
    counts[at("car")][at("car")] = 30;
    counts[at("car")][26] = 10; // void, which is free there
    counts[at("motorcycle")][at("autorickshaw")] = 5;
    Map<String, Erratum> byFamily = new LinkedHashMap<>();
    Errata.iddLevel1(ConfusionMatrix.of(IDD, counts))
        .forEach(e -> byFamily.put(e.metric().replace("level-1 IoU ", ""), e));
    assertEquals(7, byFamily.size());
    Erratum sky = byFamily.get("sky");
    assertEquals("E1", sky.id());
    assertEquals(MetricValue.of(1), sky.published());
    assertEquals(MetricValue.of(0), sky.correct());
    // "vehicles" is motorcycle, bicycle and autorickshaw; cars stand in "roadside objects".
    assertEquals(MetricValue.of(1), byFamily.get("vehicles").published());
    assertEquals(MetricValue.of(35.0 / 45), byFamily.get("vehicles").correct());
    assertEquals(MetricValue.of(1), byFamily.get("roadside objects").published());
    assertEquals(MetricValue.of(1), byFamily.get("roadside objects").correct());
    assertFalse(byFamily.get("far objects").published().isDefined(), "kerb and wall");
    assertEquals(MetricValue.of(0.25), byFamily.get("far objects").correct());
  }

  /** E2: left half class 5, right half class 8, predicted border 4 pixels too far left, d = 3. */
  @Test
  void detectronErodesTheMapOfClassNumbers() {
    LabelMap truth = halves(64);
    LabelMap prediction = halves(60);
    Map<String, Erratum> byClass = new LinkedHashMap<>();
    Errata.boundaryIou(truth, prediction, 3)
        .forEach(e -> byClass.put(e.metric().replace("boundary IoU ", ""), e));
    Erratum five = byClass.get("c5");
    assertEquals("E2", five.id());
    assertEquals(MetricValue.of(534.0 / 906), five.correct());
    assertEquals(MetricValue.of(89.0 / 93), five.published()); // 0.956989
    Erratum eight = byClass.get("c8");
    assertEquals(MetricValue.of(558.0 / 930), eight.correct());
    assertEquals(MetricValue.of(93.0 / 97), eight.published()); // 0.958763
    // A class 3 is made up, 8 − 5, and the interiors count as class 0.
    assertTrue(byClass.get("c3").published().isDefined());
    assertFalse(byClass.get("c3").correct().isDefined());
    assertEquals(
        6902,
        Arrays.stream(ErodedLabelMap.difference(truth, 3)).filter(value -> value == 0).count());
  }

  private static LabelMap halves(int border) {
    byte[] labels = new byte[64 * 128];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % 128 < border ? 5 : 8);
    }
    return LabelMap.of(Maps.space(9), 64, 128, labels);
  }

  /** E3: persons taken for road cost nothing in the refactored scorer: 0.60 instead of 0.20. */
  @Test
  void theRefactoredScorerForgivesTheGravestConfusions() {
    long[][] counts = new long[26][27];
    counts[at("person")][at("person")] = 60;
    counts[at("person")][at("road")] = 40;
    List<Erratum> found = Errata.safeMiou(ConfusionMatrix.of(IDD, counts));
    // The mean is over person and road, whose IoU is 0 either way.
    assertEquals(MetricValue.of(0.60 / 2), found.get(0).published());
    assertEquals(MetricValue.of(0.20 / 2), found.get(0).correct());
    // The first eight rows have person and road, the important classes person alone.
    assertEquals("E3", found.get(1).id());
    assertEquals(MetricValue.of(0.20 / 2), found.get(1).published());
    assertEquals(MetricValue.of(0.20), found.get(1).correct());
  }

  /** E4: wrong ignored pixels over ignored pixels instead of right ones over judged ones. */
  @Test
  void cityscapesPixelAccuracyLooksAtIgnoredPixels() {
    long[][] counts = {{80, 20, 0}, {0, 100, 0}, {3, 4, 1}};
    Erratum found = Errata.pixelAccuracy(ConfusionMatrix.of(Maps.space(2), counts));
    assertEquals(MetricValue.of(7.0 / 8), found.published());
    assertEquals(MetricValue.of(0.9), found.correct());
    long[][] noVoid = {{1, 0, 0}, {0, 1, 0}, {0, 0, 0}};
    assertFalse(
        Errata.pixelAccuracy(ConfusionMatrix.of(Maps.space(2), noVoid)).published().isDefined());
  }

  /** E5: on the summed counts of the two tiny frames of the dialects, 43/60 instead of 59/84. */
  @Test
  void bddMeanAccuracyIsAPrecision() {
    long[][] counts = {
      {9, 2, 1, 0, 0, 0},
      {1, 6, 0, 0, 0, 0},
      {0, 0, 1, 1, 0, 0},
      {0, 0, 0, 0, 0, 0},
      {0, 0, 0, 0, 0, 0}
    };
    Erratum found = Errata.meanAccuracy(ConfusionMatrix.of(Maps.space(5), counts));
    assertEquals(MetricValue.of(43.0 / 60), found.published());
    assertEquals(MetricValue.of(59.0 / 84), found.correct());
  }

  @Test
  void thoseOfIddStandOnlyOverItsClasses() {
    List<String> other =
        Errata.of(ConfusionMatrix.empty(Maps.space(3))).stream().map(Erratum::id).toList();
    assertEquals(List.of("E4", "E5"), other);
    List<String> idd =
        Errata.of(ConfusionMatrix.empty(IDD)).stream().map(Erratum::id).distinct().toList();
    assertEquals(List.of("E1", "E3", "E4", "E5"), idd);
  }
}
