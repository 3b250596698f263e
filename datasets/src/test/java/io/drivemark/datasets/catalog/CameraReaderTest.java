package io.drivemark.datasets.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Camera;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cameras that a declaration states, and those that files of frames state. */
@Tag("text")
class CameraReaderTest {
  private static final String YARD =
      """
      name: yard
      classes: [{name: ground, color: '128,64,128'}]
      layout:
        image: photos/{id}.png
        truth: labels/{id}.png
      coding: {values: {1: ground}, void: [0]}
      splits: [all]
      """;
  private static final String STATED = "camera: {height: 1.3, fx: 450, u0: 240, v0: 180}\n";
  private static final String FILES =
      YARD.replace("  truth", "  camera: cameras/{id}.json\n  truth");
  private static final String JSON =
      """
      {"extrinsic": {"baseline": 0.209313, "pitch": 0.038, "roll": 0.0, "x": 1.7, "y": 0.1,
       "yaw": -0.0195, "z": 1.22},
       "intrinsic": {"fx": 2262.52, "fy": 2265.3018, "u0": 1096.98, "v0": 513.137}}
      """;

  @TempDir Path root;

  private Dataset open(String yaml, boolean labelsOnly) {
    Fixture files = new Fixture(root);
    files.image("photos/a.png", 8, 12);
    files.grey("labels/a.png", 8, 12, 1);
    files.text("yard.yaml", yaml);
    DatasetRequest request =
        DatasetRequest.of(root.resolve("yard.yaml").toString(), "all").withRoot(root);
    return Datasets.open(labelsOnly ? request.withLabelsOnly() : request);
  }

  private Optional<Camera> camera(String yaml) {
    return open(yaml, false).frame(0).camera();
  }

  private String refusal(String yaml) {
    return assertThrows(BadInputException.class, () -> camera(yaml))
        .getMessage()
        .replace(root + "/", "");
  }

  @Test
  void aDatasetThatStatesNoneHasNone() {
    assertFalse(open(YARD, false).frame(0).hasCamera());
    assertEquals(Optional.empty(), camera(YARD));
    assertEquals(Optional.empty(), open(YARD, false).frame(0).camera(4, 6));
  }

  @Test
  void aDeclaredCameraIsOfThePhotographOrOfTheSizeThatIsStated() {
    Camera stated = new Camera(450, 180, 240, 1.3, 0, 0);
    assertEquals(Optional.of(stated), camera(YARD + STATED));
    assertEquals(
        Optional.of(stated.scaled(0.5, 0.25)),
        open(YARD + STATED, false).frame(0).camera(4, 3),
        "without a size pixels are the photograph's");
    assertEquals(Optional.of(stated), open(YARD + STATED, true).frame(0).camera(8, 12));
    String sized =
        YARD
            + "camera: {height: 1.3, fx: 900, fy: 910, u0: 480, v0: 360, pitch: 0.02, roll: -0.01,"
            + " size: 16x24}\n";
    assertEquals(Optional.of(new Camera(450, 455, 180, 240, 1.3, 0.02, -0.01)), camera(sized));
  }

  @Test
  void cityscapesFilesStateAllOfIt() {
    new Fixture(root).text("cameras/a.json", JSON);
    Camera expected = new Camera(2262.52, 2265.3018, 513.137, 1096.98, 1.22, 0.038, 0);
    assertEquals(Optional.of(expected), camera(FILES));
    assertEquals(
        Optional.of(expected),
        camera(FILES + "camera: {height: 9, roll: 0.3}\n"),
        "what a file states goes before what is declared");
    assertEquals(
        open(YARD, false).digest(),
        open(FILES, false).digest(),
        "networks answer the same whatever the camera is");
    assertEquals(Optional.of(expected.scaled(0.5, 0.5)), open(FILES, true).frame(0).camera(4, 6));
  }

  @Test
  void framesWithoutAFileHaveTheDeclaredCameraOrNone() {
    assertFalse(open(FILES, false).frame(0).hasCamera());
    assertTrue(open(FILES + STATED, false).frame(0).hasCamera());
  }

  @Test
  void kittiFilesStateTheProjectionAndNoHeight() {
    new Fixture(root)
        .text(
            "cameras/000000.txt",
            "calib_time: 09-Jan-2012 13:57:47\nP_rect_00: 1 0 1 0 0 1 1 0 0 0 1 0\n"
                + "P_rect_02: 7.215377e+02 0 6.095593e+02 4.485728e+01 0 7.215377e+02 1.72854e+02"
                + " 2.163791e-01 0 0 1 2.745884e-03\n");
    String files =
        YARD.replace("  truth", "  camera: cameras/{frame}.txt\n  cameraId: '{frame}_10'\n  truth");
    Fixture yard = new Fixture(root);
    yard.image("photos/000000_10.png", 8, 12);
    yard.grey("labels/000000_10.png", 8, 12, 1);
    Dataset both = open(files + "camera: {height: 1.65}\n", false);
    assertEquals(
        Optional.of(new Camera(721.5377, 172.854, 609.5593, 1.65, 0, 0)), both.frame(0).camera());
    Dataset none = open(files, false);
    assertEquals(
        "cameras/000000.txt: no height of the camera; add to dataset yard's declaration, for example"
            + " camera: {height: 1.3}",
        assertThrows(BadInputException.class, () -> none.frame(0).camera())
            .getMessage()
            .replace(root + "/", ""));
  }

  @Test
  void damagedFilesAreRefusedByName() {
    new Fixture(root).text("cameras/a.json", "{}");
    assertEquals(
        "cameras/a.json: says nothing of a camera; expected {\"intrinsic\": {\"fx\": …, \"fy\": …,"
            + " \"u0\": …, \"v0\": …}, \"extrinsic\": {\"z\": …, \"pitch\": …}} as Cityscapes has"
            + " it",
        refusal(FILES));
    new Fixture(root).text("cameras/a.json", JSON.replace("0.038", "\"steep\""));
    assertEquals("cameras/a.json: extrinsic/pitch is \"steep\", expected a number", refusal(FILES));
    new Fixture(root).text("cameras/a.json", JSON.replace("1.22", "-1.22"));
    assertEquals(
        "cameras/a.json: camera: focal length 2262.52 and down 2265.3018 pixels, axis at (513.137,"
            + " 1096.98), -1.22 m above the road, pitch 0.038, roll 0.0; expected finite numbers,"
            + " focal length and height above 0",
        refusal(FILES));
    String texts = YARD.replace("  truth", "  camera: cameras/{id}.txt\n  truth");
    new Fixture(root).text("cameras/a.txt", "P0: 1 2\n");
    assertEquals(
        "cameras/a.txt: has no row P_rect_02: or P2: of twelve numbers, the left colour camera's",
        refusal(texts));
    new Fixture(root).text("cameras/a.txt", "P2: 1 2\n");
    assertEquals("cameras/a.txt: row P2 is no list of twelve numbers: 1 2", refusal(texts));
  }

  @Test
  void aDeclarationThatIsNoCameraIsRefusedWithItsLine() {
    assertEquals(
        "yard.yaml: line 8: camera.u0: is missing, and no layout has a pattern of files of cameras;"
            + " for example camera: {height: 1.3, fx: 1000, u0: 640, v0: 360, pitch: 0.02, size:"
            + " 720x1280}",
        refusal(YARD + STATED.replace("u0: 240, ", "")));
    assertEquals(
        "yard.yaml: line 8: camera.pitch: found 2.0, expected radians between -1 and 1; 0.0349 is 2"
            + " degrees",
        refusal(YARD + STATED.replace("u0", "pitch: 2, u0")));
    assertEquals(
        "yard.yaml: line 8: camera.height: found 0.0, expected a number above 0",
        refusal(YARD + STATED.replace("1.3", "0")));
    assertEquals(
        "yard.yaml: line 8: camera.size: found 720p, expected HEIGHTxWIDTH, for example 1024x2048",
        refusal(YARD + STATED.replace("u0", "size: 720p, u0")));
    assertEquals(
        "yard.yaml: line 8: camera.fx: is missing beside fy: the focal length along rows, in pixels",
        refusal(YARD + STATED.replace("fx", "fy")));
    assertEquals(
        "yard.yaml: line 5: layout[0].cameraId: stands without camera, the pattern that it is for",
        refusal(YARD.replace("  truth", "  cameraId: 'a_{id}'\n  truth")));
  }
}
