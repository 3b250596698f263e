package io.drivemark.architectures.cue.standard;

import io.drivemark.datasets.LabelMap;

/** Labels moved along with the picture. Stateless. */
final class LabelWarp {
  /** Flow is found in pictures so many times smaller. */
  static final int SHRINK = 4;

  /** And of at least so many pixels a side: its patches are 8 wide. */
  static final int LEAST = 16;

  private LabelWarp() {}

  /**
   * The labels of an earlier frame, for now: each pixel takes the label of where it was then, to
   * the nearest pixel, and the one at its own place where that lies outside.
   *
   * @param then the earlier labels, on the photograph's grid
   * @param flow from now to then, in pixels of the small picture: right and down for each, row by
   *     row; interpolated bilinearly between the centres of its pixels
   * @param small the size of that picture
   */
  static LabelMap moved(LabelMap then, float[] flow, GreyPicture small) {
    return moved(then, flow, small.height(), small.width(), SHRINK);
  }

  static LabelMap moved(LabelMap then, float[] flow, int h, int w, int shrink) {
    int height = then.height();
    int width = then.width();
    byte[] from = then.pixels();
    byte[] out = new byte[from.length];
    Line columns = new Line(width, w, shrink);
    Line rows = new Line(height, h, shrink);
    for (int y = 0; y < height; y++) {
      int upper = 2 * rows.low[y] * w;
      int lower = 2 * Math.min(rows.low[y] + 1, h - 1) * w;
      float down = rows.share[y];
      for (int x = 0; x < width; x++) {
        int left = 2 * columns.low[x];
        int right = 2 * Math.min(columns.low[x] + 1, w - 1);
        float across = columns.share[x];
        float dx =
            between(flow, upper + left, upper + right, lower + left, lower + right, across, down);
        float dy =
            between(
                flow,
                upper + left + 1,
                upper + right + 1,
                lower + left + 1,
                lower + right + 1,
                across,
                down);
        float toX = x + shrink * dx + 0.5f;
        float toY = y + shrink * dy + 0.5f;
        boolean inside = toX >= 0 && toX < width && toY >= 0 && toY < height; // not so for NaN
        int row = inside ? (int) toY : y;
        int column = inside ? (int) toX : x;
        out[y * width + x] = from[row * width + column];
      }
    }
    return LabelMap.of(then.space(), height, width, out);
  }

  private static float between(float[] flow, int a, int b, int c, int d, float across, float down) {
    float top = (1 - across) * flow[a] + across * flow[b];
    float bottom = (1 - across) * flow[c] + across * flow[d];
    return (1 - down) * top + down * bottom;
  }

  /** Where the pixels of one axis lie between those of the small picture. */
  private static final class Line {
    final int[] low;
    final float[] share;

    Line(int pixels, int small, int shrink) {
      low = new int[pixels];
      share = new float[pixels];
      for (int i = 0; i < pixels; i++) {
        float at = Math.max(0, Math.min((i + 0.5f) / shrink - 0.5f, small - 1));
        low[i] = (int) at;
        share[i] = at - low[i];
      }
    }
  }
}
