package io.drivemark.eval.metrics.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.catalog.LabelSpaces;
import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Maps;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.metrics.Metrics;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceIouTest {
  private static final LabelSpace TWO =
      new LabelSpace(
          "two",
          List.of(
              new LabelClass("road", 1, "flat", false, false),
              new LabelClass("car", 2, "vehicle", true, false)));

  @Test
  void theExampleByHand() {
    LabelMap truth = LabelMap.of(TWO, 1, 6, Maps.bytes(1, 1, 1, 1, 0, 0));
    LabelMap prediction = LabelMap.of(TWO, 1, 6, Maps.bytes(1, 0, 0, 1, 1, 0));
    InstanceRules rules = InstanceRules.of(TWO, Map.of("car", 6.0));
    InstanceCounts counts =
        InstanceCounts.of(
            rules, truth, prediction, Instances.of(1, 6, new int[] {7, 7, 7, 8, 0, 0}));
    ConfusionMatrix pooled = confusion(truth, prediction);
    assertEquals(Map.of("car", MetricValue.of(8.0 / 13)), InstanceIou.classes(counts, pooled));
    assertEquals(
        Map.of("vehicle", MetricValue.of(8.0 / 13)), InstanceIou.categories(counts, pooled));
    assertEquals(
        new InstanceCounts.Group(1, 1, 1), counts.groups(0).get(3L), "one object of 3 pixels");
  }

  /** A region of a class with objects but without a number is neither hit nor miss. */
  @Test
  void groupsLeaveHitsAndMisses() {
    LabelMap truth = LabelMap.of(TWO, 1, 6, Maps.bytes(1, 1, 1, 1, 0, 0));
    LabelMap wrong = LabelMap.of(TWO, 1, 6, Maps.bytes(0, 0, 0, 0, 0, 0));
    InstanceCounts counts =
        InstanceCounts.of(
            InstanceRules.of(TWO, Map.of("car", 6.0)),
            truth,
            wrong,
            Instances.of(1, 6, new int[6]));
    assertFalse(InstanceIou.classes(counts, confusion(truth, wrong)).get("car").isDefined());
    assertFalse(
        InstanceIou.mean(InstanceIou.classes(counts, confusion(truth, wrong)).values())
            .isDefined());
  }

  /** Cityscapes' raw label ids by train id. */
  private static final int[] IDS = {
    7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33
  };

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

  /** Raw label ids, raw instance ids and raw predictions of a generated frame. */
  private record Raw(int[] labels, int[] instances, int[] prediction) {}

  private static Raw raw(int height, int width, Random random) {
    int[] labels = new int[height * width];
    int[] instances = new int[labels.length];
    java.util.Arrays.fill(labels, 7);
    for (int block = 0; block < 25; block++) {
      paint(labels, height, width, random.nextInt(34), random, 3);
    }
    System.arraycopy(labels, 0, instances, 0, labels.length);
    for (int object = 0; object < 60; object++) {
      int id = 24 + random.nextInt(10);
      // One in six is a group: it keeps the class id as its instance id.
      int number = random.nextInt(6) == 0 ? id : id * 1000 + object;
      int h = 1 + random.nextInt(height / 4);
      int w = 1 + random.nextInt(width / 8);
      int top = random.nextInt(height - h);
      int left = random.nextInt(width - w);
      for (int y = top; y < top + h; y++) {
        java.util.Arrays.fill(labels, y * width + left, y * width + left + w, id);
        java.util.Arrays.fill(instances, y * width + left, y * width + left + w, number);
      }
    }
    int[] prediction = labels.clone();
    for (int i = 0; i < prediction.length; i++) {
      // Predictions are of scored classes.
      prediction[i] = train(prediction[i]) == 255 ? 23 : prediction[i];
    }
    for (int block = 0; block < 80; block++) {
      paint(prediction, height, width, IDS[random.nextInt(19)], random, 10);
    }
    return new Raw(labels, instances, prediction);
  }

  private static void paint(int[] map, int height, int width, int value, Random random, int share) {
    int h = 1 + random.nextInt(Math.max(1, height / share));
    int w = 1 + random.nextInt(Math.max(1, width / share));
    int top = random.nextInt(height - h);
    int left = random.nextInt(width - w);
    for (int y = top; y < top + h; y++) {
      java.util.Arrays.fill(map, y * width + left, y * width + left + w, value);
    }
  }

  private static int train(int id) {
    for (int k = 0; k < IDS.length; k++) {
      if (IDS[k] == id) {
        return k;
      }
    }
    return 255;
  }

  private static Instances runs(int height, int width, int[] objects) {
    int[] starts = new int[objects.length];
    int[] numbers = new int[objects.length];
    int runs = 0;
    for (int i = 0; i < objects.length; i++) {
      if (i == 0 || objects[i] != objects[i - 1]) {
        starts[runs] = i;
        numbers[runs++] = objects[i];
      }
    }
    return Instances.ofRuns(height, width, starts, numbers, runs, int[]::new);
  }

  private static final int[] HUMAN = {24, 25};
  private static final int[] VEHICLE = {26, 27, 28, 29, 30, 31, 32, 33};
  private static final int[] SCORED_VEHICLE = {26, 27, 28, 31, 32, 33};

  /** From the definition: one mask an instance, on raw ids, nothing of ours. */
  private static double independent(List<Raw> frames, int[] members, int[] scored) {
    double hits = 0;
    double misses = 0;
    long falsePositives = 0;
    for (Raw frame : frames) {
      java.util.Set<Integer> numbers = new java.util.TreeSet<>();
      for (int number : frame.instances()) {
        if (number >= 1000 && contains(members, number / 1000)) {
          numbers.add(number);
        }
      }
      for (int number : numbers) {
        long size = 0;
        long right = 0;
        for (int i = 0; i < frame.instances().length; i++) {
          if (frame.instances()[i] == number) {
            size++;
            right += contains(scored, frame.prediction()[i]) ? 1 : 0;
          }
        }
        double weight = SIZES.get(number / 1000) / size;
        hits += weight * right;
        misses += weight * (size - right);
      }
      for (int i = 0; i < frame.labels().length; i++) {
        boolean judged = train(frame.labels()[i]) != 255;
        if (judged
            && !contains(scored, frame.labels()[i])
            && contains(scored, frame.prediction()[i])) {
          falsePositives++;
        }
      }
    }
    return hits / (hits + misses + falsePositives);
  }

  private static boolean contains(int[] values, int value) {
    for (int v : values) {
      if (v == value) {
        return true;
      }
    }
    return false;
  }

  private static InstanceRules cityscapes() {
    LabelSpace space = LabelSpaces.named("cityscapes-19");
    Map<String, Double> sizes = new TreeMap<>();
    SIZES.forEach(
        (id, size) -> {
          if (train(id) != 255) {
            sizes.put(space.classes().get(train(id)).name(), size);
          }
        });
    return InstanceRules.of(space, sizes)
        .withUnscored(
            1000,
            Map.of(
                29,
                new InstanceRules.Kind("caravan", "vehicle", SIZES.get(29), OptionalInt.empty()),
                30,
                new InstanceRules.Kind("trailer", "vehicle", SIZES.get(30), OptionalInt.empty())));
  }

  private static LabelMap map(LabelSpace space, int height, int width, int[] raw) {
    byte[] labels = new byte[raw.length];
    for (int i = 0; i < raw.length; i++) {
      labels[i] = (byte) train(raw[i]);
    }
    return LabelMap.of(space, height, width, labels);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void equalsAnIndependentCountWithOneMaskAnInstance(long seed) {
    Random random = new Random(seed);
    int height = 96;
    int width = 192;
    InstanceRules rules = cityscapes();
    LabelSpace space = rules.space();
    List<Raw> frames = new ArrayList<>();
    InstanceCounts sumOfParts = InstanceCounts.empty(rules);
    InstanceCounts backwards = InstanceCounts.empty(rules);
    ConfusionAccumulator pooled = new ConfusionAccumulator(space);
    List<InstanceCounts> parts = new ArrayList<>();
    for (int n = 0; n < 4; n++) {
      Raw raw = raw(height, width, random);
      frames.add(raw);
      int[] objects = raw.instances().clone();
      for (int i = 0; i < objects.length; i++) {
        objects[i] = objects[i] >= 1000 ? objects[i] : 0;
      }
      LabelMap truth = map(space, height, width, raw.labels());
      LabelMap prediction = map(space, height, width, raw.prediction());
      parts.add(InstanceCounts.of(rules, truth, prediction, Instances.of(height, width, objects)));
      assertEquals(
          parts.get(n), InstanceCounts.of(rules, truth, prediction, runs(height, width, objects)));
      sumOfParts = sumOfParts.plus(parts.get(n));
      pooled.add(truth, prediction);
    }
    for (int n = 3; n >= 0; n--) {
      backwards = backwards.plus(parts.get(n));
    }
    InstanceCounts counts = sumOfParts;
    assertEquals(counts, backwards);
    Map<String, MetricValue> classes = InstanceIou.classes(counts, pooled.matrix());
    assertEquals(8, classes.size());
    double sum = 0;
    for (int id : new int[] {24, 25, 26, 27, 28, 31, 32, 33}) {
      double expected = independent(frames, new int[] {id}, new int[] {id});
      String name = space.classes().get(train(id)).name();
      assertEquals(expected, classes.get(name).value().orElseThrow(), 1e-12, name);
      sum += expected;
    }
    assertEquals(sum / 8, InstanceIou.mean(classes.values()).value().orElseThrow(), 1e-12);
    Map<String, MetricValue> categories = InstanceIou.categories(counts, pooled.matrix());
    assertEquals(List.of("human", "vehicle"), List.copyOf(categories.keySet()));
    assertEquals(
        independent(frames, HUMAN, HUMAN), categories.get("human").value().orElseThrow(), 1e-12);
    assertEquals(
        independent(frames, VEHICLE, SCORED_VEHICLE),
        categories.get("vehicle").value().orElseThrow(),
        1e-12);
    assertEquals(
        counts,
        InstanceCounts.of(
            rules,
            java.util.stream.IntStream.range(0, rules.kinds().size())
                .mapToObj(counts::groups)
                .toList()));
  }

  /** k wrong pixels of one object of n pixels, mean size m: iIoU moves to (n − k)/n. */
  @Test
  void plantedErrorsMoveItAsComputed() {
    InstanceRules rules = InstanceRules.of(TWO, Map.of("car", 50.0));
    byte[] t = new byte[100];
    int[] objects = new int[100];
    java.util.Arrays.fill(t, 0, 20, (byte) 1);
    java.util.Arrays.fill(objects, 0, 20, 3);
    for (int k = 0; k <= 20; k++) {
      for (int f = 0; f <= 5; f++) {
        byte[] p = t.clone();
        java.util.Arrays.fill(p, 0, k, (byte) 0);
        java.util.Arrays.fill(p, 50, 50 + f, (byte) 1);
        LabelMap truth = LabelMap.of(TWO, 10, 10, t);
        LabelMap prediction = LabelMap.of(TWO, 10, 10, p);
        double found =
            InstanceIou.classes(
                    InstanceCounts.of(rules, truth, prediction, Instances.of(10, 10, objects)),
                    confusion(truth, prediction))
                .get("car")
                .value()
                .orElseThrow();
        assertEquals(2.5 * (20 - k) / (50 + f), found, 1e-15, k + " misses, " + f + " extra");
      }
    }
  }

  @Test
  void categoryIouAndClassIouEqualAnIndependentCount() {
    Random random = new Random(9);
    LabelSpace space = LabelSpaces.named("cityscapes-19");
    Raw raw = raw(96, 192, random);
    ConfusionMatrix pooled =
        confusion(map(space, 96, 192, raw.labels()), map(space, 96, 192, raw.prediction()));
    Map<String, int[]> members =
        Map.of(
            "flat", new int[] {7, 8},
            "construction", new int[] {11, 12, 13},
            "object", new int[] {17, 19, 20},
            "nature", new int[] {21, 22},
            "sky", new int[] {23},
            "human", HUMAN,
            "vehicle", SCORED_VEHICLE);
    assertEquals(members.keySet(), Metrics.categoryIou(pooled).keySet());
    double sum = 0;
    for (Map.Entry<String, int[]> e : members.entrySet()) {
      double expected = independentIou(raw, e.getValue());
      sum += expected;
      assertEquals(
          expected,
          Metrics.categoryIou(pooled).get(e.getKey()).value().orElseThrow(),
          1e-12,
          e.getKey());
    }
    assertEquals(sum / 7, Metrics.categoryMiou(pooled).value().orElseThrow(), 1e-12);
    for (int id : IDS) {
      assertEquals(
          independentIou(raw, new int[] {id}),
          Metrics.iou(pooled, train(id)).value().orElseThrow(),
          1e-12,
          "id " + id);
    }
  }

  private static double independentIou(Raw raw, int[] members) {
    long both = 0;
    long union = 0;
    for (int i = 0; i < raw.labels().length; i++) {
      if (train(raw.labels()[i]) != 255) {
        boolean truth = contains(members, raw.labels()[i]);
        boolean predicted = contains(members, raw.prediction()[i]);
        both += truth && predicted ? 1 : 0;
        union += truth || predicted ? 1 : 0;
      }
    }
    return (double) both / union;
  }

  @Test
  void whatDoesNotFitIsRefused() {
    LabelMap map = LabelMap.of(TWO, 1, 2, new byte[2]);
    InstanceRules rules = InstanceRules.of(TWO, Map.of("car", 6.0));
    assertEquals(
        "instances: object numbers of 2x1 for a truth of 1x2 (height x width); bring it onto the"
            + " truth's grid",
        assertThrows(
                BadInputException.class,
                () -> InstanceCounts.of(rules, map, map, Instances.of(2, 1, new int[2])))
            .getMessage());
    assertEquals(
        "mean object sizes: 'bus' is no class of two",
        assertThrows(BadInputException.class, () -> InstanceRules.of(TWO, Map.of("bus", 1.0)))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> InstanceCounts.of(rules, List.of(Map.of(2L, new InstanceCounts.Group(1, 3, 3)))));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            InstanceCounts.empty(rules)
                .plus(InstanceCounts.empty(InstanceRules.of(TWO, Map.of("car", 7.0)))));
  }

  private static ConfusionMatrix confusion(LabelMap truth, LabelMap prediction) {
    ConfusionAccumulator counts = new ConfusionAccumulator(truth.space());
    counts.add(truth, prediction);
    return counts.matrix();
  }
}
