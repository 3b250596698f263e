package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.score.Scorer;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Frames in KITTI-360's layout with confidences, scored as its own tool does: against sums over
 * stored values, each pixel adding its confidence over 65535.
 */
class ConfidenceScoreTest {
  private static final String DRIVE = "2013_05_28_drive_0000_sync/image_00/";
  private static final String LABELS = "data_2d_semantics/train/" + DRIVE;
  private static final int HEIGHT = 20;
  private static final int WIDTH = 30;

  /** Label ids of building, garage, gate, car, sky, stop (void) and ego vehicle (void). */
  private static final int[] IDS = {11, 34, 35, 26, 23, 36, 1};

  /** Their train ids; those of the scorer, by which a garage is a building and a gate a fence. */
  private static final int[] TRAIN_IDS = {2, 2, 4, 13, 10, 255, 255};

  @TempDir Path root;

  /** Weighted hits and unions by train id. */
  private final double[] hits = new double[19];

  private final double[] unions = new double[19];
  private double judged;

  private void write(int frames) throws IOException {
    Random random = new Random(36);
    StringBuilder list = new StringBuilder();
    for (int f = 0; f < frames; f++) {
      byte[] labels = new byte[HEIGHT * WIDTH];
      byte[] prediction = new byte[labels.length];
      short[] confidence = new short[labels.length];
      for (int i = 0; i < labels.length; i++) {
        int truth = random.nextInt(IDS.length);
        int said = random.nextInt(3) == 0 ? random.nextInt(5) : Math.min(truth, 4);
        labels[i] = (byte) IDS[truth];
        prediction[i] = (byte) TRAIN_IDS[said];
        int weight = random.nextInt(65536);
        confidence[i] = (short) weight;
        add(TRAIN_IDS[truth], TRAIN_IDS[said], weight / 65535.0);
      }
      String name = String.format("%010d.png", f);
      ImageCodec.writeGray8(root.resolve(LABELS + "semantic/" + name), HEIGHT, WIDTH, labels);
      ImageCodec.writeGray16(
          root.resolve(LABELS + "confidence/" + name), HEIGHT, WIDTH, confidence);
      ImageCodec.writeGray8(
          root.resolve("results/0000_" + String.format("%010d", f) + ".png"),
          HEIGHT,
          WIDTH,
          prediction);
      // The scorer takes each tenth line of the list.
      list.append(LABELS).append("semantic/").append(name).append('\n');
      for (int skipped = 0; skipped < 9; skipped++) {
        list.append(LABELS).append("semantic/0000009999.png\n");
      }
    }
    Path file = root.resolve("data_2d_semantics/train/2013_05_28_drive_val_frames.txt");
    Files.writeString(file, list);
  }

  private void add(int truth, int said, double weight) {
    if (truth != 255) {
      judged += weight;
      unions[truth] += weight;
      hits[truth] += truth == said ? weight : 0;
      unions[said] += truth == said ? 0 : weight;
    }
  }

  private JsonNode score(String protocol) {
    Dataset dataset =
        Datasets.open(DatasetRequest.of("kitti-360", "val").withRoot(root).withLabelsOnly());
    return Scorer.score(
            dataset,
            root.resolve("results"),
            PredictionEncoding.TRAIN_IDS,
            Protocols.named(protocol),
            Progress.NONE)
        .json();
  }

  @Test
  void pixelsCountTheirConfidence() throws IOException {
    write(4);
    JsonNode json = score("kitti360");
    double sum = 0;
    int defined = 0;
    String[] names = {"building", "fence", "car", "sky"};
    int[] classes = {2, 4, 13, 10};
    for (int c = 0; c < 4; c++) {
      double expected = hits[classes[c]] / unions[classes[c]];
      assertEquals(expected, json.get("iou").get(names[c]).asDouble(), 1e-12, names[c]);
      sum += expected;
      defined++;
    }
    assertEquals(sum / defined, json.get("miou").asDouble(), 1e-12);
    assertEquals(65535, json.get("weightOfOnePixel").asInt());
    assertEquals(judged, json.get("pixels").asLong() / 65535.0, 1e-9);
    assertEquals(4, json.get("images").asInt());
    JsonNode plain = score("cityscapes");
    assertTrue(plain.get("weightOfOnePixel") == null);
    assertTrue(plain.get("miou").asDouble() != json.get("miou").asDouble());
  }

  @Test
  void aFrameWithoutConfidencesIsNamed() throws IOException {
    write(2);
    Files.delete(root.resolve(LABELS + "confidence/0000000001.png"));
    assertEquals(
        "frame 0000_0000000001 of dataset kitti-360 has no file of confidences, by which the"
            + " protocol weighs its pixels; unpack it, or choose another protocol",
        assertThrows(BadInputException.class, () -> score("kitti360")).getMessage());
    Files.delete(root.resolve(LABELS + "confidence/0000000000.png"));
    assertEquals(
        "protocol kitti360: it weighs each pixel by the confidence of its label, and dataset"
            + " kitti-360 has none; choose another protocol",
        assertThrows(BadInputException.class, () -> score("kitti360")).getMessage());
  }
}
