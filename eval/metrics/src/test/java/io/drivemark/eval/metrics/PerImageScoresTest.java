package io.drivemark.eval.metrics;

import static io.drivemark.eval.metrics.DialectsTest.assertFraction;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PerImageScoresTest {
  private static ConfusionMatrix image(int right, int wrong) {
    return ConfusionMatrix.of(Maps.space(2), new long[][] {{right, 0, wrong}, {0, 0, 0}});
  }

  @Test
  void theExampleByHand() {
    PerImageScores scores = new PerImageScores(List.of(image(4, 0), image(1, 1), image(1, 3)));
    assertFraction("6/10", scores.ofDataset(), "dataset");
    assertFraction("7/12", scores.ofImages(), "images");
    assertFraction("7/12", scores.ofClasses(), "classes");
    assertFraction("3/8", scores.ofWorstImages(0.5), "worst half: two of three images");
    assertFraction("1/4", scores.ofWorstImages(0.01), "at least one image");
    assertFraction("3/8", scores.ofClassesAtWorst(0.5), "classes at worst");
    assertFraction("1/4", scores.iouAtWorst(0.1).get("c0"), "class 0");
    assertFalse(scores.iouAtWorst(0.1).get("c1").isDefined());
    assertEquals(
        "worst images: a share in (0, 1] is needed, got 0.0",
        assertThrows(IllegalArgumentException.class, () -> scores.ofWorstImages(0)).getMessage());
  }

  @Test
  void equalsTheNamedProtocolsToTheLastBit() {
    Random random = new Random(2);
    List<ConfusionMatrix> images = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      byte[] truth = Maps.regions(20, 30, 5, random);
      ConfusionAccumulator counts = new ConfusionAccumulator(Maps.space(5));
      counts.add(truth, Maps.perturbed(truth, 5, random));
      images.add(counts.matrix());
    }
    PerImageScores scores = new PerImageScores(images);
    assertEquals(Protocols.cityscapes().evaluate(images).miou(), scores.ofDataset());
    assertEquals(Protocols.named("image-mean").evaluate(images).miou(), scores.ofImages());
    assertEquals(
        Protocols.named("class-mean-over-images").evaluate(images).miou(), scores.ofClasses());
    assertEquals(
        Protocols.named("class-mean-over-images").evaluate(images).iou(), scores.iouAtWorst(1));
  }

  /** torchmetrics' documented examples, printed to four digits. */
  @Test
  void calibrationErrorsOfTorchmetrics() throws IOException {
    JsonNode root = Shared.json("torchmetrics/expected.json");
    JsonNode binary = root.get("binary_calibration");
    Calibration two = new Calibration(binary.get("n_bins").asInt());
    for (int i = 0; i < binary.get("preds").size(); i++) {
      two.add(binary.get("preds").get(i).asDouble(), binary.get("target").get(i).asInt() == 1);
    }
    assertCalibration(binary, two);
    JsonNode multi = root.get("multiclass_calibration");
    Calibration three = new Calibration(multi.get("n_bins").asInt());
    Calibration half = new Calibration(3);
    for (int i = 0; i < multi.get("preds").size(); i++) {
      int best = 0;
      JsonNode row = multi.get("preds").get(i);
      for (int c = 1; c < 3; c++) {
        best = row.get(c).asDouble() > row.get(best).asDouble() ? c : best;
      }
      (i % 2 == 0 ? three : half)
          .add(row.get(best).asDouble(), best == multi.get("target").get(i).asInt());
    }
    three.add(half);
    assertCalibration(multi, three);
  }

  private static void assertCalibration(JsonNode expected, Calibration found) {
    assertEquals(expected.get("l1").asDouble(), found.expectedError().value().orElseThrow(), 5e-5);
    assertEquals(
        expected.get("l2").asDouble(), found.rootMeanSquareError().value().orElseThrow(), 5e-5);
    assertEquals(expected.get("max").asDouble(), found.maximumError().value().orElseThrow(), 5e-5);
  }

  /** A network that says 0.9 and is right in 9 of 10 pixels is calibrated; k more wrong show. */
  @Test
  void plantedErrorsMoveTheCalibrationErrorAsComputed() {
    for (int k = 0; k <= 90; k += 10) {
      Calibration counts = new Calibration();
      for (int i = 0; i < 100; i++) {
        counts.add(0.9, i < 90 - k);
      }
      assertEquals(k / 100.0, counts.expectedError().value().orElseThrow(), 1e-9);
      assertEquals(100, counts.pixels(13), "0.9 lies in the 14th of 15 bins");
      assertEquals(MetricValue.of((90 - k) / 100.0), counts.shareRight(13));
      assertEquals(0.9, counts.meanConfidence(13).value().orElseThrow(), 1e-9);
      assertFalse(counts.shareRight(0).isDefined());
    }
    assertFalse(new Calibration().expectedError().isDefined());
    assertEquals(
        "calibration: NaN is no probability; apply softmax first",
        assertThrows(IllegalArgumentException.class, () -> new Calibration().add(Double.NaN, true))
            .getMessage());
    assertEquals(15, new Calibration().bins());
  }
}
