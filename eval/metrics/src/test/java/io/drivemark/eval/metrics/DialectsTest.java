package io.drivemark.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.datasets.LabelSpace;
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
          Map.entry("void-not-masked", "331/840 19/42"));

  @TestFactory
  Stream<DynamicTest> eachDialectGivesItsToolsMiou() {
    assertEquals(EXPECTED.keySet(), java.util.Set.copyOf(Protocols.names()));
    return Protocols.all().stream()
        .map(
            p ->
                DynamicTest.dynamicTest(
                    p.name(),
                    () -> {
                      String[] expected = EXPECTED.get(p.name()).split(" ");
                      assertFraction(expected[0], p.evaluate(F1).miou(), "F1");
                      assertFraction(expected[1], p.evaluate(F2).miou(), "F2");
                    }));
  }

  @Test
  void sharedFixtureAgrees() throws IOException {
    JsonNode root = Shared.json("dialects.json");
    int compared = 0;
    for (String name : Protocols.names()) {
      for (String prediction : List.of("F1", "F2")) {
        JsonNode expected = root.at("/expected/" + name + "/" + prediction);
        assertFalse(expected.isMissingNode(), name);
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
