package io.drivemark.datasets.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Camera;
import io.drivemark.datasets.Frame;
import io.drivemark.datasets.RoadPlane;
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
      RoadPlane road = new RoadPlane(frame.camera().orElseThrow());
      byte[] labels = frame.truth().pixels();
      float[] metres = frame.depth().orElseThrow().metres();
      for (int p = 0; p < labels.length; p++) {
        // a pixel's distance is that of the nearest of its four samples
        int row = p / WIDTH;
        double expected = road.ahead(row + 0.875, p % WIDTH + 0.625);
        if (labels[p] == Labels.ROAD && expected < 40) {
          pixels++;
          near += Math.abs(metres[p] - expected) < 0.001 * expected ? 1 : 0;
        }
      }
    }
    assertTrue(pixels > 10_000 && near > 0.99 * pixels, near + " of " + pixels + " pixels");
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

  @Test
  void aSmallerGridHasTheSameRoad() {
    SynthDrive drive = new SynthDrive(SynthOptions.of(1, 5, HEIGHT, WIDTH, "val"));
    SynthDrive small = new SynthDrive(SynthOptions.of(1, 5, HEIGHT / 2, WIDTH / 2, "val"));
    assertTrue(drive.frame(0).hasCamera());
    assertEquals(
        small.frame(0).camera(), drive.frame(0).camera(HEIGHT / 2, WIDTH / 2), "the lens is one");
    RoadPlane own = new RoadPlane(drive.frame(0).camera().orElseThrow());
    RoadPlane narrow = new RoadPlane(drive.frame(0).camera(HEIGHT, WIDTH / 4).orElseThrow());
    assertEquals(own.ahead(70, 100), narrow.ahead(70, 25), 1e-9);
    assertEquals(own.right(70, 100), narrow.right(70, 25), 1e-9);
  }

  @Test
  void theCarDrivesAsFastAsItsSampleSays() {
    Frame frame = new SynthDrive(SynthOptions.of(1, 5, HEIGHT, WIDTH, "val")).frame(0);
    assertEquals(
        Double.parseDouble(frame.sample().attributes().get("speed")),
        frame.metresPerSecond().orElseThrow(),
        0.005);
  }
}
