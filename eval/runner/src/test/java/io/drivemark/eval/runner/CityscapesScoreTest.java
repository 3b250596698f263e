package io.drivemark.eval.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.coding.PredictionEncoding;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.eval.gauge.standard.BoundaryGauge;
import io.drivemark.eval.gauge.standard.TrimapGauge;
import io.drivemark.eval.metrics.Protocols;
import io.drivemark.eval.runner.score.ScoreOptions;
import io.drivemark.eval.runner.score.Scorer;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A generated set in Cityscapes' layout and size, with instances, groups, caravans and predictions
 * as label ids in folders by city: class IoU, category IoU and both iIoUs against an independent
 * implementation on the stored values, written from the definition.
 */
class CityscapesScoreTest {
  private static final int HEIGHT = 1024;
  private static final int WIDTH = 2048;
  private static final int[] SCORED = {
    7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33
  };
  private static final Map<String, int[]> CATEGORIES =
      Map.of(
          "flat", new int[] {7, 8},
          "construction", new int[] {11, 12, 13},
          "object", new int[] {17, 19, 20},
          "nature", new int[] {21, 22},
          "sky", new int[] {23},
          "human", new int[] {24, 25},
          "vehicle", new int[] {26, 27, 28, 31, 32, 33});
  private static final Map<Integer, Double> SIZES =
      Map.of(
          24,
          3462.4756337644,
          25,
          3930.4788056518,
          26,
          12794.0202738185,
          27,
          27855.1264367816,
          28,
          35732.1511111111,
          29,
          36771.8241758242,
          30,
          16926.9763313609,
          31,
          67583.7075812274,
          32,
          6298.7200839748,
          33,
          4672.3249222261);

  /** Stored values of a frame. */
  private record Raw(byte[] labels, short[] instances, byte[] prediction) {}

  @TempDir Path root;

  private Raw frame(String city, String id, Random random) {
    byte[] labels = new byte[HEIGHT * WIDTH];
    Arrays.fill(labels, (byte) 7);
    for (int block = 0; block < 30; block++) {
      paint(labels, random.nextInt(34), random, 500, 900);
    }
    short[] instances = new short[labels.length];
    for (int i = 0; i < labels.length; i++) {
      instances[i] = labels[i];
    }
    for (int object = 0; object < 45; object++) {
      int label = 24 + random.nextInt(10);
      int number = random.nextInt(6) == 0 ? label : label * 1000 + object;
      int h = 1 + random.nextInt(200);
      int w = 1 + random.nextInt(200);
      int top = random.nextInt(HEIGHT - h);
      int left = random.nextInt(WIDTH - w);
      for (int y = top; y < top + h; y++) {
        Arrays.fill(labels, y * WIDTH + left, y * WIDTH + left + w, (byte) label);
        Arrays.fill(instances, y * WIDTH + left, y * WIDTH + left + w, (short) number);
      }
    }
    byte[] prediction = labels.clone();
    boolean[] scored = table(SCORED);
    for (int i = 0; i < prediction.length; i++) {
      prediction[i] = scored[prediction[i]] ? prediction[i] : 23;
    }
    for (int block = 0; block < 60; block++) {
      paint(prediction, SCORED[random.nextInt(19)], random, 150, 150);
    }
    // Labels without a score may be predicted too: on a judged pixel they are misses.
    for (int ignored : new int[] {0, 4, 9, 29, 30}) {
      paint(prediction, ignored, random, 200, 200);
    }
    ImageCodec.writeGray8(
        root.resolve("gtFine/val/" + city + "/" + id + "_gtFine_labelIds.png"),
        HEIGHT,
        WIDTH,
        labels);
    ImageCodec.writeGray16(
        root.resolve("gtFine/val/" + city + "/" + id + "_gtFine_instanceIds.png"),
        HEIGHT,
        WIDTH,
        instances);
    ImageCodec.writeGray8(
        root.resolve("results/" + city + "/" + id + "_leftImg8bit.png"), HEIGHT, WIDTH, prediction);
    return new Raw(labels, instances, prediction);
  }

  private static void paint(byte[] map, int value, Random random, int most, int widest) {
    int h = 1 + random.nextInt(most);
    int w = 1 + random.nextInt(widest);
    int top = random.nextInt(HEIGHT - h);
    int left = random.nextInt(WIDTH - w);
    for (int y = top; y < top + h; y++) {
      Arrays.fill(map, y * WIDTH + left, y * WIDTH + left + w, (byte) value);
    }
  }

  private static boolean[] table(int... values) {
    boolean[] out = new boolean[34];
    for (int v : values) {
      out[v] = true;
    }
    return out;
  }

  /** Intersection over union of some labels over pixels whose true label is scored. */
  private static double iou(List<Raw> frames, int... members) {
    long both = 0;
    long union = 0;
    boolean[] scored = table(SCORED);
    boolean[] member = table(members);
    for (Raw frame : frames) {
      for (int i = 0; i < frame.labels().length; i++) {
        if (scored[frame.labels()[i]]) {
          boolean isTrue = member[frame.labels()[i]];
          boolean isPredicted = member[frame.prediction()[i]];
          both += isTrue && isPredicted ? 1 : 0;
          union += isTrue || isPredicted ? 1 : 0;
        }
      }
    }
    return (double) both / union;
  }

  /** One mask an instance; {@code objects} may have labels that are not scored. */
  private static double iiou(List<Raw> frames, int[] objects, int[] members) {
    double hits = 0;
    double misses = 0;
    long falsePositives = 0;
    boolean[] scored = table(SCORED);
    boolean[] member = table(members);
    boolean[] counted = table(objects);
    for (Raw frame : frames) {
      boolean[] seen = new boolean[65536];
      TreeSet<Integer> numbers = new TreeSet<>();
      for (short stored : frame.instances()) {
        int number = stored & 0xFFFF;
        if (!seen[number] && number >= 1000 && counted[number / 1000]) {
          numbers.add(number);
        }
        seen[number] = true;
      }
      for (int number : numbers) {
        long size = 0;
        long right = 0;
        for (int i = 0; i < frame.instances().length; i++) {
          if ((frame.instances()[i] & 0xFFFF) == number) {
            size++;
            right += member[frame.prediction()[i]] ? 1 : 0;
          }
        }
        double weight = SIZES.get(number / 1000) / size;
        hits += weight * right;
        misses += weight * (size - right);
      }
      for (int i = 0; i < frame.labels().length; i++) {
        falsePositives +=
            scored[frame.labels()[i]] && !member[frame.labels()[i]] && member[frame.prediction()[i]]
                ? 1
                : 0;
      }
    }
    return hits / (hits + misses + falsePositives);
  }

  @Test
  void everyOfficialNumberEqualsAnIndependentCount() {
    Random random = new Random(2);
    List<Raw> frames = new ArrayList<>();
    frames.add(frame("lindau", "lindau_000000_000019", random));
    frames.add(frame("munster", "munster_000004_000019", random));
    Dataset dataset =
        Datasets.open(DatasetRequest.of("cityscapes", "val").withRoot(root).withLabelsOnly());
    JsonNode json =
        Scorer.score(
                dataset,
                root.resolve("results"),
                PredictionEncoding.LABEL_IDS,
                Protocols.cityscapes(),
                ScoreOptions.of(BoundaryGauge.NAME, TrimapGauge.NAME),
                Progress.NONE)
            .json();
    double sum = 0;
    for (int c = 0; c < 19; c++) {
      double expected = iou(frames, SCORED[c]);
      String name = dataset.labels().classes().get(c).name();
      assertEquals(expected, json.get("iou").get(name).asDouble(), 1e-12, name);
      sum += expected;
    }
    assertEquals(sum / 19, json.get("miou").asDouble(), 1e-12);
    double categories = 0;
    for (Map.Entry<String, int[]> e : CATEGORIES.entrySet()) {
      double expected = iou(frames, e.getValue());
      assertEquals(expected, json.get("categoryIou").get(e.getKey()).asDouble(), 1e-12, e.getKey());
      categories += expected;
    }
    assertEquals(categories / 7, json.get("categoryMiou").asDouble(), 1e-12);
    double weighted = 0;
    int[] withInstances = {24, 25, 26, 27, 28, 31, 32, 33};
    for (int label : withInstances) {
      String name = dataset.labels().classes().get(index(label)).name();
      double expected = iiou(frames, new int[] {label}, new int[] {label});
      assertEquals(expected, json.get("iiouByClass").get(name).asDouble(), 1e-12, name);
      weighted += expected;
    }
    assertEquals(weighted / 8, json.get("iiou").asDouble(), 1e-12);
    double human = iiou(frames, CATEGORIES.get("human"), CATEGORIES.get("human"));
    int[] vehicles = {26, 27, 28, 29, 30, 31, 32, 33};
    double vehicle = iiou(frames, vehicles, CATEGORIES.get("vehicle"));
    assertEquals(human, json.at("/iiouByCategory/human").asDouble(), 1e-12);
    assertEquals(vehicle, json.at("/iiouByCategory/vehicle").asDouble(), 1e-12);
    assertEquals((human + vehicle) / 2, json.get("categoryIiou").asDouble(), 1e-12);
    // Two cities are two slices, and their sequences two clusters.
    assertEquals(1, json.at("/slices/city/lindau/images").asInt());
    assertEquals(
        "2 clusters (few: intervals come out narrow): sequences",
        json.at("/intervals/clusters").asText());
    double low = json.at("/intervals/miou/percentile/0").asDouble();
    assertTrue(low <= json.get("miou").asDouble());
    assertTrue(json.at("/boundary/miou").asDouble() < json.get("miou").asDouble());
    assertEquals(6, json.at("/boundary/trimapMiou").size());
    assertTrue(json.at("/safety/vulnerableRoadUsers/regions").asInt() > 0);
  }

  /** The rules of objects are the declaration's, not those of a dataset's name. */
  @Test
  void anOwnDeclarationGivesTheSameNumbersUnderAnyName() throws IOException {
    Random random = new Random(3);
    frame("lindau", "lindau_000000_000019", random);
    frame("munster", "munster_000004_000019", random);
    JsonNode shipped = plain("cityscapes");
    Path own = root.resolve("town.yaml");
    try (InputStream in = Datasets.class.getResourceAsStream("formats/cityscapes.yaml")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(text.contains("\nname: cityscapes\n"));
      Files.writeString(own, text.replace("\nname: cityscapes\n", "\nname: town\n"));
    }
    JsonNode town = plain(own.toString());
    for (String key : new String[] {"miou", "iiou", "iiouByCategory", "categoryIiou", "safety"}) {
      assertFalse(shipped.path(key).isMissingNode(), key);
      assertEquals(shipped.get(key), town.get(key), key);
    }
  }

  private JsonNode plain(String name) {
    return Scorer.score(
            Datasets.open(DatasetRequest.of(name, "val").withRoot(root).withLabelsOnly()),
            root.resolve("results"),
            PredictionEncoding.LABEL_IDS,
            Protocols.cityscapes(),
            ScoreOptions.none(),
            Progress.NONE)
        .json();
  }

  private static int index(int label) {
    for (int c = 0; c < SCORED.length; c++) {
      if (SCORED[c] == label) {
        return c;
      }
    }
    throw new AssertionError(label);
  }
}
