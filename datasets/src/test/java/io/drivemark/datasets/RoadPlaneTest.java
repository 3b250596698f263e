package io.drivemark.datasets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected metres were computed by two other programs from the formulas in the class's text. */
class RoadPlaneTest {
  private static final RoadPlane LEVEL = new RoadPlane(new Camera(450, 180, 240, 1.3, 0, 0));
  private static final RoadPlane CITYSCAPES =
      new RoadPlane(new Camera(2262.52, 2265.3018, 513.137, 1096.98, 1.22, 0.038, 0));

  @ParameterizedTest
  @CsvSource({
    "360, 3.25",
    "240, 9.75",
    "215, 16.7143",
    "210, 19.5",
    "205, 23.4",
    "200, 29.25",
    "199, 30.7895"
  })
  void aLevelCameraSeesTheRoadByFocalLengthAndHeight(double row, double metres) {
    assertEquals(metres, LEVEL.ahead(row, 17), 5e-5);
  }

  @ParameterizedTest
  @CsvSource({"1000, 4.784", "800, 7.374", "600, 15.953", "500, 37.874", "450, 120.36"})
  void aPitchThatIsPositiveLooksDown(double row, double metres) {
    assertEquals(metres, CITYSCAPES.ahead(row, 900), metres > 100 ? 5e-3 : 5e-4);
  }

  @Test
  void atAndAboveTheHorizonNoRoadIsSeen() {
    assertEquals(180, LEVEL.horizonRow());
    assertEquals(427.014, CITYSCAPES.horizonRow(), 5e-4);
    assertEquals(Double.POSITIVE_INFINITY, LEVEL.ahead(180, 240));
    assertEquals(Double.POSITIVE_INFINITY, LEVEL.ahead(0, 240));
    assertEquals(Double.POSITIVE_INFINITY, CITYSCAPES.ahead(427, 100));
  }

  @Test
  void metresToTheRightAreMetresOfTheRoad() {
    assertEquals(0, LEVEL.right(210, 240));
    assertEquals(1.95, LEVEL.right(210, 285), 1e-12, "45 pixels at 19.5 m with 450 of them");
    assertEquals(-1.95, LEVEL.right(210, 195), 1e-12);
  }

  @Test
  void aCameraTurnedClockwiseSeesTheRoadNearerOnItsRight() {
    RoadPlane rolled = new RoadPlane(new Camera(450, 180, 240, 1.3, 0, 0.02));
    assertEquals(19.5, rolled.ahead(210, 240), 0.01);
    double near = rolled.ahead(210, 440);
    assertEquals(1.3 * 450 / (30 * Math.cos(0.02) + 200 * Math.sin(0.02)), near, 1e-9);
  }

  /** Any point in front of any camera is found again. */
  @Test
  void aPointOfTheRoadIsSeenWhereItsPixelSeesTheRoad() {
    long seed = 20260101;
    Random random = new Random(seed);
    for (int trial = 0; trial < 200; trial++) {
      Camera camera =
          new Camera(
              300 + 2000 * random.nextDouble(),
              300 + 2000 * random.nextDouble(),
              500 * random.nextDouble(),
              1000 * random.nextDouble(),
              1 + random.nextDouble(),
              0.2 * random.nextDouble() - 0.1,
              0.1 * random.nextDouble() - 0.05);
      RoadPlane road = new RoadPlane(camera);
      double ahead = 3 + 60 * random.nextDouble();
      double right = 20 * random.nextDouble() - 10;
      double row = road.row(ahead, right);
      double column = road.column(ahead, right);
      String which = "seed " + seed + ", trial " + trial + ": " + camera;
      assertEquals(ahead, road.ahead(row, column), 1e-9 * ahead, which);
      assertEquals(right, road.right(row, column), 1e-9 * ahead, which);
    }
  }
}
