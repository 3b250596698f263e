package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.score.Score;
import io.drivemark.eval.runner.score.Scorer;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two frames of 2×6 pixels, 5 classes, void 255, and two predictions of them, of which the second
 * holds the foreign values 255 and 7, scored as files under every protocol.
 */
class DialectsScoreTest {
  private static final int[] TRUTH_A = {0, 0, 0, 1, 1, 255, 0, 0, 1, 1, 2, 2};
  private static final int[] TRUTH_B = {0, 0, 0, 0, 1, 1, 0, 0, 0, 255, 255, 1};
  private static final Map<String, int[]> A =
      Map.of(
          "F1", new int[] {0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 2, 3},
          "F2", new int[] {0, 0, 1, 1, 1, 0, 0, 255, 1, 1, 2, 3});
  private static final Map<String, int[]> B =
      Map.of(
          "F1", new int[] {0, 0, 0, 0, 1, 0, 0, 2, 0, 3, 1, 1},
          "F2", new int[] {0, 0, 0, 0, 1, 0, 0, 7, 0, 3, 1, 1});

  private static final String EXPECTED =
      """
      cityscapes 11/26 101/208
      mmseg 4231/10000 4856/10000
      mlperf-automotive 11/26 error
      bdd100k 22/39 101/156
      mapillary 11/26 91/176
      nuscenes-lidarseg 11/26 error
      omz 11/26 91/176
      pytorch-enet 11/26 91/176
      pidnet 22/65 101/260
      paddleseg 7/13 153/260
      idd-level3 null null
      detectron2 22/39 91/132
      image-mean 329/720 71/120
      class-mean-over-images 191/480 229/480
      kitti360 error error
      idd-aw 11/26 error
      idd-aw-refactored 22/65 error
      tfsegmentation 331/840 19/42
      void-not-masked 331/840 19/42
      """;

  @TempDir Path folder;
  private Dataset dataset;

  @BeforeEach
  void writeFrames() throws IOException {
    write(folder.resolve("labels/A.png"), TRUTH_A);
    write(folder.resolve("labels/B.png"), TRUTH_B);
    for (String name : Set.of("F1", "F2")) {
      write(folder.resolve(name).resolve("A.png"), A.get(name));
      write(folder.resolve(name).resolve("B.png"), B.get(name));
    }
    Path yaml = folder.resolve("dialects.yaml");
    Files.writeString(
        yaml,
        """
        name: dialects
        classes: [{name: c0}, {name: c1}, {name: c2}, {name: c3}, {name: c4}]
        splits: [val]
        layout: [{image: 'images/{id}.png', truth: 'labels/{id}.png'}]
        coding: {kind: index, void: [255]}
        """);
    dataset =
        Datasets.open(DatasetRequest.of(yaml.toString(), "val").withRoot(folder).withLabelsOnly());
  }

  private static void write(Path file, int... labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    ImageCodec.writeGray8(file, 2, 6, bytes);
  }

  private Score score(String prediction, String protocol) {
    return Scorer.score(
        dataset,
        folder.resolve(prediction),
        PredictionEncoding.TRAIN_IDS,
        Protocols.named(protocol),
        Progress.NONE);
  }

  @Test
  void filesScoreAsEachToolCounts() {
    Set<String> seen = new TreeSet<>();
    for (String line : EXPECTED.lines().toList()) {
      String[] words = line.split(" ");
      seen.add(words[0]);
      for (int f = 1; f <= 2; f++) {
        String prediction = "F" + f;
        String what = words[0] + " " + prediction;
        if (words[f].equals("error")) {
          BadInputException e =
              assertThrows(BadInputException.class, () -> score(prediction, words[0]), what);
          assertTrue(e.getMessage().startsWith("protocol " + words[0] + ": "), e.getMessage());
        } else if (words[f].equals("null")) {
          assertTrue(score(prediction, words[0]).json().get("miou").isNull(), what);
        } else {
          String[] parts = words[f].split("/");
          assertEquals(
              MetricValue.of(Double.parseDouble(parts[0]) / Double.parseDouble(parts[1])),
              score(prediction, words[0]).scores().miou(),
              what);
        }
      }
    }
    assertEquals(new TreeSet<>(Protocols.names()), seen);
  }

  @Test
  void confidenceIsNotMadeUp() {
    assertEquals(
        "protocol kitti360: it weighs each pixel by the confidence of its label, and dataset"
            + " dialects has none; choose another protocol",
        assertThrows(BadInputException.class, () -> score("F1", "kitti360")).getMessage());
  }

  @Test
  void detailsStandInTheJson() {
    var json = score("F1", "cityscapes").json();
    assertEquals(43.0 / 60, erratum(json, "E5").get("published").asDouble());
    assertEquals(59.0 / 84, erratum(json, "E5").get("correct").asDouble());
    assertEquals(11.0 / 26, json.at("/perImage/miouOfDataset").asDouble());
    assertEquals(329.0 / 720, json.at("/perImage/miouOfImages").asDouble());
    assertEquals(191.0 / 480, json.at("/perImage/miouOfClasses").asDouble());
    // Two frames of no known sequence are one block, from which no interval follows.
    assertTrue(json.path("intervals").isMissingNode());
    assertTrue(json.path("boundary").isMissingNode());
    assertTrue(json.at("/safety/near-field/falselyDrivable").isNull());
  }

  private static com.fasterxml.jackson.databind.JsonNode erratum(
      com.fasterxml.jackson.databind.JsonNode json, String id) {
    for (var node : json.get("errata")) {
      if (node.get("id").asText().equals(id)) {
        return node;
      }
    }
    throw new AssertionError(id + " is missing");
  }
}
