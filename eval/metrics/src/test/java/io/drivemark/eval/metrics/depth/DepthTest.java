package io.drivemark.eval.metrics.depth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.datasets.Depth;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Shared;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DepthTest {
  private static Depth depth(float... metres) {
    return Depth.of(1, metres.length, metres);
  }

  @Test
  void theExampleByHand() {
    DepthScores s = DepthRule.everywhere().judge(depth(2, 4), depth(2, 5)).orElseThrow();
    assertEquals(1.0 / 8, s.absRel(), 1e-15);
    assertEquals(1.0 / 8, s.sqRel(), 1e-15);
    assertEquals(1.0 / 32, s.squaredRelative(), 1e-15);
    assertEquals(Math.sqrt(0.5), s.rmse(), 1e-15);
    assertEquals(Math.log(1.25) / Math.sqrt(2), s.rmseLog(), 1e-15);
    assertEquals(Math.log10(1.25) / 2, s.log10(), 1e-15);
    assertEquals(Math.log(1.25) / 2, s.siLog(), 1e-15);
    assertEquals(0.5, s.mae(), 1e-15);
    assertEquals(0.05 / Math.sqrt(2), s.inverseRmse(), 1e-15);
    assertEquals(0.5, s.delta1()); // 5/4 is not below 1.25
    assertEquals(1, s.delta2());
    assertEquals(2, s.pixels());
  }

  @Test
  void unknownTruthAndWhatLiesOutsideTheLimitsIsNotJudged() {
    DepthRule rule = new DepthRule(1, 80, DepthCrop.NONE);
    DepthScores s =
        rule.judge(depth(Float.NaN, 0, 0.5f, 90, 40, 40), depth(1, 1, 1, 1, 100, -3)).orElseThrow();
    assertEquals(2, s.pixels());
    assertEquals((40 + 39) / 2.0, s.mae(), "clamped to 80 and to 1");
    assertEquals(Optional.empty(), rule.judge(depth(0), depth(1)));
  }

  @Test
  void cropsAreThoseOfThePapers() {
    // KITTI's 375×1242: Garg judges rows 153..370 and columns 44..1196.
    assertEquals(153, DepthCrop.GARG.firstRow(375));
    assertEquals(371, DepthCrop.GARG.endRow(375));
    assertEquals(44, DepthCrop.GARG.firstColumn(1242));
    assertEquals(1197, DepthCrop.GARG.endColumn(1242));
    assertEquals(124, DepthCrop.EIGEN.firstRow(375));
    assertEquals(342, DepthCrop.EIGEN.endRow(375));
    float[] truth = new float[375 * 1242];
    Arrays.fill(truth, 10);
    Depth all = Depth.of(375, 1242, truth);
    assertEquals(
        (371 - 153) * (1197 - 44), DepthRule.eigenSplit().judge(all, all).orElseThrow().pixels());
  }

  @Test
  void limitsThemselvesAreJudgedAndInfinityIsNoDistance() {
    DepthRule to80 = new DepthRule(1, 80, DepthCrop.NONE);
    Depth truth = depth(1, 80, Math.nextUp(80f), Math.nextDown(1f));
    assertEquals(2, to80.judge(truth, depth(1, 80, 1, 1)).orElseThrow().pixels());
    assertEquals(
        to80.judge(depth(10), depth(80)), to80.judge(depth(10), depth(Float.POSITIVE_INFINITY)));
    assertEquals(
        "depth: the prediction at row 0, column 0 is Infinity metres; a positive, finite number is"
            + " needed where the truth is known",
        assertThrows(
                BadInputException.class,
                () -> DepthRule.everywhere().judge(depth(1), depth(Float.POSITIVE_INFINITY)))
            .getMessage());
  }

  @Test
  void predictionsWithoutAValueAreNamed() {
    assertEquals(
        "depth: the prediction at row 0, column 1 is NaN metres; a positive, finite number is"
            + " needed where the truth is known",
        assertThrows(
                BadInputException.class,
                () -> DepthRule.everywhere().judge(depth(1, 1), depth(1, Float.NaN)))
            .getMessage());
    assertEquals(
        "depth: the prediction is 1x1, the truth 1x2 (height x width); bring the prediction onto"
            + " the truth's grid",
        assertThrows(
                BadInputException.class, () -> DepthRule.everywhere().judge(depth(1, 1), depth(1)))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new DepthRule(2, 1, DepthCrop.NONE));
    assertThrows(IllegalArgumentException.class, () -> DepthScores.mean(List.of()));
  }

  /** An outlier is off by more than 3 pixels and by more than 5 %. */
  @Test
  void disparityOutliers() {
    float[] truth = {100, 100, 100, 10, 10, 0, 50};
    float[] found = {104, 106, 95, 13, 13.5f, 99, Float.NaN};
    DisparityOutliers d = DisparityOutliers.of(truth, found);
    assertEquals(new DisparityOutliers(3, 6), d);
    assertEquals(MetricValue.of(0.5), d.plus(d).share());
    assertThrows(BadInputException.class, () -> DisparityOutliers.of(truth, new float[2]));
  }

  /** deeplab2's tests, printed to four digits; its silog is in percent. */
  @Test
  void deeplab2() throws IOException {
    JsonNode root = Shared.json("deeplab2-depth/expected.json");
    List<DepthScores> scores = new ArrayList<>();
    for (JsonNode image : root.get("images")) {
      scores.add(
          DepthRule.everywhere()
              .judge(matrix(image.get("gt")), matrix(image.get("pred")))
              .orElseThrow());
    }
    assertDeeplab(root.get("first_image"), scores.get(0));
    assertDeeplab(root.get("all_three"), DepthScores.mean(scores));
  }

  private static void assertDeeplab(JsonNode expected, DepthScores found) {
    assertEquals(expected.get("silog").asDouble(), 100 * found.siLog(), 1e-4);
    assertEquals(expected.get("sqErrorRel").asDouble(), found.squaredRelative(), 1e-4);
    assertEquals(expected.get("absErrorRel").asDouble(), found.absRel(), 1e-4);
    assertEquals(expected.get("delta1").asDouble(), found.delta1(), 1e-4);
  }

  private static Depth matrix(JsonNode rows) {
    float[] metres = new float[rows.size() * rows.get(0).size()];
    int i = 0;
    for (JsonNode row : rows) {
      for (JsonNode value : row) {
        metres[i++] = value.floatValue();
      }
    }
    return Depth.of(rows.size(), rows.get(0).size(), metres);
  }

  /** A real frame of 224×224 against float64 NumPy. */
  @Test
  void fastDepthOnARealFrame() throws IOException {
    JsonNode expected = Shared.json("fastdepth-nyu/expected.json").get("expected");
    Path dir = Shared.fixture("fastdepth-nyu");
    DepthScores found =
        DepthRule.everywhere()
            .judge(numpy(dir.resolve("depth.npy")), numpy(dir.resolve("pred.npy")))
            .orElseThrow();
    assertEquals(expected.get("valid_pixels").asLong(), found.pixels());
    // Fifty thousand doubles are added in another order than NumPy's.
    assertEquals(expected.get("rmse").asDouble(), found.rmse(), 1e-11);
    assertEquals(expected.get("mae").asDouble(), found.mae(), 1e-11);
    assertEquals(expected.get("absrel").asDouble(), found.absRel(), 1e-11);
    assertEquals(expected.get("sqrel").asDouble(), found.sqRel(), 1e-11);
    assertEquals(expected.get("log10").asDouble(), found.log10(), 1e-11);
    assertEquals(expected.get("rmse_log").asDouble(), found.rmseLog(), 1e-11);
    assertEquals(expected.get("silog_pct").asDouble(), 100 * found.siLog(), 1e-9);
    assertEquals(expected.get("irmse_per_m").asDouble(), found.inverseRmse(), 1e-11);
    assertEquals(expected.get("delta1").asDouble(), found.delta1(), 1e-15);
    assertEquals(expected.get("delta2").asDouble(), found.delta2(), 1e-15);
    assertEquals(expected.get("delta3").asDouble(), found.delta3(), 1e-15);
  }

  private static Depth numpy(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int header = bytes.getShort(8);
    String text = new String(bytes.array(), 10, header, StandardCharsets.US_ASCII);
    assertTrue(text.contains("'<f4'") && text.contains("'fortran_order': False"), text);
    float[] metres = new float[224 * 224];
    bytes.position(10 + header);
    assertEquals(4 * metres.length, bytes.remaining());
    bytes.asFloatBuffer().get(metres);
    return Depth.of(224, 224, metres);
  }
}
