package io.drivemark.datasets.truth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PolygonFillTest {
  @Test
  void theBorderBelongsToThePolygon() {
    assertEquals(
        """
        ......
        .###..
        .###..
        .###..
        ......
        """,
        drawn(5, 6, new int[] {1, 3, 3, 1}, new int[] {1, 1, 3, 3}));
  }

  /** Crossings at 0.5, 1.5 and so on go to the inner pixel on either side. */
  @Test
  void halfwayCrossingsGoInside() {
    assertEquals(
        """
        #....
        #....
        ##...
        ##...
        ###..
        """,
        drawn(5, 5, new int[] {0, 2, 0}, new int[] {0, 4, 4}));
    assertEquals(
        """
        ....#
        ....#
        ...##
        ...##
        ..###
        """,
        drawn(5, 5, new int[] {4, 2, 4}, new int[] {0, 4, 4}));
  }

  @Test
  void whatLeavesTheImageIsCutOff() {
    assertEquals(
        """
        ###
        ###
        """,
        drawn(2, 3, new int[] {-5, 9, 9, -5}, new int[] {-7, -7, 7, 7}));
    assertEquals("...\n...\n", drawn(2, 3, new int[] {5, 9, 9}, new int[] {5, 5, 7}));
  }

  /** A ring that touches itself: its hole stays open by the even-odd rule, but for its border. */
  @Test
  void holesStayOpen() {
    assertEquals(
        """
        #######
        #######
        ##...##
        ##...##
        ##...##
        #######
        #######
        """,
        drawn(
            7,
            7,
            new int[] {0, 6, 6, 0, 0, 1, 1, 5, 5, 1, 1, 0},
            new int[] {0, 0, 6, 6, 1, 1, 5, 5, 1, 1, 0, 0}));
  }

  /** A pixel strictly inside is covered, one strictly farther than a pixel outside is not. */
  @Test
  void randomTrianglesCoverTheirInsideAndNothingFar() {
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      int[] x = random.ints(3, -4, 24).toArray();
      int[] y = random.ints(3, -4, 24).toArray();
      String[] rows = drawn(20, 20, x, y).split("\n");
      for (int row = 0; row < 20; row++) {
        for (int column = 0; column < 20; column++) {
          boolean covered = rows[row].charAt(column) == '#';
          String what = "seed " + seed + ", row " + row + ", column " + column;
          if (inside(x, y, column, row)) {
            assertTrue(covered, what);
          } else if (covered) {
            assertTrue(nearest(x, y, column, row) <= 1, what);
          }
        }
      }
    }
  }

  private static boolean inside(int[] x, int[] y, int column, int row) {
    int sides = 0;
    for (int i = 0; i < 3; i++) {
      int j = (i + 1) % 3;
      sides += Integer.signum((x[j] - x[i]) * (row - y[i]) - (y[j] - y[i]) * (column - x[i]));
    }
    return Math.abs(sides) == 3;
  }

  /** How far the border is. */
  private static double nearest(int[] x, int[] y, int column, int row) {
    double least = Double.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      int j = (i + 1) % 3;
      double dx = x[j] - x[i];
      double dy = y[j] - y[i];
      double length = dx * dx + dy * dy;
      double t = length == 0 ? 0 : ((column - x[i]) * dx + (row - y[i]) * dy) / length;
      t = Math.max(0, Math.min(1, t));
      least = Math.min(least, Math.hypot(x[i] + t * dx - column, y[i] + t * dy - row));
    }
    return least;
  }

  private static String drawn(int height, int width, int[] x, int[] y) {
    char[][] pixels = new char[height][width];
    for (char[] row : pixels) {
      java.util.Arrays.fill(row, '.');
    }
    new PolygonFill(
            height, width, (row, from, to) -> java.util.Arrays.fill(pixels[row], from, to + 1, '#'))
        .fill(x, y);
    StringBuilder out = new StringBuilder();
    for (char[] row : pixels) {
      out.append(row).append('\n');
    }
    return out.toString();
  }
}
