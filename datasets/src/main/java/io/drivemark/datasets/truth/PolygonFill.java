package io.drivemark.datasets.truth;

import java.util.Arrays;

/**
 * Which pixels a polygon of whole-numbered corners covers. Pixel centres lie at whole numbers, and
 * the border belongs to the polygon: in each row, what lies between two crossings is covered from
 * the pixel nearest to the first to the pixel nearest to the second, both included; where a
 * crossing is halfway between two pixels, the inner one is taken. Where polygons cross themselves,
 * the even-odd rule holds. Level edges are covered as they are. This is how Pillow's {@code
 * ImageDraw.polygon} fills, with which Cityscapes' label files were made; it differs from that in
 * how the tips of very flat corners are joined. For one thread.
 */
final class PolygonFill {
  /** Takes the pixels {@code from} to {@code to} of a row, both included and in the image. */
  interface Span {
    void fill(int row, int from, int to);
  }

  private final int height;
  private final int width;
  private final Span span;

  PolygonFill(int height, int width, Span span) {
    this.height = height;
    this.width = width;
    this.span = span;
  }

  /**
   * Covers one polygon; its last corner is joined to its first.
   *
   * @param x columns of the corners
   * @param y rows of the corners
   */
  void fill(int[] x, int[] y) {
    int top = Arrays.stream(y).min().orElse(0);
    int bottom = Arrays.stream(y).max().orElse(-1);
    for (int i = 0; i < x.length; i++) {
      int next = (i + 1) % x.length;
      if (y[i] == y[next]) {
        cover(y[i], Math.min(x[i], x[next]), Math.max(x[i], x[next]));
      }
    }
    double[] crossings = new double[2 * x.length];
    for (int row = Math.max(0, top); row <= Math.min(bottom, height - 1); row++) {
      int count = 0;
      for (int i = 0; i < x.length; i++) {
        int next = (i + 1) % x.length;
        int low = Math.min(y[i], y[next]);
        int high = Math.max(y[i], y[next]);
        if (low == high || row < low || row > high) {
          continue;
        }
        double at = x[i] + (double) (row - y[i]) * (x[next] - x[i]) / (y[next] - y[i]);
        crossings[count++] = at;
        if (row == high && row < bottom) {
          crossings[count++] = at; // an edge that ends here touches its row, and is crossed twice
        }
      }
      Arrays.sort(crossings, 0, count);
      for (int i = 1; i < count; i += 2) {
        cover(row, (int) Math.floor(crossings[i - 1] + 0.5), (int) Math.ceil(crossings[i] - 0.5));
      }
    }
  }

  private void cover(int row, int from, int to) {
    int first = Math.max(0, from);
    int last = Math.min(width - 1, to);
    if (row >= 0 && row < height && first <= last) {
      span.fill(row, first, last);
    }
  }
}
