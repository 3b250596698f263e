package io.drivemark.datasets.catalog;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.Sample;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each shipped dataset in the layout of its own archives: ids, values, objects, depth, slices. */
class ShippedLayoutsTest {
  @TempDir Path root;

  static Stream<String> shipped() {
    return Datasets.names().stream().filter(name -> Datasets.provider(name).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void framesAreFoundInTheirOwnLayout(String name) {
    ShippedFixtures.Expected expected = ShippedFixtures.write(name, root);
    Dataset dataset = Datasets.open(name, root, expected.split(), OptionalInt.empty());
    assertEquals(expected.ids(), dataset.ids());
    for (int i = 0; i < dataset.ids().size(); i++) {
      Frame frame = dataset.frame(i);
      Sample sample = frame.sample();
      assertEquals(sample.truth(), frame.truth());
      assertTrue(
          sample.attributes().entrySet().containsAll(frame.attributes().entrySet()),
          sample.attributes() + " lacks some of " + frame.attributes());
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void aFrameWithoutLabelsIsNamedUnlessPhotographsAreSpare(String name) throws Exception {
    ShippedFixtures.Expected expected = ShippedFixtures.write(name, root);
    FolderScan scan =
        Datasets.scan(
            Datasets.format(name),
            io.drivemark.datasets.DatasetRequest.of(name, expected.split()).withRoot(root));
    Path gone = scan.frames().get(0).truth();
    Files.delete(gone);
    String id = expected.ids().get(0);
    List<String> spare = List.of("kitti-depth");
    if (spare.contains(name)) {
      assertFalse(open(name, expected.split()).ids().contains(id));
    } else {
      String message =
          assertThrows(BadInputException.class, () -> open(name, expected.split())).getMessage();
      assertTrue(message.contains("frame " + id) || message.contains("no frames"), message);
    }
  }

  @Test
  void trainIdFilesGiveTheSameClassesAsLabelIds() {
    ShippedFixtures.write("cityscapes-train-ids", root);
    byte[] expected = new byte[20];
    for (int i = 0; i < 20; i++) {
      expected[i] = (byte) (i < 19 ? i : 255);
    }
    assertArrayEquals(expected, truth("cityscapes-train-ids", "val").pixels());
  }

  /** Named labels are drawn; what the official script does not draw is not, the rest is void. */
  @Test
  void polygonsOfCityscapesAreDrawnWithItsLabels() {
    ShippedFixtures.write("cityscapes-polygons", root);
    assertArrayEquals(
        new byte[] {-1, -1, -1, -1, -1, 13, 13, 11, 0, -1, 13, 13, 0, 0, -1},
        truth("cityscapes-polygons", "val").pixels());
    assertArrayEquals(
        new int[] {0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 2, 2, 0, 0, 0},
        open("cityscapes-polygons", "val").frame(0).objects().orElseThrow().ids());
    assertEquals(8, open("cityscapes-polygons", "val").facts().meanInstancePixels().size());
  }

  @Test
  void theFirstObjectOfCityscapesIsCountedFromZero() {
    ShippedFixtures.write("cityscapes", root);
    int[] objects = open("cityscapes", "val").frame(0).objects().orElseThrow().ids();
    assertEquals(26001, objects[31]);
    assertEquals(26000, objects[32]);
    assertEquals(0, objects[30]);
  }

  @Test
  void kittiSplitsItsFramesAsMsegDoesAndReadsObjectsByBytes() {
    ShippedFixtures.write("kitti", root);
    assertEquals(List.of("000000_10", "000199_10"), open("kitti", "train").ids());
    assertEquals(4, open("kitti", "all").ids().size());
    int[] objects = open("kitti", "val").frame(0).objects().orElseThrow().ids();
    assertEquals(26 * 256 + 1, objects[26]);
    assertEquals(0, objects[27]);
  }

  @Test
  void kitti360MergesAsItsScorerDoes() {
    ShippedFixtures.write("kitti-360", root);
    Dataset val = open("kitti-360", "val");
    byte[] labels = val.frame(0).truth().pixels();
    assertEquals(2, labels[34], "garage counts as building");
    assertEquals(4, labels[35], "gate counts as fence");
    assertEquals(5, labels[37], "smallpole counts as pole");
    assertEquals(-1, labels[36]);
    assertEquals(Map.of("sequence", "0000"), val.frame(0).attributes());
    int[] objects = val.frame(0).objects().orElseThrow().ids();
    assertArrayEquals(new int[] {0, 0, 26001}, java.util.Arrays.copyOf(objects, 3));
    char[] confidence = val.frame(0).confidence(val.frame(0).truth()).orElseThrow();
    assertEquals(45, confidence.length);
    assertArrayEquals(new char[] {65535, 0, 13107, 65535}, java.util.Arrays.copyOf(confidence, 4));
  }

  @Test
  void confidencesThatDoNotFitAreNamed() throws Exception {
    ShippedFixtures.write("kitti-360", root);
    String frame =
        "data_2d_semantics/train/2013_05_28_drive_0000_sync/image_00/confidence/0000000386.png";
    Dataset val = open("kitti-360", "val");
    String digest = val.digest();
    new Fixture(root).grey16(frame, 1, 45, 65535);
    assertEquals(
        root.resolve(frame)
            + ": confidences are 1x45, but the labels "
            + root.resolve(frame.replace("confidence", "semantic"))
            + " are 3x15 (height x width); they must be equal",
        assertThrows(BadInputException.class, () -> val.frame(0).confidence(val.frame(0).truth()))
            .getMessage());
    new Fixture(root).grey(frame, 3, 15, 255);
    assertEquals(
        root.resolve(frame)
            + ": found one channel of 8 bits, expected confidences in one channel of 16 bits",
        assertThrows(BadInputException.class, () -> val.frame(0).confidence(val.frame(0).truth()))
            .getMessage());
    assertFalse(open("kitti-360", "val").digest().equals(digest), "they are part of the data");
    Files.delete(root.resolve(frame));
    Dataset without = open("kitti-360", "val");
    assertEquals(Optional.empty(), without.frame(0).confidence(without.frame(0).truth()));
  }

  @Test
  void palettisedLabelsAreIndicesAndObjectsFollowTheClass() {
    ShippedFixtures.write("mapillary-v1.2", root);
    Dataset val = open("mapillary-v1.2", "val");
    byte[] labels = val.frame(0).truth().pixels();
    assertEquals(0, labels[0]);
    assertEquals(64, labels[64]);
    assertEquals(-1, labels[65]);
    int[] objects = val.frame(0).objects().orElseThrow().ids();
    assertEquals(1, objects[0], "the first bird");
    assertEquals(257 + 1, objects[1], "the second ground animal");
    assertEquals(0, objects[2], "curbs have no instances");
    assertEquals(37, val.facts().meanInstancePixels().size());
    assertEquals(40828.585, val.facts().meanInstancePixels().get("object--vehicle--car"));
  }

  @Test
  void licensePlatesOfGta5AreVoid() {
    ShippedFixtures.write("gta5", root);
    LabelMap truth = truth("gta5", "all");
    assertEquals(18, truth.at(4, 5));
    assertEquals(255, truth.at(4, 6));
  }

  @Test
  void numberedColorsOfA2d2AreOneClass() {
    ShippedFixtures.write("a2d2", root);
    LabelMap truth = truth("a2d2", "all");
    assertEquals("Car", truth.space().classes().get(truth.at(0, 0)).name());
    assertEquals("Car", truth.space().classes().get(truth.at(0, 1)).name());
    assertEquals("RD normal street", truth.space().classes().get(truth.at(0, 2)).name());
    assertEquals("Bicycle", truth.space().classes().get(truth.at(0, 3)).name());
    assertEquals(
        Map.of("camera", "frontcenter", "sequence", "20180807145028"),
        open("a2d2", "all").frame(0).attributes());
  }

  @Test
  void depthIsInMetresAndUnknownWhereTheFileSaysSo() {
    ShippedFixtures.write("vkitti2", root);
    Sample drawn = open("vkitti2", "all").frame(0).sample();
    assertArrayEquals(
        new float[] {12.34f, 655.34f, Float.NaN}, drawn.depth().orElseThrow().metres(), 1e-4f);
    assertArrayEquals(new int[] {4, 0, 0}, drawn.instances().orElseThrow().ids());
  }

  @Test
  void kittiDepthIsStoredIn256thsOfAMetre() {
    ShippedFixtures.write("kitti-depth", root);
    Sample measured = open("kitti-depth", "val").frame(0).sample();
    assertArrayEquals(new float[] {Float.NaN, 1, 10}, measured.depth().orElseThrow().metres(), 0);
    assertArrayEquals(new byte[] {-1, 0, 0}, measured.truth().pixels());
    Dataset selection = open("kitti-depth", "val-selection");
    assertEquals(List.of("2011_09_26_drive_0002_02_0000000008"), selection.ids());
    assertArrayEquals(
        new float[] {Float.NaN, 1 / 256f, 65535 / 256f},
        selection.frame(0).sample().depth().orElseThrow().metres(),
        0);
  }

  @Test
  void slicesComeFromPathsAndIds() {
    ShippedFixtures.write("acdc", root);
    Dataset acdc = open("acdc", "val");
    assertEquals(Map.of("condition", "night", "sequence", "GOPR0356"), acdc.frame(0).attributes());
    assertEquals(Map.of("condition", "fog", "sequence", "GOPR0476"), acdc.frame(1).attributes());
    ShippedFixtures.write("bdd100k", root);
    assertEquals(
        Map.of("weather", "partly cloudy", "timeofday", "daytime", "scene", "city street"),
        open("bdd100k", "val").frame(0).attributes());
    assertEquals(
        Map.of("timeofday", "dawn/dusk", "scene", "highway"),
        open("bdd100k", "val").frame(1).attributes());
    ShippedFixtures.write("vkitti2", root);
    assertEquals(
        Map.of(
            "scene", "Scene01",
            "variation", "fog",
            "camera", "Camera_0",
            "weather", "fog",
            "light", "day",
            "sequence", "Scene01_fog_Camera_0"),
        open("vkitti2", "all").frame(1).attributes());
    ShippedFixtures.write("cityscapes", root);
    assertEquals(
        Map.of("city", "munster", "sequence", "munster_000001"),
        open("cityscapes", "val").frame(1).attributes());
    ShippedFixtures.write("camvid-exact", root);
    assertEquals(
        Map.of("light", "day", "sequence", "0016E5"),
        open("camvid-exact", "val").frame(0).attributes());
    assertEquals(Optional.of("0016E5"), open("camvid-exact", "val").frame(0).sample().sequence());
  }

  @Test
  void bothArchivesOfBdd100kAreRead() {
    new Fixture(root)
        .image("seg/images/val/7d15b18b-1e0d6e3f.jpg", 1, 2)
        .grey("seg/labels/val/7d15b18b-1e0d6e3f_train_id.png", 1, 2, 18, 255);
    assertEquals(18, truth("bdd100k", "val").at(0, 0));
  }

  private Dataset open(String name, String split) {
    return Datasets.open(name, root, split, OptionalInt.empty());
  }

  private LabelMap truth(String name, String split) {
    return open(name, split).frame(0).truth();
  }
}
