package io.drivemark.architectures.cue.standard;

import io.drivemark.architectures.cue.ScoreSite;

/**
 * One plane of numbers at the pixels of another that shows the same photograph: bilinear between
 * pixel centres, edges repeated, in float32. Planes of one geometry are copied. Immutable.
 */
final class PlaneSampling {
  /**
   * A plane of which the top left part shows the photograph.
   *
   * @param rowShare the share of its rows that do
   * @param columnShare the share of its columns
   */
  record Plane(int height, int width, double rowShare, double columnShare) {
    static Plane of(ScoreSite site) {
      return new Plane(
          site.height(), site.width(), site.head().rowShare(), site.head().columnShare());
    }
  }

  private final Plane from;
  private final Plane to;
  private final int[] rows;
  private final float[] down;
  private final int[] columns;
  private final float[] across;

  PlaneSampling(Plane from, Plane to) {
    this.from = from;
    this.to = to;
    rows = new int[to.height()];
    down = new float[to.height()];
    place(from.height(), from.rowShare(), to.height(), to.rowShare(), rows, down);
    columns = new int[to.width()];
    across = new float[to.width()];
    place(from.width(), from.columnShare(), to.width(), to.columnShare(), columns, across);
  }

  private static void place(
      int from, double fromShare, int to, double toShare, int[] low, float[] share) {
    for (int i = 0; i < to; i++) {
      double at = (i + 0.5) / (to * toShare) * (from * fromShare) - 0.5;
      double inside = Math.max(0, Math.min(at, from - 1));
      low[i] = (int) inside;
      share[i] = (float) (inside - low[i]);
    }
  }

  /**
   * Fills a plane.
   *
   * @param values holds the plane from {@code valuesAt} on, row by row
   * @param out is filled from {@code outAt} on
   */
  void fill(float[] values, int valuesAt, float[] out, int outAt) {
    if (from.equals(to)) {
      System.arraycopy(values, valuesAt, out, outAt, from.height() * from.width());
      return;
    }
    int w = from.width();
    int at = outAt;
    for (int y = 0; y < rows.length; y++) {
      int upper = valuesAt + rows[y] * w;
      int lower = valuesAt + Math.min(rows[y] + 1, from.height() - 1) * w;
      for (int x = 0; x < columns.length; x++, at++) {
        int left = columns[x];
        int right = Math.min(left + 1, w - 1);
        float share = across[x];
        float top = (1 - share) * values[upper + left] + share * values[upper + right];
        float bottom = (1 - share) * values[lower + left] + share * values[lower + right];
        out[at] = (1 - down[y]) * top + down[y] * bottom;
      }
    }
  }
}
