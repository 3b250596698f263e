package io.drivemark.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.datasets.LabelSpace;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Cases with the values that other tools' own tests and documentation state. */
class OtherToolsTest {

  /** Hugging Face evaluate's documented example, printed to 16 and 8 digits. */
  @Test
  void huggingFaceMeanIou() throws IOException {
    JsonNode root = Shared.json("hf-mean-iou/expected.json");
    List<ConfusionMatrix> images = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ConfusionAccumulator counts = new ConfusionAccumulator(Maps.space(10));
      counts.add(pixels(root.get("references").get(i)), pixels(root.get("predictions").get(i)));
      images.add(counts.matrix());
    }
    Scores scores = Protocols.cityscapes().evaluate(images);
    JsonNode expected = root.get("expected");
    assertEquals(expected.get("mean_iou").asDouble(), number(scores.miou()), 1e-15);
    assertEquals(expected.get("overall_accuracy").asDouble(), number(scores.pixelAccuracy()));
    assertEquals(expected.get("mean_accuracy").asDouble(), number(scores.meanAccuracy()), 1e-15);
    for (int c = 0; c < 10; c++) {
      assertEquals(
          expected.get("per_category_iou").get(c).asDouble(),
          number(scores.iou().get("c" + c)),
          1e-8);
    }
  }

  /** torchmetrics' documented Jaccard examples, printed to 4 digits. */
  @Test
  void torchmetricsJaccard() throws IOException {
    JsonNode root = Shared.json("torchmetrics/expected.json");
    JsonNode multi = root.get("jaccard_multiclass_macro");
    ConfusionAccumulator counts = new ConfusionAccumulator(Maps.space(3));
    counts.add(row(multi.get("target")), row(multi.get("preds")));
    assertEquals(multi.get("value").asDouble(), number(Metrics.miou(counts.matrix())), 5e-5);

    JsonNode binary = root.get("jaccard_binary");
    counts = new ConfusionAccumulator(Maps.space(2));
    counts.add(row(binary.get("target")), row(binary.get("preds")));
    assertEquals(binary.get("value").asDouble(), number(Metrics.iou(counts.matrix(), 1)));
  }

  @Test
  void bdd100kWithAllPredictions() throws IOException {
    JsonNode expected = Shared.json("bdd100k-semseg/expected.json").get("cases").get(0);
    Path dir = Shared.fixture("bdd100k-semseg");
    ConfusionMatrix m = count(png(dir.resolve("gt/a.png")), png(dir.resolve("pred/a.png")), 19);
    for (int t = 0; t < 2; t++) {
      for (int p = 0; p < 2; p++) {
        assertEquals(expected.get("hist_2x2").get(t).get(p).asLong(), m.count(t, p));
      }
    }
    assertTool(expected, "mAcc_upstream", List.of(m));
  }

  @Test
  void bdd100kWithAMissingPredictionCountsAllItsPixelsAsMisses() throws IOException {
    JsonNode expected = Shared.json("bdd100k-semseg/expected.json").get("cases").get(1);
    Path dir = Shared.fixture("bdd100k-semseg");
    byte[] b = png(dir.resolve("gt+/b.png"));
    byte[] nothing = new byte[b.length];
    java.util.Arrays.fill(nothing, (byte) LabelSpace.VOID);
    assertTool(
        expected,
        "mAcc_upstream",
        List.of(
            count(png(dir.resolve("gt+/a.png")), png(dir.resolve("pred/a.png")), 19),
            count(b, nothing, 19)));
  }

  @Test
  void scalabelOnARealFrame() throws IOException {
    JsonNode root = Shared.json("scalabel-semseg/expected.json");
    Path dir = Shared.fixture("scalabel-semseg");
    String file = "7d06fefd-f7be05a6.png";
    ConfusionMatrix m =
        count(png(dir.resolve("gt").resolve(file)), png(dir.resolve("pred").resolve(file)), 19);
    JsonNode rows = root.get("confusion_rows_gt_cols_pred_19_is_missing");
    for (int t = 0; t < 19; t++) {
      long[] row = new long[20];
      for (int p = 0; p < 20; p++) {
        row[p] = rows.get(t).get(p).asLong();
      }
      assertArrayEquals(row, m.counts()[t], "row " + t);
    }
    assertTool(root.get("expected"), "mAcc", List.of(m));
    Scores scores = Protocols.named("bdd100k").evaluate(List.of(m));
    int c = 0;
    for (JsonNode name : root.get("class_order")) {
      assertEquals(
          root.get("per_class_IoU").get(name.asText()).asDouble(),
          100 * number(scores.iou().get("c" + c)),
          1e-12,
          name.asText());
      c++;
    }
    assertEquals(19, c);
  }

  private static void assertTool(JsonNode expected, String accuracy, List<ConfusionMatrix> images) {
    Scores scores = Protocols.named("bdd100k").evaluate(images);
    // 1e-12 of a percentage: the tools sum doubles in their own order.
    assertEquals(expected.get("mIoU").asDouble(), 100 * number(scores.miou()), 1e-12);
    assertEquals(expected.get(accuracy).asDouble(), 100 * number(scores.meanAccuracy()), 1e-12);
    assertEquals(
        expected.get("fIoU").asDouble(), 100 * number(scores.frequencyWeightedIou()), 1e-12);
    assertEquals(expected.get("pAcc").asDouble(), 100 * number(scores.pixelAccuracy()), 1e-12);
  }

  private static ConfusionMatrix count(byte[] truth, byte[] prediction, int classes) {
    ConfusionAccumulator counts = new ConfusionAccumulator(Maps.space(classes));
    counts.add(truth, prediction);
    return counts.matrix();
  }

  private static double number(MetricValue value) {
    OptionalDouble number = value.value();
    return number.orElseThrow(() -> new AssertionError(value.toString()));
  }

  private static byte[] png(Path file) throws IOException {
    Raster raster = ImageIO.read(file.toFile()).getRaster();
    byte[] pixels = new byte[raster.getWidth() * raster.getHeight()];
    for (int y = 0; y < raster.getHeight(); y++) {
      for (int x = 0; x < raster.getWidth(); x++) {
        pixels[y * raster.getWidth() + x] = (byte) raster.getSample(x, y, 0);
      }
    }
    return pixels;
  }

  private static byte[] pixels(JsonNode rows) {
    List<Integer> values = new ArrayList<>();
    rows.forEach(r -> r.forEach(v -> values.add(v.asInt())));
    return Maps.bytes(values.stream().mapToInt(Integer::intValue).toArray());
  }

  private static byte[] row(JsonNode row) {
    List<Integer> values = new ArrayList<>();
    row.forEach(v -> values.add(v.asInt()));
    return Maps.bytes(values.stream().mapToInt(Integer::intValue).toArray());
  }
}
