package io.drivemark.datasets.corruption.standard;

import io.drivemark.datasets.corruption.Draws;

/**
 * A cloud by diamonds and squares (Fournier, Fussell and Carpenter 1982) on a square that closes on
 * itself, scaled to 0..1. The point in row y and column x takes uniform number {@code y · side +
 * x}, whatever the order. Immutable.
 */
final class Plasma {
  private final int side;
  private final double[] heights;

  private Plasma(int side, double[] heights) {
    this.side = side;
    this.heights = heights;
  }

  /**
   * A cloud of at least so many rows and columns; its side is the next power of two.
   *
   * @param decay by how much the roughness falls when the distance of points is halved; its square,
   *     as in the common corruptions
   */
  static Plasma covering(int extent, double decay, Draws draws) {
    int side = 1;
    while (side < extent) {
      side *= 2;
    }
    double[] heights = new double[side * side];
    double rough = 1;
    for (int step = side; step >= 2; step /= 2) {
      int half = step / 2;
      for (int y = 0; y < side; y += step) {
        for (int x = 0; x < side; x += step) {
          double sum =
              at(heights, side, y, x)
                  + at(heights, side, y, x + step)
                  + at(heights, side, y + step, x)
                  + at(heights, side, y + step, x + step);
          set(heights, side, y + half, x + half, sum, rough, draws);
        }
      }
      for (int y = 0; y < side; y += half) {
        for (int x = y / half % 2 == 0 ? half : 0; x < side; x += step) {
          double sum =
              at(heights, side, y - half, x)
                  + at(heights, side, y, x - half)
                  + at(heights, side, y, x + half)
                  + at(heights, side, y + half, x);
          set(heights, side, y, x, sum, rough, draws);
        }
      }
      rough /= decay * decay;
    }
    return new Plasma(side, scaled(heights));
  }

  private static double at(double[] heights, int side, int y, int x) {
    return heights[(y & (side - 1)) * side + (x & (side - 1))];
  }

  private static void set(
      double[] heights, int side, int y, int x, double sum, double rough, Draws draws) {
    int place = y * side + x;
    heights[place] = sum / 4 + rough * (2 * draws.unit(place) - 1);
  }

  private static double[] scaled(double[] heights) {
    double least = heights[0];
    double most = heights[0];
    for (double height : heights) {
      least = Math.min(least, height);
      most = Math.max(most, height);
    }
    double range = most > least ? most - least : 1;
    for (int i = 0; i < heights.length; i++) {
      heights[i] = (heights[i] - least) / range;
    }
    return heights;
  }

  /** 0 to 1. */
  double at(int y, int x) {
    return heights[y * side + x];
  }
}
