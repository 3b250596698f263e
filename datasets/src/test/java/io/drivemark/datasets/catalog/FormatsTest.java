package io.drivemark.datasets.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.UnscoredObject;
import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped declarations other than camvid, and a user's own. */
@Tag("text")
class FormatsTest {
  @TempDir Path root;

  @Test
  void cityscapesIsReadInItsOwnLayout() {
    Fixture files = new Fixture(root);
    cityscapes(files, "lindau", "lindau_000000_000019");
    cityscapes(files, "frankfurt", "frankfurt_000001_049298");
    files.text("gtFine/val/frankfurt/frankfurt_000001_049298_gtFine_polygons.json", "{}");
    Dataset val = Datasets.open("cityscapes", root, "val", OptionalInt.empty());
    assertEquals(List.of("frankfurt_000001_049298", "lindau_000000_000019"), val.ids());
    Sample sample = val.frame(0).sample();
    assertEquals(Optional.of("frankfurt_000001"), sample.sequence());
    byte[] expected = {
      -1, -1, -1, -1, -1, -1, -1, 0, 1, -1, -1, 2, 3, 4, -1, -1, -1, 5, -1, 6, 7, 8, 9, 10, 11, 12,
      13, 14, 15, -1, -1, 16, 17, 18
    };
    assertArrayEquals(expected, sample.truth().pixels());
    int[] objects = new int[34];
    objects[24] = 24001;
    objects[26] = 26003;
    assertArrayEquals(objects, sample.instances().orElseThrow().ids());
    assertArrayEquals(objects, val.frame(0).objects().orElseThrow().ids());
    assertTrue(val.facts().predictionsMayHaveSuffix());
    assertEquals(3462.4756337644, val.facts().meanInstancePixels().get("person"));
    assertEquals(8, val.facts().meanInstancePixels().size());
  }

  @Test
  void trainIdsInPlaceOfLabelIdsAreFoundByTheirVoid() {
    Fixture files = new Fixture(root);
    cityscapes(files, "lindau", "lindau_000000_000019");
    files.grey("gtFine/val/lindau/lindau_000000_000019_gtFine_labelIds.png", 1, 34, 0, 255);
    Dataset val = Datasets.open("cityscapes", root, "val", OptionalInt.empty());
    assertTrue(
        assertThrows(BadInputException.class, () -> val.frame(0).truth())
            .getMessage()
            .contains("unknown label value 255 at row 0, column 1"));
  }

  private static void cityscapes(Fixture files, String city, String id) {
    int[] values = new int[34];
    int[] objects = new int[34];
    for (int i = 0; i < 34; i++) {
      values[i] = i;
      objects[i] = i;
    }
    objects[24] = 24001;
    objects[26] = 26003;
    files.image("leftImg8bit/val/" + city + "/" + id + "_leftImg8bit.png", 1, 34);
    files.grey("gtFine/val/" + city + "/" + id + "_gtFine_labelIds.png", 1, 34, values);
    files.grey16("gtFine/val/" + city + "/" + id + "_gtFine_instanceIds.png", 1, 34, objects);
  }

  @Test
  void camVidOriginalFramesAreSplitByName() {
    Fixture files = new Fixture(root);
    for (String id :
        List.of(
            "0001TP_008520",
            "0001TP_008550",
            "0006R0_f00930",
            "0016E5_07920",
            "0016E5_07959",
            "0016E5_08159",
            "0016E5_08190",
            "Seq05VD_f02610")) {
      files.image("701_StillsRaw_full/" + id + ".png", 1, 2);
      files.color("LabeledApproved_full/" + id + "_L.png", 1, 2, 0x808080, 0xC08040);
    }
    assertEquals(
        List.of("0001TP_008520", "0006R0_f00930", "0016E5_07920", "0016E5_08190"),
        ids("camvid-exact", "train"));
    assertEquals(List.of("0016E5_07959", "0016E5_08159"), ids("camvid-merged", "val"));
    assertEquals(List.of("0001TP_008550", "Seq05VD_f02610"), ids("camvid-exact", "test"));
    assertEquals(8, ids("camvid-exact", "all").size());
    files.image("701_StillsRaw_full/other.png", 1, 2);
    files.color("LabeledApproved_full/other_L.png", 1, 2, 0x808080);
    assertEquals(9, ids("camvid-exact", "all").size());
    assertEquals(
        "dataset camvid-exact, split val in "
            + root
            + ": 1 problem\n  frame other belongs to no split of camvid-exact; remove it, or take"
            + " split 'all'",
        assertThrows(BadInputException.class, () -> ids("camvid-exact", "val")).getMessage());
  }

  @Test
  void childIsVoidInOneProtocolAndPedestrianInTheOther() {
    new Fixture(root)
        .image("val/a.png", 1, 5)
        .color("valannot/a.png", 1, 5, 0xC08040, 0x404000, 0x0000C0, 0x1A1A1A, 0);
    LabelMap exact = open("camvid-exact", "val").frame(0).truth();
    LabelMap merged = open("camvid-merged", "val").frame(0).truth();
    assertArrayEquals(new byte[] {-1, 9, 4, -1, -1}, exact.pixels());
    assertArrayEquals(new byte[] {9, 9, 4, -1, -1}, merged.pixels());
    assertEquals(1, open("camvid-merged", "val").frame(0).unknownPixels());
    assertEquals(
        Map.of("unknown-label-pixels", "1"),
        open("camvid-merged", "val").frame(0).sample().attributes());
  }

  /** The README's own example. */
  @Test
  void anyFolderPairIsDeclaredInYaml() throws IOException {
    String readme = Files.readString(Path.of("../README.md"));
    int from = readme.indexOf("# yard.yaml");
    Dataset day =
        Datasets.open(
            DatasetRequest.of(
                new Fixture(root)
                    .image("data/photos/day/x1.jpg", 2, 2)
                    .image("data/photos/day/x2.jpg", 2, 2)
                    .grey("data/labels/day/x1_mask.png", 2, 2, 0, 1, 2, 1)
                    .grey("data/labels/day/x2_mask.png", 2, 2, 2)
                    .text("yard.yaml", readme.substring(from, readme.indexOf("```", from)))
                    .root()
                    .resolve("yard.yaml")
                    .toString(),
                "day"));
    assertEquals("yard", day.name());
    assertEquals(List.of("x1", "x2"), day.ids());
    assertEquals(List.of("ground", "person"), day.labels().classNames());
    assertArrayEquals(new byte[] {-1, 0, 1, 0}, day.frame(0).sample().truth().pixels());
  }

  @Test
  void labelsOfADeclarationAreRelativeToItAndMoveWithIt() throws IOException {
    Path there = root.resolve("there");
    new Fixture(there)
        .image("data/x.png", 1, 2)
        .grey("data/x_mask.png", 1, 2, 0, 1)
        .text("spaces/two.yaml", "name: two\nclasses: [{name: a}, {name: b}]\n")
        .text(
            "d.yaml",
            "name: d\nroot: data\nlabels: spaces/two.yaml\n"
                + "layout: {image: '{id}.png', truth: '{id}_mask.png'}\n"
                + "coding: {kind: index}\n");
    Path moved = Files.move(there, root.resolve("moved"));
    Dataset d = Datasets.open(DatasetRequest.of(moved.resolve("d.yaml").toString(), "any"));
    assertEquals(List.of("a", "b"), d.labels().classNames());
    assertArrayEquals(new byte[] {0, 1}, d.frame(0).sample().truth().pixels());
  }

  @Test
  void imagesAndLabelsMayShareAFolder() {
    new Fixture(root)
        .image("x1.png", 1, 1)
        .grey("x1_L.png", 1, 1, 1)
        .text(
            "d.yaml",
            """
            name: d
            root: .
            classes: [{name: a}, {name: b}]
            layout: {image: '{id}.png', truth: '{id}_L.png'}
            """);
    Dataset d = Datasets.open(DatasetRequest.of(root.resolve("d.yaml").toString(), "any"));
    assertEquals(List.of("x1"), d.ids());
  }

  @Test
  void oneIdInTwoFoldersIsAnError() {
    Fixture files = new Fixture(root);
    files.text(
        "d.yaml",
        """
        name: d
        root: .
        classes: [{name: a}, {name: b}]
        layout: {image: 'img/**/{id}.png', truth: 'lab/{id}.png'}
        """);
    files.image("img/p/x1.png", 1, 1).image("img/q/r/x1.png", 1, 1).grey("lab/x1.png", 1, 1, 0);
    assertEquals(
        "dataset d, split s in "
            + root.resolve(".")
            + ": 1 problem\n  id x1 occurs 2 times: "
            + root.resolve("./img/p/x1.png")
            + " and "
            + root.resolve("./img/q/r/x1.png")
            + "; keep one",
        assertThrows(
                BadInputException.class,
                () -> Datasets.open(DatasetRequest.of(root.resolve("d.yaml").toString(), "s")))
            .getMessage());
  }

  @Test
  void everythingWrongWithADeclarationIsSaidAtOnce() {
    new Fixture(root)
        .text(
            "bad.yaml",
            """
            name: bad
            labels: camvid-12
            layout:
              image: '../{id}.png'
              thruth: 'x/{id}.png'
              truth: 'x/{name}.png'
            coding:
              kind: colour
              values: {1: Sky, -3: void}
            """);
    Path file = root.resolve("bad.yaml");
    assertEquals(
        file
            + ": 7 problems\n"
            + "  line 2: labels: no label space is called 'camvid-12' (did you mean 'camvid-11'?);"
            + " known: "
            + String.join(", ", LabelSpaces.names())
            + ", or the path of a .yaml file\n"
            + "  line 8: coding.kind: found colour (did you mean 'color'?), expected one of index,"
            + " color, cityscapes-polygons, coco-panoptic\n"
            + "  line 9: coding.values.-3: found '-3', expected a stored value of 0 to 65535\n"
            + "  line 9: coding.values.1: found 'Sky', expected void or one of ?\n"
            + "  line 4: layout[0].image: pattern '../{id}.png' must stay below the dataset's root"
            + " and use / between folders\n"
            + "  line 6: layout[0].truth: pattern 'x/{name}.png' needs {id} exactly once, in the"
            + " file name\n"
            + "  line 5: unknown key 'layout[0].thruth' (did you mean 'truth'?); known here: id,"
            + " image, truth, instances, depth, rightId, right, confidence, cameraId, camera,"
            + " stream, members, list, select, spareImages",
        assertThrows(BadInputException.class, () -> Datasets.format(file.toString())).getMessage());
  }

  @Test
  void objectsWithoutAClassAreDeclaredWithWhatTheyCountIn() {
    assertEquals(
        List.of(
            new UnscoredObject("caravan", "vehicle", 36771.8241758242, 29, 1000),
            new UnscoredObject("trailer", "vehicle", 16926.9763313609, 30, 1000)),
        Datasets.format("cityscapes").facts().unscoredObjects());
    assertEquals(
        Datasets.format("cityscapes").facts().unscoredObjects(),
        Datasets.format("cityscapes-train-ids").facts().unscoredObjects());
    new Fixture(root)
        .text(
            "bad.yaml",
            """
            name: bad
            classes: [{name: road}, {name: car, category: vehicle, instances: true}]
            layout: {image: 'i/{id}.png', truth: 't/{id}.png', instances: 'o/{id}.png'}
            objects: plain
            coding: {kind: index}
            unscoredObjects:
              - {name: car, category: vehicles, value: 4, meanPixels: 0}
              - {name: van, category: vehicle, value: 4}
            """);
    Path file = root.resolve("bad.yaml");
    assertEquals(
        file
            + ": 7 problems\n"
            + "  line 6: unscoredObjects: expected the mean sizes of classes beside it,"
            + " 'meanInstancePixels'\n"
            + "  line 6: unscoredObjects: expected object files whose numbers tell what an object"
            + " is: 'objects' of thousands, thousands-from-one or bytes-from-one, and labels in PNG"
            + " files\n"
            + "  line 7: unscoredObjects[0].name: 'car' is a class, which has a score of its own\n"
            + "  line 7: unscoredObjects[0].category: no category of bad (did you mean 'vehicle'?);"
            + " expected one of road, vehicle\n"
            + "  line 7: unscoredObjects[0].meanPixels: expected the mean size of such an object in"
            + " pixels, above 0\n"
            + "  line 8: unscoredObjects[1].value: found 4, expected a number from 0 that is there"
            + " once\n"
            + "  line 8: unscoredObjects[1].meanPixels: expected the mean size of such an object in"
            + " pixels, above 0",
        assertThrows(BadInputException.class, () -> Datasets.format(file.toString())).getMessage());
  }

  private Dataset open(String name, String split) {
    return Datasets.open(name, root, split, OptionalInt.empty());
  }

  private List<String> ids(String name, String split) {
    return open(name, split).ids();
  }
}
