package io.drivemark.datasets.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Camera;
import io.drivemark.datasets.Frame;
import org.junit.jupiter.api.Test;

/** The camera that a drawn frame names explains the distances of its road. */
class SynthCameraTest {
  private static final int HEIGHT = 90;
  private static final int WIDTH = 120;

  @Test
  void theRoadLiesWhereTheCameraSeesIt() {
    SynthDrive drives =
        new SynthDrive(SynthOptions.of(12, 5, HEIGHT, WIDTH, "val").withSequences(2, 2));
    long near = 0;
    long pixels = 0;
    for (int i = 0; i < drives.ids().size(); i++) {
      Frame frame = drives.frame(i);
      Camera camera = frame.camera().orElseThrow();
      byte[] labels = frame.truth().pixels();
      float[] metres = frame.depth().orElseThrow().metres();
      for (int p = 0; p < labels.length; p++) {
        // a pixel's distance is that of the nearest of its four samples
        int row = p / WIDTH;
        double expected = roadMetres(camera, row + 0.875, p % WIDTH + 0.625);
        if (labels[p] == Labels.ROAD && expected < 40) {
          pixels++;
          near += Math.abs(metres[p] - expected) < 0.001 * expected ? 1 : 0;
        }
      }
    }
    assertTrue(pixels > 10_000 && near > 0.99 * pixels, near + " of " + pixels + " pixels");
  }

  /** Where a pixel's ray meets the plane of the road, along the camera's axis. */
  private static double roadMetres(Camera camera, double row, double column) {
    double right = (column - camera.principalColumn()) / camera.focalPixels();
    double down = (row - camera.principalRow()) / camera.focalPixels();
    double sink = right * Math.sin(camera.rollRadians()) + down * Math.cos(camera.rollRadians());
    return sink > 0 ? camera.metresAboveRoad() / sink : Double.POSITIVE_INFINITY;
  }

  @Test
  void theCameraIsThatOfTheMoment() {
    SynthDrive drive =
        new SynthDrive(SynthOptions.of(8, 2, HEIGHT, WIDTH, "train").withSequences(2, 10));
    Camera first = drive.frame(0).camera().orElseThrow();
    Camera second = drive.frame(1).camera().orElseThrow();
    assertEquals(1.25 * HEIGHT, first.focalPixels());
    assertEquals(WIDTH / 2.0, first.principalColumn());
    assertEquals(0, first.pitchRadians());
    assertEquals(first.metresAboveRoad(), second.metresAboveRoad(), "one drive has one camera");
    assertNotEquals(first.rollRadians(), second.rollRadians(), "it bounces");
    assertNotEquals(
        first.metresAboveRoad(), drive.frame(2).camera().orElseThrow().metresAboveRoad());
  }
}
