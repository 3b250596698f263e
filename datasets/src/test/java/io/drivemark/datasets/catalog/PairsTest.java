package io.drivemark.datasets.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.datasets.CameraPair;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.RightView;
import io.drivemark.datasets.Task;
import io.drivemark.datasets.image.ImageCodec;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Declared datasets of two cameras, and of distances without labels. */
@Tag("text")
class PairsTest {
  /** Two drives, cameras 02 and 03; where a frame is of camera 02, the other sees it from right. */
  private static final String PAIRS =
      """
      name: pairs
      layout:
        id: '{drive}_{camera}_{frame}'
        image: '{drive}/image_{camera}/{frame}.png'
        depth: '{drive}/depth_{camera}/{frame}.png'
        right: '{drive}/image_03/{frame}.png'
        rightId: '{drive}_02_{frame}'
      depth: {metresPerUnit: 0.00390625, unknown: [0]}
      cameras: {focal: {6: 7.5, 8: 9.25}, baseline: 0.54}
      splits: [all]
      """;

  @TempDir Path root;

  private Dataset open(String yaml) {
    new Fixture(root).text("pairs.yaml", yaml);
    return Datasets.open(
        DatasetRequest.of(root.resolve("pairs.yaml").toString(), "all").withRoot(root));
  }

  private void drive(String name, int width) {
    Fixture files = new Fixture(root);
    for (String camera : List.of("02", "03")) {
      files.image(name + "/image_" + camera + "/1.png", 4, width);
      files.grey16(name + "/depth_" + camera + "/1.png", 4, width, 0, 512, 640);
    }
  }

  private String refusal(String yaml) {
    return assertThrows(BadInputException.class, () -> open(yaml))
        .getMessage()
        .replace(root + "/", "");
  }

  @Test
  void theRightCameraIsReadWithItsFacts() {
    drive("a", 6);
    drive("b", 8);
    Dataset pairs = open(PAIRS);
    assertEquals(List.of("a_02_1", "a_03_1", "b_02_1", "b_03_1"), pairs.ids());
    assertEquals(Set.of(Task.DEPTH), pairs.tasks(), "no labels, so no segmentation");
    assertFalse(pairs.labelled());
    RightView right = pairs.frame(2).right().orElseThrow();
    assertEquals(ImageCodec.readImage(root.resolve("b/image_03/1.png")), right.image());
    assertEquals(9.25, right.focalPixels());
    assertEquals(0.54, right.baselineMetres());
    assertEquals(Optional.of(new CameraPair(7.5, 0.54)), pairs.frame(0).cameras());
    assertEquals(Optional.empty(), pairs.frame(1).right(), "nothing is to the right of 03");
    assertEquals(Optional.of(new CameraPair(7.5, 0.54)), pairs.frame(1).cameras());
    float[] metres = pairs.frame(0).depth().orElseThrow().metres();
    assertEquals(Float.NaN, metres[0]);
    assertEquals(2, metres[1]);
    assertEquals(2.5f, metres[2]);
  }

  @Test
  void aViewKeepsCamerasAndDistances() {
    drive("a", 6);
    drive("b", 8);
    open(PAIRS);
    Dataset two =
        Datasets.open(
            DatasetRequest.of(root.resolve("pairs.yaml").toString(), "all")
                .withRoot(root)
                .withLimit(3));
    Frame third = two.frame(2);
    assertEquals(Set.of(Task.DEPTH), two.tasks());
    assertEquals(Optional.of(new CameraPair(9.25, 0.54)), third.cameras());
    assertEquals(9.25, third.right().orElseThrow().focalPixels());
    assertEquals(32, third.depth().orElseThrow().metres().length);
  }

  @Test
  void theDigestHoldsTheRightPhotographs() {
    drive("a", 6);
    String with = open(PAIRS).digest();
    String without = open(PAIRS.replaceAll("(?m)^  right.*\n", "")).digest();
    assertNotEquals(with, without);
  }

  @Test
  void whatIsMissingIsNamedWithFileAndKey() {
    drive("a", 6);
    drive("c", 10);
    Dataset pairs = open(PAIRS);
    assertEquals(
        "c/image_02/1.png: is 10 pixels wide, and dataset pairs has focal lengths for widths [6, 8]"
            + " alone; write cameras.focal: {10: PIXELS} into its declaration",
        assertThrows(BadInputException.class, () -> pairs.frame(2).cameras())
            .getMessage()
            .replace(root + "/", ""));
    new Fixture(root).image("a/image_03/1.png", 4, 7);
    assertEquals(
        "a/image_03/1.png: the right view is 4x7, but the photograph a/image_02/1.png is 4x6"
            + " (height x width); they must be equal",
        assertThrows(BadInputException.class, () -> pairs.frame(0).right())
            .getMessage()
            .replace(root + "/", ""));
  }

  @Test
  void aDeclarationWithoutCamerasOrWithLabelsThatAreNoneIsRefused() {
    drive("a", 6);
    assertEquals(
        "pairs.yaml: line 1: cameras: is missing beside layout.right: focal length in pixels of the"
            + " photograph and how far the cameras are apart in metres, for example cameras: {focal:"
            + " 721.5377, baseline: 0.54}",
        refusal(PAIRS.replaceAll("(?m)^cameras.*\n", "")));
    assertEquals(
        "pairs.yaml: line 9: cameras.baseline: found -0.5, expected a number of metres above 0",
        refusal(PAIRS.replace("baseline: 0.54", "baseline: -0.5")));
    assertEquals(
        "pairs.yaml: line 9: cameras.focal: is missing: the focal length in pixels of the"
            + " photograph; for example cameras: {focal: 721.5377, baseline: 0.54}",
        refusal(PAIRS.replace("focal: {6: 7.5, 8: 9.25}, ", "")));
    assertEquals(
        "pairs.yaml: line 1: depth: is missing beside layout.depth: what a stored step stands for, for"
            + " example depth: {metresPerUnit: 0.00390625, unknown: [0]}",
        refusal(PAIRS.replaceAll("(?m)^depth.*\n", "")));
    assertEquals(
        "pairs.yaml: line 11: labels: says something of labels, and layout has none; add truth"
            + " there, or remove labels",
        refusal(PAIRS + "labels: camvid-11\n"));
  }
}
