package io.drivemark.eval.metrics.driving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.datasets.Camera;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RoadPlane;
import io.drivemark.eval.metrics.driving.FreespaceErrors.Where;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The end of the drivable ground by column, and from above. */
class FreespaceTest {
  private static final int HEIGHT = 360;
  private static final LabelSpace SPACE =
      new LabelSpace(
          "s",
          List.of(
              new LabelClass("road", 0, "flat", false, false),
              new LabelClass("wall", 1, "wall", false, false)));
  private static final boolean[] DRIVABLE = new boolean[256];

  static {
    DRIVABLE[0] = true;
  }

  private static final RoadPlane ROAD = new RoadPlane(new Camera(450, 180, 0.5, 1.3, 0, 0));

  /** Wall down to a row, road below; each argument is a column. */
  private static LabelMap columns(int... walls) {
    byte[] out = new byte[HEIGHT * walls.length];
    for (int x = 0; x < walls.length; x++) {
      for (int y = 0; y < walls[x]; y++) {
        out[y * walls.length + x] = 1;
      }
    }
    return LabelMap.of(SPACE, HEIGHT, walls.length, out);
  }

  private static List<String> found(LabelMap truth, LabelMap prediction) {
    List<String> out = new ArrayList<>();
    Freespace.defaults()
        .columns(
            truth,
            prediction,
            DRIVABLE,
            ROAD,
            (t, p, own) -> out.add(t + " " + p + (own ? " own" : "")));
    return out;
  }

  private static FreespaceErrors errors(LabelMap truth, LabelMap prediction) {
    FreespaceErrors.Tally tally = new FreespaceErrors.Tally(new long[10]);
    Freespace.defaults().columns(truth, prediction, DRIVABLE, ROAD, tally);
    return FreespaceErrors.of(tally.numbers());
  }

  /** Computed by another program. */
  @Test
  void anEndThatIsTooFarIsAnErrorAboveZero() {
    assertEquals(List.of("19500 23400 own"), found(columns(210), columns(205)));
    assertEquals(List.of("19500 16714 own"), found(columns(210), columns(215)));
    FreespaceErrors far = errors(columns(210), columns(205));
    assertEquals(3.9, far.meanMetres(Where.EVERYWHERE, 0, 50).value().orElseThrow(), 1e-9);
    assertEquals(1, far.dangerous(Where.EVERYWHERE, 10, 20).value().orElseThrow());
    assertEquals(0, far.timid(Where.EVERYWHERE, 10, 20).value().orElseThrow());
    assertEquals(0.694444, far.birdsEyeIou(Where.EVERYWHERE).value().orElseThrow(), 5e-7);
    FreespaceErrors near = errors(columns(210), columns(215));
    assertEquals(2.786, near.meanMetres(Where.CORRIDOR, 10, 20).value().orElseThrow(), 1e-9);
    assertEquals(1, near.timid(Where.CORRIDOR, 10, 20).value().orElseThrow());
    assertEquals(0, near.dangerous(Where.CORRIDOR, 0, 50).value().orElseThrow());
    assertEquals(1.54, Freespace.rowMetres(ROAD, 29.25), 5e-3);
  }

  @Test
  void anErrorCountsFromAMetreAndATenthOn() {
    // 3.25 m at the bottom row 360; 9.75 m at row 240
    FreespaceErrors errors = errors(columns(240), columns(235));
    assertEquals(0.886, errors.meanMetres(Where.EVERYWHERE, 5, 10).value().orElseThrow(), 1e-9);
    assertEquals(0, errors.dangerous(Where.EVERYWHERE, 0, 50).value().orElseThrow());
    assertEquals(
        1,
        errors(columns(240), columns(234))
            .dangerous(Where.EVERYWHERE, 0, 50)
            .value()
            .orElseThrow());
    assertEquals(
        0, errors(columns(200), columns(198)).timid(Where.EVERYWHERE, 0, 50).value().orElseThrow());
    assertEquals(
        "undefined (no column's ground ends there)",
        errors.timid(Where.EVERYWHERE, 10, 50).toString());
  }

  @Test
  void theBonnetIsSkippedVoidEndsNothingAndShortRunsAreNone() {
    LabelMap truth = columns(210, 210, 210, 210);
    byte[] t = truth.pixels();
    for (int y = 340; y < HEIGHT; y++) {
      t[y * 4] = (byte) 255; // the bonnet
    }
    t[300 * 4 + 1] = 1;
    t[301 * 4 + 1] = (byte) 255; // two rows of three
    t[209 * 4 + 2] = (byte) 255; // it ends in void
    for (int y = 0; y < HEIGHT; y++) {
      t[y * 4 + 3] = (byte) 255;
    }
    LabelMap prediction = columns(210, 205, 210, 210);
    prediction.pixels()[320 * 4 + 1] = (byte) 255;
    assertEquals(List.of("19500 19500 own", "19500 23400 own"), found(truth, prediction));
    for (int y = 310; y < 313; y++) {
      prediction.pixels()[y * 4 + 1] = (byte) 255;
    }
    assertEquals(
        "19500 4398 own", found(truth, prediction).get(1), "predicted void is an obstacle");
  }

  @Test
  void groundThatDoesNotEndIsAsFarAsCountsAndLiesBesideTheOwnWay() {
    assertEquals(
        List.of("50000 50000 own", "50000 50000 own"), found(columns(0, 0), columns(180, 100)));
    int[] walls = new int[100];
    Arrays.fill(walls, 210);
    List<String> all = found(columns(walls), columns(walls));
    assertEquals(35, all.stream().filter(c -> c.endsWith("own")).count(), "19.5 m: 34.6 pixels");
    FreespaceErrors errors = errors(columns(walls), columns(walls));
    assertEquals(1, errors.birdsEyeIou(Where.CORRIDOR).value().orElseThrow());
    assertEquals(0, errors.meanMetres(Where.EVERYWHERE, 0, 50).value().orElseThrow());
    assertEquals(errors.numbers().length, FreespaceErrors.names().size());
  }

  @Test
  void cellsFromAboveAreThoseOfTheirPixels() {
    RoadPlane road = new RoadPlane(new Camera(450, 180, 240, 1.3, 0, 0));
    byte[] t = new byte[HEIGHT * 480];
    byte[] p = t.clone();
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < 480; x++) {
        t[y * 480 + x] = (byte) (x < 240 ? 0 : 1); // left of the axis is road
        p[y * 480 + x] = (byte) (x >= 120 && x < 360 ? 0 : 1);
      }
    }
    LabelMap truth = LabelMap.of(SPACE, HEIGHT, 480, t);
    LabelMap prediction = LabelMap.of(SPACE, HEIGHT, 480, p);
    BirdsEye cells = BirdsEye.count(truth, prediction, DRIVABLE, road);
    assertEquals(cells.hits(), cells.falseAlarms(), "the picture is symmetric");
    long judged = 0;
    for (int i = 0; i < 800; i++) {
      double ahead = 6 + (i + 0.5) * 0.05;
      for (int j = 0; j < 400; j++) {
        double column = 240 + 450 * ((j + 0.5) * 0.05 - 10) / ahead;
        judged += column >= 0 && column < 240 ? 1 : 0;
      }
    }
    assertEquals(judged, cells.hits() + cells.misses(), "cells of true road in the picture");
    assertEquals(1, BirdsEye.count(truth, truth, DRIVABLE, road).fMeasure().value().orElseThrow());
    Arrays.fill(t, (byte) 255);
    assertTrue(BirdsEye.count(truth, prediction, DRIVABLE, road).fMeasure().value().isEmpty());
  }
}
