package io.drivemark.eval.metrics;

import static io.drivemark.eval.metrics.PanopticQuality.add;
import static io.drivemark.eval.metrics.PanopticQuality.mean;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.PanopticQuality.Found;
import io.drivemark.eval.metrics.PanopticQuality.Outside;
import io.drivemark.eval.metrics.PanopticQuality.Segments;
import io.drivemark.eval.metrics.instance.InstanceCounts;
import io.drivemark.eval.metrics.instance.InstanceRules;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/**
 * Panoptic files of other tools, decoded into segments whose IoUs our counts give; see {@link
 * PanopticQuality}.
 */
class PanopticFixturesTest {
  /** Red is the class, blue·256 + alpha the object; crowds and ignored ones are void truth. */
  private static Segments bdd(Path file, boolean truth) throws IOException {
    Raster raster = ImageIO.read(file.toFile()).getRaster();
    assertEquals(4, raster.getNumBands(), file.toString());
    int[] pixels = new int[raster.getHeight() * raster.getWidth()];
    Map<Integer, Integer> classes = new TreeMap<>();
    int[] rgba = new int[4];
    for (int i = 0; i < pixels.length; i++) {
      raster.getPixel(i % raster.getWidth(), i / raster.getWidth(), rgba);
      boolean judged = !truth || (rgba[1] & 3) == 0;
      int segment = (rgba[2] << 8) + rgba[3];
      if (judged && segment != 0) {
        pixels[i] = segment;
        Integer before = classes.put(segment, rgba[0]);
        assertEquals(rgba[0], before == null ? rgba[0] : before, "one class a segment");
      }
    }
    return new Segments(raster.getHeight(), raster.getWidth(), pixels, classes);
  }

  @Test
  void bdd100kSegmentsHaveThePublishedIous() throws IOException {
    JsonNode expected = Shared.json("bdd100k-panoptic/expected.json");
    Path dir = Shared.fixture("bdd100k-panoptic");
    Map<Integer, Found> found = new TreeMap<>();
    Segments truth = bdd(dir.resolve("gt/a.png"), true);
    add(found, truth, bdd(dir.resolve("pred/a.png"), false), Outside.FALSE_POSITIVE);
    assertEquals(expected.get("per_image_a").size(), found.size());
    for (JsonNode row : expected.get("per_image_a")) {
      Found of = found.get(row.get("category").asInt());
      String what = "category " + row.get("category");
      assertEquals(row.get("tp").asInt(), of.hits(), what);
      assertEquals(row.get("fp").asInt(), of.wrong(), what);
      assertEquals(row.get("fn").asInt(), of.missed(), what);
      assertEquals(row.get("iou_sum").asDouble(), of.iouSum(), 1e-12, what);
    }
  }

  @Test
  void bdd100kQualityComesOutWithAndWithoutAMissingPrediction() throws IOException {
    JsonNode expected = Shared.json("bdd100k-panoptic/expected.json");
    Path dir = Shared.fixture("bdd100k-panoptic");
    for (String folder : List.of("gt", "gt+")) {
      Map<Integer, Found> found = new TreeMap<>();
      for (String frame : List.of("a.png", "b.png", "c.png")) {
        Path prediction = dir.resolve("pred").resolve(frame);
        Path file = dir.resolve(folder).resolve(frame);
        if (Files.exists(file)) {
          Segments truth = bdd(file, true);
          Segments none =
              new Segments(truth.height(), truth.width(), new int[truth.pixels().length], Map.of());
          add(
              found,
              truth,
              Files.exists(prediction) ? bdd(prediction, false) : none,
              Outside.FALSE_POSITIVE);
        }
      }
      JsonNode all = expected.get(folder.equals("gt") ? "gt" : "gt_plus");
      Map<String, IntPredicate> groups =
          Map.of("all", c -> true, "stuff", c -> c <= 30, "thing", c -> c > 30);
      groups.forEach(
          (name, of) -> {
            List<Found> group =
                found.entrySet().stream()
                    .filter(e -> of.test(e.getKey()))
                    .map(Map.Entry::getValue)
                    .toList();
            JsonNode row = all.get(name);
            String what = folder + " " + name;
            assertEquals(row.get("N").asInt(), group.size(), what);
            assertEquals(row.get("PQ").asDouble(), 100 * mean(group, Found::quality), 1e-11, what);
            assertEquals(
                row.get("SQ").asDouble(), 100 * mean(group, Found::segmentation), 1e-11, what);
            assertEquals(
                row.get("RQ").asDouble(), 100 * mean(group, Found::recognition), 1e-11, what);
          });
    }
  }

  /**
   * The objects of a frame, numbered by the file, in our one pass over objects: as many of each
   * class as the file has, of the same sizes, with as many right pixels as a plain loop finds.
   */
  @Test
  void bdd100kObjectsAreCountedAsTheFileHasThem() throws IOException {
    Path dir = Shared.fixture("bdd100k-panoptic");
    List<Long> carsOfFrames = new ArrayList<>();
    for (String frame : List.of("a.png", "b.png")) {
      Segments truth = bdd(dir.resolve("gt").resolve(frame), true);
      Segments prediction = bdd(dir.resolve("pred").resolve(frame), false);
      LabelSpace space =
          new LabelSpace(
              "bdd-panoptic",
              IntStream.range(0, 41)
                  .mapToObj(c -> new LabelClass("c" + c, c, "k" + c, c > 30, false))
                  .toList());
      Map<String, Double> sizes = new HashMap<>();
      IntStream.range(31, 41).forEach(c -> sizes.put("c" + c, 1000.0));
      InstanceRules rules = InstanceRules.of(space, sizes);
      LabelMap labels = labels(space, truth);
      LabelMap predicted = labels(space, prediction);
      int[] objects = truth.pixels().clone();
      for (int i = 0; i < objects.length; i++) {
        objects[i] = objects[i] != 0 && truth.classes().get(objects[i]) > 30 ? objects[i] : 0;
      }
      InstanceCounts counts =
          InstanceCounts.of(
              rules, labels, predicted, Instances.of(truth.height(), truth.width(), objects));
      for (int kind = 0; kind < 10; kind++) {
        int category = 31 + kind;
        Map<Long, InstanceCounts.Group> expected = new TreeMap<>();
        truth
            .classes()
            .forEach(
                (segment, of) -> {
                  if (of == category) {
                    long right = 0;
                    for (int i = 0; i < objects.length; i++) {
                      right += objects[i] == segment && predicted.pixels()[i] == category ? 1 : 0;
                    }
                    expected.merge(
                        truth.size(segment),
                        new InstanceCounts.Group(1, right, right),
                        (a, b) ->
                            new InstanceCounts.Group(
                                a.objects() + b.objects(),
                                a.right() + b.right(),
                                a.rightCategory() + b.rightCategory()));
                  }
                });
        assertEquals(expected, counts.groups(kind), frame + " category " + category);
      }
      long cars = counts.groups(4).values().stream().mapToLong(g -> g.objects()).sum();
      assertEquals(truth.classes().values().stream().filter(c -> c == 35).count(), cars, frame);
      carsOfFrames.add(cars);
    }
    assertEquals(4, carsOfFrames.get(0), "the tool finds four cars in the first frame");
  }

  private static LabelMap labels(LabelSpace space, Segments segments) {
    byte[] out = new byte[segments.pixels().length];
    for (int i = 0; i < out.length; i++) {
      int segment = segments.pixels()[i];
      out[i] = (byte) (segment == 0 ? LabelSpace.VOID : segments.classes().get(segment));
    }
    return LabelMap.of(space, segments.height(), segments.width(), out);
  }

  /** Truth by the class of each grey value, predictions by a colour a class and a grey value. */
  @Test
  void deeplab2SegmentsHaveThePublishedQuality() throws IOException {
    JsonNode root = Shared.json("deeplab2-panoptic/expected.json");
    Path dir = Shared.fixture("deeplab2-panoptic");
    for (JsonNode kase : root.get("cases")) {
      Map<Integer, Found> found = new TreeMap<>();
      for (JsonNode image : kase.get("images")) {
        String name = image.asText();
        JsonNode classOf = root.at("/gt_instance_value_to_class/" + name);
        Raster values = raster(dir.resolve(root.at("/gt_files/" + name).asText()));
        Raster colors = raster(dir.resolve(name + "_pred_class.png"));
        Raster objects = raster(dir.resolve(name + "_pred_instance.png"));
        add(
            found,
            segments(
                values, (x, y) -> classOf.get(Integer.toString(values.getSample(x, y, 0))).asInt()),
            segments(
                objects,
                (x, y) ->
                    root.get("colors")
                        .get(
                            Stream.of(0, 1, 2)
                                .map(b -> Integer.toString(colors.getSample(x, y, b)))
                                .collect(java.util.stream.Collectors.joining(",")))
                        .asInt()),
            Outside.VOID);
      }
      JsonNode result = kase.get("result");
      double tolerance = kase.get("tolerance").asDouble();
      String what = kase.get("images").toString();
      assertEquals(kase.get("num_classes").asInt() - 1, found.size(), "all but the ignored");
      assertEquals(
          result.get("PQ").asDouble(), mean(found.values(), Found::quality), tolerance, what);
      assertEquals(
          result.get("SQ").asDouble(), mean(found.values(), Found::segmentation), tolerance, what);
      assertEquals(
          result.get("RQ").asDouble(), mean(found.values(), Found::recognition), tolerance, what);
      assertEquals(
          result.get("TP").asDouble(), mean(found.values(), f -> f.hits()), tolerance, what);
      assertEquals(
          result.get("FN").asDouble(), mean(found.values(), f -> f.missed()), tolerance, what);
      assertEquals(
          result.get("FP").asDouble(), mean(found.values(), f -> f.wrong()), tolerance, what);
    }
  }

  /** torchmetrics' documented example, printed to four digits; stuff is one segment a class. */
  @Test
  void torchmetricsPanopticQuality() throws IOException {
    JsonNode root = Shared.json("torchmetrics/expected.json").get("panoptic_quality");
    Map<Integer, Found> found = new TreeMap<>();
    add(
        found,
        pairs(root.get("target_5x4"), root.get("stuffs")),
        pairs(root.get("preds_5x4"), root.get("stuffs")),
        Outside.VOID);
    for (int i = 0; i < 4; i++) {
      Found of = found.get(root.get("per_class_order").get(i).asInt() + 1);
      JsonNode row = root.get("per_class_pq_sq_rq").get(i);
      assertEquals(row.get(0).asDouble(), of.quality(), 5e-5);
      assertEquals(row.get(1).asDouble(), of.segmentation(), 5e-5);
      assertEquals(row.get(2).asDouble(), of.recognition(), 5e-5);
    }
    assertEquals(
        root.get("pq_sq_rq").get(0).asDouble(), mean(found.values(), Found::quality), 5e-5);
  }

  /** Pixels of class and object; class 0 is one here, so classes are numbered from 1. */
  private static Segments pairs(JsonNode rows, JsonNode stuff) {
    int width = rows.get(0).size();
    int[] pixels = new int[rows.size() * width];
    Map<Integer, Integer> classes = new TreeMap<>();
    for (int i = 0; i < pixels.length; i++) {
      JsonNode pair = rows.get(i / width).get(i % width);
      boolean one = false;
      for (JsonNode category : stuff) {
        one |= category.asInt() == pair.get(0).asInt();
      }
      pixels[i] = 256 * (pair.get(0).asInt() + 1) + (one ? 0 : pair.get(1).asInt());
      classes.put(pixels[i], pair.get(0).asInt() + 1);
    }
    return new Segments(rows.size(), width, pixels, classes);
  }

  /** What class the pixel at a column and a row has. */
  private interface ClassAt {
    int of(int x, int y);
  }

  /** One segment a class and grey value; class 0 is ignored. */
  private static Segments segments(Raster values, ClassAt classAt) {
    int[] pixels = new int[values.getHeight() * values.getWidth()];
    Map<Integer, Integer> classes = new TreeMap<>();
    for (int i = 0; i < pixels.length; i++) {
      int x = i % values.getWidth();
      int y = i / values.getWidth();
      int category = classAt.of(x, y);
      if (category != 0) {
        pixels[i] = category * 256 + values.getSample(x, y, 0);
        classes.put(pixels[i], category);
      }
    }
    return new Segments(values.getHeight(), values.getWidth(), pixels, classes);
  }

  private static Raster raster(Path file) throws IOException {
    return ImageIO.read(file.toFile()).getRaster();
  }
}
