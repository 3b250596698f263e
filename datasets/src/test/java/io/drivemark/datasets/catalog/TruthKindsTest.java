package io.drivemark.datasets.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.verify.DatasetVerifier;
import io.drivemark.datasets.verify.Finding;
import io.drivemark.datasets.verify.VerifyReport;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.testkit.PngMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Label files of other kinds than whole pixels of PNG files, each read, verified and digested. */
class TruthKindsTest {
  private static final String HEAD =
      """
      name: yard
      classes: [{name: road}, {name: car, instances: true}, {name: person, instances: true}]
      splits: [val]
      """;

  @TempDir Path folder;

  /** CARLA: the class in the red channel of four, the others anything. */
  @Test
  void oneChannelHoldsTheClass() throws IOException {
    images("image/a.png", 1, 4);
    png(
        "labels/a.png",
        new PngMaker(1, 4, 8, 6).make(7, 1, 2, 0, 10, 9, 9, 9, 4, 0, 0, 1, 0, 5, 5, 5));
    String yaml =
        HEAD
            + """
            layout: {image: 'image/{id}.png', truth: 'labels/{id}.png'}
            coding: {channel: red, values: {7: road, 10: car, 4: person, 0: void}}
            """;
    assertLabels(yaml, 0, 1, 2, 255);
    String red = open(yaml).digest();
    String green = yaml.replace("red", "green").replace("0: void", "5: void, 1: road, 9: car");
    png(
        "labels/a.png",
        new PngMaker(1, 4, 8, 6).make(1, 7, 2, 0, 9, 10, 9, 9, 4, 4, 0, 1, 0, 5, 5, 5));
    assertLabels(green, 0, 1, 2, 255);
    assertNotEquals(red, open(green).digest());
  }

  /** SYNTHIA: 16 bits a channel, the class in the first, the object in the second. */
  @Test
  void sixteenBitChannelsHoldClassAndObject() throws IOException {
    images("image/a.png", 1, 4);
    png("labels/a.png", new PngMaker(1, 4, 16, 2).make(3, 0, 0, 8, 301, 0, 8, 302, 0, 10, 7, 0));
    String yaml =
        HEAD
            + """
            layout: {image: 'image/{id}.png', truth: 'labels/{id}.png', instances: 'labels/{id}.png'}
            coding: {channel: red, values: {3: road, 8: car, 10: person, 0: void}}
            objects: {numbers: plain, channel: green}
            """;
    assertLabels(yaml, 0, 1, 1, 2);
    assertArrayEquals(
        new int[] {0, 301, 302, 7}, open(yaml).frame(0).objects().orElseThrow().ids());
  }

  @Test
  void aChannelHoldsNoColors() throws IOException {
    assertEquals(
        folder.resolve("yard.yaml")
            + ": line 5: coding.channel: one channel holds no colours; expected"
            + " 'kind: index' beside it",
        message(
            HEAD
                + """
                    layout: {image: 'image/{id}.png', truth: 'labels/{id}.png'}
                    coding: {kind: color, channel: red, values: {'1,2,3': road}}
                    """));
  }

  private static final String POLYGONS =
      HEAD
          + """
          layout: {image: 'image/{id}.png', truth: 'gt/{id}_polygons.json'}
          coding:
            kind: cityscapes-polygons
            values: {road: road, car: car, person: person, sky: void, license plate: skip}
          """;

  /** Later objects cover earlier ones, groups are no single objects, deleted ones are not there. */
  @Test
  void polygonsAreDrawnInTheFilesOrder() throws IOException {
    images("image/a.png", 4, 6);
    text(
        "gt/a_polygons.json",
        """
        {"imgHeight": 4, "imgWidth": 6, "objects": [
          {"label": "road", "polygon": [[0, 1], [5, 1], [5, 3], [0, 3]]},
          {"label": "car", "polygon": [[0, 1], [1, 1], [1, 2], [0, 2]]},
          {"label": "license plate", "polygon": [[0, 1], [1, 1], [1, 2], [0, 2]]},
          {"label": "cargroup", "polygon": [[4, 2], [5, 2], [5, 3], [4, 3]]},
          {"label": "person", "polygon": [[1, 2], [2, 2], [2, 3], [1, 3]]},
          {"label": "no such", "deleted": 1, "polygon": []},
          {"label": "sky", "polygon": [[3, 3], [3, 3], [3, 3]]}
        ]}
        """);
    assertLabels(
        POLYGONS, 255, 255, 255, 255, 255, 255, 1, 1, 0, 0, 0, 0, 1, 2, 2, 0, 1, 1, 0, 2, 2, 255, 1,
        1);
    assertArrayEquals(
        new int[] {
          0, 0, 0, 0, 0, 0,
          2, 2, 0, 0, 0, 0,
          2, 5, 5, 0, 0, 0,
          0, 5, 5, 0, 0, 0
        },
        open(POLYGONS).frame(0).objects().orElseThrow().ids());
  }

  @Test
  void damagedPolygonsAreNamed() throws IOException {
    images("image/a.png", 4, 6);
    Path json = folder.resolve("gt/a_polygons.json");
    String polygon = ", \"polygon\": [[0, 0], [1, 0], [1, 1]]}";
    refused(json, "[]", json + ": expected a JSON object with imgHeight, imgWidth and objects");
    refused(
        json,
        "{\"imgHeight\": 4, \"imgWidth\": 6, ",
        json
            + ": damaged JSON in line 1: Unexpected end-of-input within/between Object entries; copy"
            + " or create the file again");
    refused(
        json,
        "{\"imgHeight\": \"4\", \"imgWidth\": 6}",
        json + ": imgHeight is \"4\", expected the image's extent in pixels");
    refused(
        json,
        "{\"imgHeight\": 60000, \"imgWidth\": 60000}",
        json
            + ": it says 60000x60000 pixels, more than the 67108864 that are read; the file is"
            + " damaged or no driving frame");
    refused(
        json,
        "{\"imgHeight\": 4, \"imgWidth\": 6}",
        json + ": objects is missing, expected a list of labels and polygons");
    refused(json, objects("{\"x\": 1" + polygon), json + ": object 1 has no label");
    refused(
        json,
        objects("{\"label\": \"road\"" + polygon + ", {\"label\": \"cat\"" + polygon),
        json
            + ": object 2 has the unknown label 'cat' (did you mean 'car'?); known: car, license"
            + " plate, person, road, sky. Declare it under 'coding' (as \"'cat': void\" among"
            + " 'values' if it is no class), or set 'unknown: void' to count it as void");
    refused(
        json,
        objects("{\"label\": \"road\", \"polygon\": [[0, 0], [1, 0]]}"),
        json + ": object 1 (road): its polygon is [[0,0],[1,0]], expected at least three corners");
    refused(
        json,
        objects("{\"label\": \"road\", \"polygon\": [[0, 0], [1, 0], [1, \"b\"]]}"),
        json + ": object 1 (road): corner 3 of its polygon is [1,\"b\"], expected [column, row]");
  }

  /** Both remedies of the message about an unknown label are followed. */
  @Test
  void anUnknownLabelIsVoidWhereThatIsSaid() throws IOException {
    images("image/a.png", 2, 2);
    text(
        "gt/a_polygons.json",
        "{\"imgHeight\": 2, \"imgWidth\": 2, \"objects\": ["
            + "{\"label\": \"road\", \"polygon\": [[0, 0], [1, 0], [1, 1], [0, 1]]},"
            + "{\"label\": \"cat\", \"polygon\": [[0, 0], [0, 0], [0, 0]]}]}");
    assertLabels(POLYGONS.replace("sky: void", "'cat': void"), 255, 0, 0, 0);
    String lenient = POLYGONS + "  unknown: void\n";
    assertEquals(1, open(lenient).frame(0).unknownPixels());
    assertArrayEquals(new byte[] {-1, 0, 0, 0}, open(lenient).frame(0).truth().pixels());
    assertEquals(1, verify(lenient).unknownPixels());
  }

  private static String objects(String objects) {
    return "{\"imgHeight\": 4, \"imgWidth\": 6, \"objects\": [" + objects + "]}";
  }

  private void refused(Path json, String text, String message) throws IOException {
    text(folder.relativize(json).toString(), text);
    Dataset dataset = open(POLYGONS);
    assertEquals(
        message,
        assertThrows(BadInputException.class, () -> dataset.frame(0).truth()).getMessage());
    assertEquals(
        List.of(message),
        verify(POLYGONS).findings().stream()
            .filter(f -> f.kind() == Finding.Kind.UNREADABLE)
            .map(Finding::message)
            .toList());
  }

  private static final String PANOPTIC =
      HEAD
          + """
          layout: {image: 'image/{id}.png', truth: 'panoptic/{split}/{id}.png'}
          coding:
            kind: coco-panoptic
            segments: 'annotations/panoptic_{split}.json'
            values: {1: person, 3: car, 149: road}
          """;

  /** Numbers of 24 bits, low byte in red; a crowd has a class and is no object. */
  @Test
  void panopticSegmentsHaveTheirCategory() throws IOException {
    images("image/a.png", 1, 6);
    png(
        "panoptic/val/a.png",
        new PngMaker(1, 6, 8, 2).make(1, 2, 3, 1, 2, 3, 5, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1));
    text("annotations/panoptic_val.json", segments("149"));
    assertLabels(PANOPTIC, 2, 2, 1, 1, 255, 0);
    assertArrayEquals(
        new int[] {1 + 256 * 2 + 65536 * 3, 1 + 256 * 2 + 65536 * 3, 5, 0, 0, 0},
        open(PANOPTIC).frame(0).objects().orElseThrow().ids());
    String before = open(PANOPTIC).digest();
    text("annotations/panoptic_val.json", segments("3"));
    assertLabels(PANOPTIC, 2, 2, 1, 1, 255, 1);
    assertNotEquals(before, open(PANOPTIC).digest());
  }

  private static String segments(String last) {
    return "{\"info\": {\"x\": [1, {}]}, \"annotations\": [{\"image_id\": 1, \"file_name\":"
        + " \"val/a.png\", \"segments_info\": [{\"id\": 197121, \"category_id\": 1, \"iscrowd\":"
        + " 0}, {\"id\": 5, \"category_id\": 3, \"iscrowd\": 0}, {\"id\": 256, \"category_id\": 3,"
        + " \"iscrowd\": 1}, {\"id\": 65536, \"category_id\": "
        + last
        + "}]}], \"categories\": []}";
  }

  @Test
  void panopticFilesThatDoNotFitAreNamed() throws IOException {
    images("image/a.png", 1, 2);
    Path png = folder.resolve("panoptic/val/a.png");
    Path json = folder.resolve("annotations/panoptic_val.json");
    png("panoptic/val/a.png", new PngMaker(1, 2, 8, 2).make(0, 0, 0, 7, 0, 0));
    assertEquals(json + ": no such file", panoptic());
    text("annotations/panoptic_val.json", segments("3"));
    assertEquals(
        png
            + ": the pixel at row 0, column 1 is of segment 7, which "
            + json
            + " does not describe; the two do not belong together, or one is damaged",
        panoptic());
    text("annotations/panoptic_val.json", segments("3").replace("val/a.png", "val/b.png"));
    assertEquals(
        png
            + ": "
            + json
            + " describes no segments of a file of this name; it has 1 file, for example b.png",
        panoptic());
    text("annotations/panoptic_val.json", "{}");
    assertEquals(json + ": it has no annotations", panoptic());
    text("annotations/panoptic_val.json", segments("-3"));
    assertEquals(
        json + ": annotation 1 (a.png), segment 65536: category_id is -3, expected 0 to 65534",
        panoptic());
    text("annotations/panoptic_val.json", segments("3").replace("65536", "5"));
    assertEquals(json + ": annotation 1 (a.png), segment 5: the number occurs twice", panoptic());
    text("annotations/panoptic_val.json", segments("88"));
    png("panoptic/val/a.png", new PngMaker(1, 2, 8, 2).make(0, 0, 0, 0, 0, 1));
    assertEquals(
        png
            + ": unknown label value 88 at row 0, column 1; known values of yard: 1, 3, 149"
            + " (classes), 65535 (void). Declare it in the dataset's coding, or set 'unknown: void'"
            + " to count it as void",
        panoptic());
    png("panoptic/val/a.png", new PngMaker(1, 2, 8, 0).make(0, 0));
    assertEquals(
        png
            + ": found one channel of 8 bits, expected a colour image whose pixels are segments, R"
            + " + 256 G + 65536 B",
        panoptic());
  }

  private String panoptic() throws IOException {
    Dataset dataset = open(PANOPTIC);
    return assertThrows(BadInputException.class, () -> dataset.frame(0).truth()).getMessage();
  }

  /** What is loaded with the photograph, alone, and counted by verify is one and the same. */
  private void assertLabels(String yaml, int... expected) throws IOException {
    byte[] labels = new byte[expected.length];
    long[] counts = new long[256];
    for (int i = 0; i < expected.length; i++) {
      labels[i] = (byte) expected[i];
      counts[expected[i]]++;
    }
    Dataset dataset = open(yaml);
    assertArrayEquals(labels, dataset.frame(0).sample().truth().pixels());
    assertArrayEquals(labels, dataset.frame(0).truth().pixels());
    VerifyReport report = verify(yaml);
    assertEquals(1, report.goodFrames(), report.findings().toString());
    for (int i = 0; i < 3; i++) {
      assertEquals(counts[i], report.classes().get(i).pixels());
    }
    assertEquals(counts[255], report.voidPixels());
  }

  private DatasetRequest request(String yaml) throws IOException {
    text("yard.yaml", yaml);
    return DatasetRequest.of(folder.resolve("yard.yaml").toString(), "val").withRoot(folder);
  }

  private Dataset open(String yaml) throws IOException {
    return Datasets.open(request(yaml));
  }

  private VerifyReport verify(String yaml) throws IOException {
    return DatasetVerifier.verify(request(yaml), Progress.NONE);
  }

  private String message(String yaml) throws IOException {
    DatasetRequest request = request(yaml);
    return assertThrows(BadInputException.class, () -> Datasets.open(request)).getMessage();
  }

  private void images(String name, int height, int width) {
    new Fixture(folder).image(name, height, width);
  }

  private void png(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private void text(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
