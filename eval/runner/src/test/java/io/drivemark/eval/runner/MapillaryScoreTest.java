package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.score.Scorer;
import io.drivemark.problem.Progress;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Generated frames in Mapillary Vistas' layout, palettised labels and 16-bit objects of label · 256
 * + number from 0: IoU with void predictions free, iIoU with its own mean sizes, and the levels of
 * its names, against counts over the stored values.
 */
class MapillaryScoreTest {
  private static final int HEIGHT = 90;
  private static final int WIDTH = 120;
  private static final int UNLABELED = 65;

  /** Stored values of a frame. */
  private record Raw(int[] labels, int[] objects, int[] prediction) {}

  @TempDir Path root;

  private Raw frame(String id, Random random) throws IOException {
    int[] labels = new int[HEIGHT * WIDTH];
    int[] objects = new int[labels.length];
    java.util.Arrays.fill(labels, 13);
    java.util.Arrays.fill(objects, 13 * 256);
    int[] numbers = new int[66];
    for (int block = 0; block < 90; block++) {
      int label = random.nextInt(66);
      int number = numbers[label]++;
      paint(random, i -> label, labels, i -> label * 256 + number, objects);
    }
    int[] prediction = labels.clone();
    for (int block = 0; block < 60; block++) {
      int label = random.nextInt(66);
      paint(random, i -> label, prediction, i -> 0, new int[prediction.length]);
    }
    byte[] stored = new byte[labels.length];
    short[] wide = new short[labels.length];
    for (int i = 0; i < labels.length; i++) {
      stored[i] = (byte) (prediction[i] == UNLABELED ? 255 : prediction[i]);
      wide[i] = (short) objects[i];
    }
    palettised(root.resolve("validation/labels/" + id + ".png"), labels);
    ImageCodec.writeGray16(
        root.resolve("validation/instances/" + id + ".png"), HEIGHT, WIDTH, wide);
    ImageCodec.writeGray8(root.resolve("results/" + id + ".png"), HEIGHT, WIDTH, stored);
    return new Raw(labels, objects, prediction);
  }

  private static void paint(
      Random random,
      java.util.function.IntUnaryOperator label,
      int[] labels,
      java.util.function.IntUnaryOperator object,
      int[] objects) {
    int h = 1 + random.nextInt(25);
    int w = 1 + random.nextInt(35);
    int top = random.nextInt(HEIGHT - h);
    int left = random.nextInt(WIDTH - w);
    for (int y = top; y < top + h; y++) {
      for (int i = y * WIDTH + left; i < y * WIDTH + left + w; i++) {
        labels[i] = label.applyAsInt(i);
        objects[i] = object.applyAsInt(i);
      }
    }
  }

  private static void palettised(Path file, int[] labels) throws IOException {
    byte[] channel = new byte[256];
    new Random(7).nextBytes(channel);
    BufferedImage image =
        new BufferedImage(
            WIDTH,
            HEIGHT,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 256, channel, channel, channel));
    for (int i = 0; i < labels.length; i++) {
      image.getRaster().setSample(i % WIDTH, i / WIDTH, 0, labels[i]);
    }
    Files.createDirectories(file.getParent());
    assertTrue(ImageIO.write(image, "png", file.toFile()));
  }

  /** Pixels whose truth or prediction is unlabeled are deleted from the matrix. */
  private static double iou(List<Raw> frames, IntPredicate member) {
    long both = 0;
    long either = 0;
    for (Raw frame : frames) {
      for (int i = 0; i < frame.labels().length; i++) {
        if (frame.labels()[i] != UNLABELED && frame.prediction()[i] != UNLABELED) {
          boolean truth = member.test(frame.labels()[i]);
          boolean said = member.test(frame.prediction()[i]);
          both += truth && said ? 1 : 0;
          either += truth || said ? 1 : 0;
        }
      }
    }
    return (double) both / either;
  }

  private static double iiou(List<Raw> frames, int label, double meanPixels) {
    double hits = 0;
    double misses = 0;
    long falsePositives = 0;
    for (Raw frame : frames) {
      TreeSet<Integer> numbers = new TreeSet<>();
      for (int object : frame.objects()) {
        if (object / 256 == label) {
          numbers.add(object);
        }
      }
      for (int number : numbers) {
        long size = 0;
        long right = 0;
        for (int i = 0; i < frame.objects().length; i++) {
          if (frame.objects()[i] == number) {
            size++;
            right += frame.prediction()[i] == label ? 1 : 0;
          }
        }
        hits += meanPixels / size * right;
        misses += meanPixels / size * (size - right);
      }
      for (int i = 0; i < frame.labels().length; i++) {
        boolean judged = frame.labels()[i] != UNLABELED && frame.labels()[i] != label;
        falsePositives += judged && frame.prediction()[i] == label ? 1 : 0;
      }
    }
    return hits / (hits + misses + falsePositives);
  }

  @Test
  void everyNumberEqualsACountOverStoredValues() throws IOException {
    Random random = new Random(65);
    List<Raw> frames = new ArrayList<>();
    frames.add(frame("-1m7A1wpY0VCHyvGAQ2zCQ", random));
    frames.add(frame("_2Rs9sTZkfXM6D8vLGjIAA", random));
    Dataset dataset =
        Datasets.open(DatasetRequest.of("mapillary-v1.2", "val").withRoot(root).withLabelsOnly());
    JsonNode json =
        Scorer.score(
                dataset,
                root.resolve("results"),
                PredictionEncoding.TRAIN_IDS,
                Protocols.named("mapillary"),
                Progress.NONE)
            .json();
    List<String> names = dataset.labels().classNames();
    List<Double> ious = new ArrayList<>();
    for (int c = 0; c < UNLABELED; c++) {
      int label = c;
      ious.add(iou(frames, v -> v == label));
      assertSame(ious.get(c), json.get("iou").get(names.get(c)), names.get(c));
    }
    assertEquals(mean(ious), json.get("miou").asDouble(), 1e-12);
    List<Double> weighted = new ArrayList<>();
    for (Map.Entry<String, Double> size : dataset.facts().meanInstancePixels().entrySet()) {
      int label = names.indexOf(size.getKey());
      double expected = iiou(frames, label, size.getValue());
      assertSame(expected, json.get("iiouByClass").get(size.getKey()), size.getKey());
      weighted.add(expected);
    }
    assertEquals(37, weighted.size());
    assertTrue(weighted.stream().filter(v -> v > 0.1).count() > 20, "most classes have objects");
    assertEquals(mean(weighted), json.get("iiou").asDouble(), 1e-12);
    // Ego vehicle and car mount share their first token with what is not scored.
    assertLevel(frames, names, json.at("/levels/1"), 1, Set.of("void"));
    assertLevel(frames, names, json.at("/levels/2"), 2, Set.of());
    assertEquals(6, json.at("/levels/1/iou").size(), "animal, construction, human, …");
  }

  /** Groups of classes that share their first tokens, but for some. */
  private static void assertLevel(
      List<Raw> frames, List<String> names, JsonNode found, int level, Set<String> without) {
    List<Double> ious = new ArrayList<>();
    TreeSet<String> groups = new TreeSet<>();
    names.forEach(name -> groups.add(group(name, level)));
    groups.removeAll(without);
    for (String group : groups) {
      double expected = iou(frames, v -> v < UNLABELED && group(names.get(v), level).equals(group));
      ious.add(expected);
      assertSame(expected, found.get("iou").get(group), group);
    }
    assertEquals(groups.size(), found.get("iou").size());
    assertEquals(mean(ious), found.get("miou").asDouble(), 1e-12);
  }

  private static String group(String name, int level) {
    String[] tokens = name.split("--");
    return level == 1 || tokens.length == 1 ? tokens[0] : tokens[0] + "--" + tokens[1];
  }

  /** Undefined is NaN here and null there. */
  private static void assertSame(double expected, JsonNode found, String what) {
    assertEquals(Double.isNaN(expected), found.isNull(), what);
    if (!found.isNull()) {
      assertEquals(expected, found.asDouble(), 1e-12, what);
    }
  }

  private static double mean(List<Double> values) {
    return values.stream()
        .filter(v -> !v.isNaN())
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow();
  }
}
