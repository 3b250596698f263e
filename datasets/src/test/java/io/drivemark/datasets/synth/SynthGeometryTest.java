package io.drivemark.datasets.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.random.Rng;
import java.util.List;
import org.junit.jupiter.api.Test;

class SynthGeometryTest {
  @Test
  void cameraProjectsAsAPinhole() {
    // 80 rows: focal length 100 pixels; horizon in the middle; eye 1.5 m above the ground
    PinholeCamera camera = new PinholeCamera(80, 120, new Vec(0, 1.5, 0), 0, 0, 0.5);
    Vec point = camera.see(new Vec(2, 0, 10));
    assertEquals(80, camera.column(point), 1e-9);
    assertEquals(55, camera.row(point), 1e-9);
    assertEquals(10, 1 / camera.groundInverse(80, 55), 1e-9);
    assertFalse(camera.onGround(60, 39.9));
    assertTrue(camera.onGround(60, 40.1));
  }

  @Test
  void surfaceKnowsItsDepthAndCoordinates() {
    PinholeCamera camera = new PinholeCamera(80, 120, new Vec(0, 0, 0), 0, 0, 0.5);
    double[] corners = {0, 120, 120};
    Surface wall =
        new Surface(
            camera,
            Plain.NONE,
            Labels.BUILDING,
            0,
            new Vec(-3, -1, 20),
            new Vec(1, 0, 0),
            new Vec(0, 1, 0),
            corners,
            new double[] {0, 0, 80});
    Hit hit = new Hit();
    wall.locate(60, 40, hit);
    assertEquals(20, 1 / wall.inverseDepth(60, 40), 1e-9);
    assertEquals(3, hit.u, 1e-9);
    assertEquals(1, hit.v, 1e-9);
    assertEquals(0.2, hit.du, 1e-9);
  }

  @Test
  void groundPointsFindBackToTheirRoadCoordinates() {
    RoadCurve curve = new RoadCurve(600, 0.3, 200, 1);
    List<Lot> lots = List.of(new Lot(-40, 300, Lot.Kind.PARK, 2, 0, 0, Lot.Yard.GRASS));
    Street street = new Street(curve, 3, 1, 1, 0, 0, false, true, lots, lots, new double[0], 300);
    GroundLook look = GroundLooks.of(new Rng(1), Style.CITY, light());
    Ground ground = new Ground(street, look, 20);
    for (double s = 22; s < 150; s += 7) {
      for (double x = -12; x <= 12; x += 4) {
        Vec p = curve.at(x, s, 0);
        ground.locate(p.x(), p.z());
        assertEquals(x, ground.x, 0.25, "at " + x + ", " + s);
        assertEquals(s, ground.s, 1.5, "at " + x + ", " + s);
      }
    }
  }

  @Test
  void carriagewayPavementAndLawnLieSideBySide() {
    RoadCurve curve = new RoadCurve(600, 0, 200, 0);
    List<Lot> left =
        List.of(
            new Lot(-40, 30, Lot.Kind.PARK, 2, 0, 0, Lot.Yard.GRASS),
            new Lot(30, 40, Lot.Kind.JUNCTION, 0, 0, 0, Lot.Yard.ASPHALT),
            new Lot(40, 300, Lot.Kind.OPEN, 2, 0, 0, Lot.Yard.ASPHALT));
    Street street = new Street(curve, 3, 1, 1, 0, 0, false, true, left, left, new double[0], 300);
    Ground ground = new Ground(street, GroundLooks.of(new Rng(1), Style.CITY, light()), 0);
    assertEquals(Labels.ROAD, classAt(ground, curve, -3.1, 10));
    assertEquals(Labels.PAVEMENT, classAt(ground, curve, -3.5, 10));
    assertEquals(Labels.PAVEMENT, classAt(ground, curve, 5.2, 10));
    assertEquals(Labels.TREE, classAt(ground, curve, -5.5, 10));
    assertEquals(Labels.ROAD, classAt(ground, curve, 20, 35));
    assertEquals(Labels.PAVEMENT, classAt(ground, curve, 20, 30.5));
    assertEquals(Labels.ROAD, classAt(ground, curve, 20, 60));
  }

  private static int classAt(Ground ground, RoadCurve curve, double x, double s) {
    Vec p = curve.at(x, s, 0);
    ground.locate(p.x(), p.z());
    return ground.shade(new Hit(), 0.01, 0.02);
  }

  @Test
  void shadeOfAHouseReachesAsFarAsTheSunIsLow() {
    RoadCurve curve = new RoadCurve(600, 0, 200, 0);
    List<Lot> houses = List.of(new Lot(-40, 300, Lot.Kind.BUILDING, 2, 0, 10, Lot.Yard.PAVING));
    Street street =
        new Street(curve, 3, 1, 1, 0, 0, false, true, houses, houses, new double[0], 300);
    // the sun to the right, as high as it is far: shadows as long as the houses are tall;
    // the right-hand fronts stand at 3.3 + 2 m
    Vec sun = new Vec(1, 1, 0).unit();
    assertEquals(10 - 5.3, street.shadeHeight(0, 50, sun), 1e-9);
    assertEquals(10 - 8.3, street.shadeHeight(-3, 50, sun), 1e-9);
  }

  @Test
  void coverIsTheShareOfTheFootprint() {
    assertEquals(0.5, Noise.cover(1, 1, 5, 0.4), 1e-4);
    assertEquals(1, Noise.cover(3, 1, 5, 0.4), 1e-6);
    assertEquals(0, Noise.cover(0.5, 1, 5, 0.4), 1e-6);
    assertEquals(0.25, Noise.cover(3, 2.5, 3.5, 4), 1e-4);
  }

  @Test
  void railingIsSeenThroughButLabelledWhole() {
    Material railing = new Panel.Railing(Rgb.WHITE, 1, 0.1, 0.02, 0.05);
    assertEquals(Material.SOLID, railing.at(0.51, 0.5));
    assertEquals(Material.GAP, railing.at(0.55, 0.5));
    assertEquals(Material.SOLID, railing.at(0.55, 0.97));
    Material ring = new Panel.Ring(0.34, 0.04);
    assertEquals(Material.SOLID, ring.at(0.32, 0));
    assertEquals(Material.GAP, ring.at(0.2, 0));
    assertEquals(Material.OUTSIDE, ring.at(0.35, 0));
  }

  private static Light light() {
    return new Light(new Rng(1), Weather.CLEAR, Daylight.DAY);
  }
}
