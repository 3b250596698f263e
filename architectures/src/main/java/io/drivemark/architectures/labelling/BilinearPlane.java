package io.drivemark.architectures.labelling;

/**
 * One plane of numbers on another grid: bilinear, pixel centres at half-integers, in float32, the
 * very numbers that {@link Grid#LOGITS_BILINEAR} compares. Numbers must be finite. Immutable.
 */
public final class BilinearPlane {
  private final Axis rows;
  private final Axis columns;
  private final boolean same;

  /**
   * @param h of the plane
   * @param w of the plane
   * @param rowShare how much of its height, from the top, the grid shows; above 0 and at most 1
   * @param columnShare how much of its width, from the left
   * @param height of the grid
   * @param width of the grid
   */
  public BilinearPlane(int h, int w, double rowShare, double columnShare, int height, int width) {
    if (h < 1 || w < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "plane of " + h + "x" + w + " on a grid of " + height + "x" + width);
    }
    if (!(rowShare > 0 && rowShare <= 1 && columnShare > 0 && columnShare <= 1)) {
      throw new IllegalArgumentException("shares of a plane: " + rowShare + ", " + columnShare);
    }
    this.rows = new Axis(h, height, rowShare);
    this.columns = new Axis(w, width, columnShare);
    this.same = h == height && w == width && rowShare == 1 && columnShare == 1;
  }

  /** Width of the grid. */
  public int width() {
    return columns.to;
  }

  /**
   * Fills some rows of the grid.
   *
   * @param values the plane, row by row
   * @param from first row of the grid
   * @param to the row after the last
   * @param out the whole grid, row by row
   */
  public void fill(float[] values, int from, int to, float[] out) {
    int w = columns.from;
    if (same) {
      System.arraycopy(values, from * w, out, from * w, (to - from) * w);
      return;
    }
    for (int row = from; row < to; row++) {
      int upper = rows.low[row] * w;
      int lower = rows.next(rows.low[row]) * w;
      float down = rows.upper[row];
      float up = 1 - down;
      int at = row * columns.to;
      for (int x = 0; x < columns.to; x++) {
        int cell = columns.low[x];
        int next = columns.next(cell);
        float right = columns.upper[x];
        float left = 1 - right;
        float top = left * values[upper + cell] + right * values[upper + next];
        float bottom = left * values[lower + cell] + right * values[lower + next];
        out[at + x] = up * top + down * bottom;
      }
    }
  }
}
