package io.drivemark.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Two frames, two predictions and what each tool makes of them, in exact fractions. */
class DialectsTest {
  private static final LabelSpace SPACE = Maps.space(5);
  private static final byte[] TRUTH_A = Maps.bytes(0, 0, 0, 1, 1, 255, 0, 0, 1, 1, 2, 2);
  private static final byte[] TRUTH_B = Maps.bytes(0, 0, 0, 0, 1, 1, 0, 0, 0, 255, 255, 1);
  private static final List<ConfusionMatrix> F1 =
      images(
          Maps.bytes(0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 2, 3),
          Maps.bytes(0, 0, 0, 0, 1, 0, 0, 2, 0, 3, 1, 1));
  private static final List<ConfusionMatrix> F2 =
      images(
          Maps.bytes(0, 0, 1, 1, 1, 0, 0, 255, 1, 1, 2, 3),
          Maps.bytes(0, 0, 0, 0, 1, 0, 0, 7, 0, 3, 1, 1));

  /** The values of the definitions, so that the test needs no file. */
  private static final Map<String, String> EXPECTED =
      Map.ofEntries(
          Map.entry("cityscapes", "11/26 101/208"),
          Map.entry("mmseg", "4231/10000 4856/10000"),
          Map.entry("mlperf-automotive", "11/26 error"),
          Map.entry("nuscenes-lidarseg", "11/26 error"),
          Map.entry("idd-aw", "11/26 error"),
          Map.entry("idd-aw-refactored", "22/65 error"),
          Map.entry("bdd100k", "22/39 101/156"),
          Map.entry("mapillary", "11/26 91/176"),
          Map.entry("omz", "11/26 91/176"),
          Map.entry("pytorch-enet", "11/26 91/176"),
          Map.entry("pidnet", "22/65 101/260"),
          Map.entry("paddleseg", "7/13 153/260"),
          Map.entry("idd-level3", "null null"),
          Map.entry("detectron2", "22/39 91/132"),
          Map.entry("image-mean", "329/720 71/120"),
          Map.entry("class-mean-over-images", "191/480 229/480"),
          Map.entry("tfsegmentation", "331/840 19/42"),
          Map.entry("void-not-masked", "331/840 19/42"));

  @TestFactory
  Stream<DynamicTest> eachDialectGivesItsToolsMiou() {
    List<Protocol> ofPixels =
        Protocols.all().stream().filter(p -> p.weighting() == Protocol.Weighting.PIXELS).toList();
    assertEquals(
        EXPECTED.keySet(),
        ofPixels.stream().map(Protocol::name).collect(java.util.stream.Collectors.toSet()));
    return ofPixels.stream()
        .map(
            p ->
                DynamicTest.dynamicTest(
                    p.name(),
                    () -> {
                      String[] expected = EXPECTED.get(p.name()).split(" ");
                      assertFraction(expected[0], p.evaluate(F1).miou(), "F1");
                      if (expected[1].equals("error")) {
                        assertEquals(
                            "protocol "
                                + p.name()
                                + ": 2 pixels of valid truth are predicted as void or as no class;"
                                + " the tool whose rule this is fails there: predict a class for"
                                + " each pixel or choose another protocol",
                            assertThrows(BadInputException.class, () -> p.evaluate(F2))
                                .getMessage());
                      } else {
                        assertFraction(expected[1], p.evaluate(F2).miou(), "F2");
                      }
                    }));
  }

  /** Weights of frame A are 1, of frame B one half. */
  @Test
  void confidenceWeightedAsKitti360() {
    ConfidenceAccumulator counts = new ConfidenceAccumulator(SPACE);
    counts.add(TRUTH_A, Maps.bytes(0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 2, 3), weights(65534));
    counts.add(TRUTH_B, Maps.bytes(0, 0, 0, 0, 1, 0, 0, 2, 0, 3, 1, 1), weights(32767));
    Protocol kitti = Protocols.named("kitti360");
    Scores scores = kitti.evaluate(List.of(counts.matrix()));
    assertFraction("13/30", scores.miou(), "miou");
    String[] iou = {"2/3", "2/3", "2/5", "0", "null"};
    for (int c = 0; c < iou.length; c++) {
      assertFraction(iou[c], scores.iou().get("c" + c), "class " + c);
    }
    assertEquals(
        "protocol kitti360: it weighs each pixel by the confidence of its label, and dataset camvid"
            + " has none; choose another protocol",
        assertThrows(BadInputException.class, () -> kitti.requirePixels("dataset camvid"))
            .getMessage());
    assertEquals(Protocols.cityscapes(), Protocols.cityscapes().requirePixels("x"));
  }

  @Test
  void confidencesMustFitTheirFrame() {
    ConfidenceAccumulator counts = new ConfidenceAccumulator(SPACE);
    assertEquals(
        "confidence-weighted counts: 12 pixels of truth, 12 of the prediction and 3 confidences;"
            + " all three must be on one grid",
        assertThrows(BadInputException.class, () -> counts.add(TRUTH_A, TRUTH_A, new char[3]))
            .getMessage());
    byte[] foreign = TRUTH_A.clone();
    foreign[4] = 9;
    assertEquals(
        "confidence-weighted counts: truth value 9 at pixel 4 is no class of test-5 (0..4, 255 ="
            + " void)",
        assertThrows(BadInputException.class, () -> counts.add(foreign, TRUTH_A, weights(1)))
            .getMessage());
    assertEquals(ConfusionMatrix.empty(SPACE), counts.matrix());
  }

  private static char[] weights(int weight) {
    char[] weights = new char[12];
    java.util.Arrays.fill(weights, (char) weight);
    return weights;
  }

  @Test
  void sharedFixtureAgrees() throws IOException {
    JsonNode root = Shared.json("dialects.json");
    int compared = 0;
    for (String name : Protocols.names()) {
      for (String prediction : List.of("F1", "F2")) {
        JsonNode expected = root.at("/expected/" + name + "/" + prediction);
        if (expected.isMissingNode()) {
          assertFalse(root.at("/expected").has(name), name);
          continue;
        }
        List<ConfusionMatrix> images = new ArrayList<>();
        for (String frame : List.of("A", "B")) {
          ConfusionAccumulator counts = new ConfusionAccumulator(SPACE);
          counts.add(
              pixels(root.at("/truth/" + frame)),
              pixels(root.at("/predictions/" + prediction + "/" + frame)));
          images.add(counts.matrix());
        }
        Scores scores = Protocols.named(name).evaluate(images);
        assertFraction(expected.get("miou").asText("null"), scores.miou(), name);
        if (expected.has("iou")) {
          for (int c = 0; c < SPACE.size(); c++) {
            assertFraction(
                expected.get("iou").get(c).asText("null"), scores.iou().get("c" + c), name);
          }
        }
        compared++;
      }
    }
    assertEquals(24, compared);
  }

  @Test
  void companionsOfTheDefaultProtocol() {
    Scores f1 = Protocols.cityscapes().evaluate(F1);
    assertFraction("16/21", f1.pixelAccuracy(), "F1");
    assertFraction("59/84", f1.meanAccuracy(), "F1");
    assertFraction("76/117", f1.frequencyWeightedIou(), "F1");
    Scores f2 = Protocols.cityscapes().evaluate(F2);
    assertFraction("16/21", f2.pixelAccuracy(), "F2");
    assertFraction("59/84", f2.meanAccuracy(), "F2");
    assertFraction("757/1092", f2.frequencyWeightedIou(), "F2");
    assertFraction("16/19", Protocols.named("omz").evaluate(F2).pixelAccuracy(), "F2 dropped");
  }

  @Test
  void accuracyOfBddIsThePrecisionOfClassesInTheTruth() {
    assertFraction("43/60", Protocols.named("bdd100k").evaluate(F1).meanAccuracy(), "F1");
    assertFraction("193/210", Protocols.named("bdd100k").evaluate(F2).meanAccuracy(), "F2");
  }

  /**
   * Void as a sixth class with a row and a column of its own, whose IoU leaves the mean, counted
   * here over six plain classes: IoUs 9/14, 6/10, 1/3 and 0, the absent fifth class is left out.
   */
  @Test
  void tfsegmentationTakesVoidForTheLastClassAndDropsIt() {
    LabelSpace six = Maps.space(6);
    Protocol named = Protocols.named("tfsegmentation");
    List<List<ConfusionMatrix>> both = List.of(F1, F2);
    for (int f = 0; f < 2; f++) {
      long[][] rows = ConfusionMatrix.sum(both.get(f)).allCounts();
      long[][] wide = new long[6][7];
      for (int t = 0; t < 6; t++) {
        System.arraycopy(rows[t], 0, wide[t], 0, 6);
      }
      List<MetricValue> ious = Metrics.ious(ConfusionMatrix.of(six, wide));
      Scores found = named.evaluate(both.get(f));
      double sum = 0;
      int defined = 0;
      for (int c = 0; c < 5; c++) {
        assertEquals(ious.get(c).value(), found.iou().get("c" + c).value(), "class " + c);
        sum += ious.get(c).value().orElse(0);
        defined += ious.get(c).isDefined() ? 1 : 0;
      }
      assertEquals(4, defined);
      assertEquals(sum / defined, found.miou().value().orElseThrow(), 1e-15);
    }
    String[] byHand = {"9/14", "3/5", "1/3", "0", "null"};
    for (int c = 0; c < 5; c++) {
      assertFraction(byHand[c], named.evaluate(F1).iou().get("c" + c), "class " + c);
    }
  }

  @Test
  void classIousAreThoseOfTheDefinition() {
    Map<String, String> expected =
        Map.of(
            "cityscapes", "9/13 2/3 1/3 0 null 9/13 3/4 1/2 0 null",
            "mapillary", "9/13 2/3 1/3 0 null 9/11 3/4 1/2 0 null",
            "detectron2", "9/13 2/3 1/3 null null 9/11 3/4 1/2 null null",
            "pidnet", "9/13 2/3 1/3 0 0 9/13 3/4 1/2 0 0",
            "paddleseg", "9/13 2/3 1/3 0 1 9/13 3/4 1/2 0 1",
            "void-not-masked", "9/14 3/5 1/3 0 null 9/14 2/3 1/2 0 null");
    expected.forEach(
        (name, text) -> {
          String[] fractions = text.split(" ");
          for (int i = 0; i < 10; i++) {
            Scores scores = Protocols.named(name).evaluate(i < 5 ? F1 : F2);
            assertFraction(fractions[i], scores.iou().get("c" + i % 5), name + " " + i);
          }
        });
  }

  @Test
  void summedMatrixIsTheOneDoneByHand() {
    long[][] expected = {
      {9, 2, 1, 0, 0, 0},
      {1, 6, 0, 0, 0, 0},
      {0, 0, 1, 1, 0, 0},
      {0, 0, 0, 0, 0, 0},
      {0, 0, 0, 0, 0, 0},
      {1, 1, 0, 1, 0, 0}
    };
    assertEquals(ConfusionMatrix.of(SPACE, expected), ConfusionMatrix.sum(F1));
    // Of the second predictions one pixel is void and one is no class: both stand last.
    expected[0] = new long[] {9, 1, 0, 0, 0, 2};
    assertEquals(ConfusionMatrix.of(SPACE, expected), ConfusionMatrix.sum(F2));
  }

  static void assertFraction(String expected, MetricValue actual, String what) {
    if (expected.equals("null")) {
      assertFalse(actual.isDefined(), what + ": " + actual);
      return;
    }
    String[] parts = expected.split("/");
    double denominator = parts.length == 2 ? Double.parseDouble(parts[1]) : 1;
    // Both integers are exact doubles, so their quotient is the double nearest to the fraction.
    assertEquals(
        MetricValue.of(Double.parseDouble(parts[0]) / denominator), actual, what + " " + expected);
  }

  private static byte[] pixels(JsonNode rows) {
    List<Integer> values = new ArrayList<>();
    rows.forEach(row -> row.forEach(v -> values.add(v.asInt())));
    return Maps.bytes(values.stream().mapToInt(Integer::intValue).toArray());
  }

  private static List<ConfusionMatrix> images(byte[] a, byte[] b) {
    ConfusionAccumulator first = new ConfusionAccumulator(SPACE);
    first.add(TRUTH_A, a);
    ConfusionAccumulator second = new ConfusionAccumulator(SPACE);
    second.add(TRUTH_B, b);
    return List.of(first.matrix(), second.matrix());
  }
}
