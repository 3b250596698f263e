package io.drivemark.eval.metrics.boundary;

import java.util.BitSet;

/**
 * The exact squared Euclidean distance of each pixel to a set of pixels, in O(H·W): down the
 * columns first, then the lower envelope of parabolas along each row. See Meijster, Roerdink and
 * Hesselink, A General Algorithm for Computing Distance Transforms in Linear Time. Stateless.
 */
final class SquaredDistance {
  private SquaredDistance() {}

  /**
   * @param set pixels of an H×W image, row-major, at least one
   * @return H·W squared distances in pixels
   */
  static int[] to(BitSet set, int height, int width) {
    int far = height + width;
    int[] column = new int[height * width]; // distance within the column
    for (int i = 0; i < column.length; i++) {
      int above = i < width ? far : column[i - width];
      column[i] = Math.min(far, above + 1);
      if (set.get(i)) {
        column[i] = 0;
      }
    }
    for (int i = column.length - width - 1; i >= 0; i--) {
      column[i] = Math.min(column[i], column[i + width] + 1);
    }
    int[] out = new int[height * width];
    int[] apex = new int[width];
    int[] from = new int[width];
    for (int y = 0; y < height; y++) {
      envelope(column, y * width, width, apex, from, out);
    }
    return out;
  }

  private static void envelope(
      int[] column, int start, int width, int[] apex, int[] from, int[] out) {
    int top = 0;
    apex[0] = 0;
    from[0] = 0;
    for (int u = 1; u < width; u++) {
      while (top >= 0
          && value(column, start, from[top], apex[top]) > value(column, start, from[top], u)) {
        top--;
      }
      if (top < 0) {
        top = 0;
        apex[0] = u;
      } else {
        int next = 1 + crossing(column, start, apex[top], u);
        if (next < width) {
          top++;
          apex[top] = u;
          from[top] = next;
        }
      }
    }
    for (int x = width - 1; x >= 0; x--) {
      out[start + x] = value(column, start, x, apex[top]);
      if (x == from[top]) {
        top--;
      }
    }
  }

  private static int value(int[] column, int start, int x, int apex) {
    int g = column[start + apex];
    return (x - apex) * (x - apex) + g * g;
  }

  /** The last x at which the parabola at {@code i} is not above the one at {@code u} > i. */
  private static int crossing(int[] column, int start, int i, int u) {
    int gi = column[start + i];
    int gu = column[start + u];
    return Math.floorDiv(u * u - i * i + gu * gu - gi * gi, 2 * (u - i));
  }
}
