package io.drivemark.architectures.labelling;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Labels of bilinearly upsampled logits, without upsampling most of them. Four neighbouring logits
 * pixels span a cell of output pixels. Interpolation with non-negative weights is monotone in its
 * four corners, also in float arithmetic. So a class whose largest corner lies below the smallest
 * corner of another class, by more than rounding can close, wins nowhere in the cell. In most cells
 * of a segmentation that leaves one class; elsewhere the few that are left are interpolated as if
 * all had been. Holds scratch memory; not thread-safe.
 */
final class BilinearStripe {
  /** Interpolation moves a value by less than this share of it: weights and sums round 5 times. */
  private static final float ROUNDING = 0x1p-19f;

  /** More than the smallest numbers can lose. */
  private static final float UNDERFLOW = 1e-30f;

  private final int classes;
  private final Axis rows;
  private final Axis columns;
  private final int width;
  private float[] upperRow;
  private float[] lowerRow;
  private int lowerRowIs = -1;
  private final float[] low;
  private final float[] high;
  private final float[] cellHigh;
  private final float[] floor;
  private final float[] ceiling;
  private final int[] candidates;
  private final int[] count;
  private final float[] top;
  private final float[] bottom;
  private final float margin;
  private long close;

  /**
   * @param margin pixels are close where the largest score of those that mean something else lies
   *     less than this below the winner's; 0: they are not counted
   */
  BilinearStripe(int classes, Axis rows, Axis columns, float margin) {
    this.classes = classes;
    this.rows = rows;
    this.columns = columns;
    this.margin = margin;
    this.width = columns.from;
    upperRow = new float[classes * width];
    lowerRow = new float[classes * width];
    low = new float[width];
    high = new float[width];
    cellHigh = new float[classes * width];
    floor = new float[width];
    ceiling = new float[width];
    candidates = new int[classes * width];
    count = new int[width];
    int widest = 0;
    for (int cell = 0; cell < width; cell++) {
      widest = Math.max(widest, columns.first[cell + 1] - columns.first[cell]);
    }
    top = new float[classes * widest];
    bottom = new float[classes * widest];
  }

  /** How many pixels of the last call were close. */
  long close() {
    return close;
  }

  /** Fills the output rows that lie in some rows of cells. */
  void label(FloatBuffer logits, int fromCell, int toCell, byte[] table, byte[] out) {
    lowerRowIs = -1;
    close = 0;
    for (int cell = fromCell; cell < toCell; cell++) {
      if (rows.first[cell] < rows.first[cell + 1]) {
        load(logits, cell);
        findCandidates(cell);
        fill(cell, table, out);
      }
    }
  }

  private void load(FloatBuffer logits, int cell) {
    if (lowerRowIs == cell) {
      float[] swap = upperRow;
      upperRow = lowerRow;
      lowerRow = swap;
    } else {
      read(logits, cell, upperRow);
    }
    int next = rows.next(cell);
    if (next == cell) {
      System.arraycopy(upperRow, 0, lowerRow, 0, upperRow.length);
    } else {
      read(logits, next, lowerRow);
    }
    lowerRowIs = next;
  }

  private void read(FloatBuffer logits, int row, float[] to) {
    for (int k = 0; k < classes; k++) {
      logits.get((k * rows.from + row) * width, to, k * width, width);
    }
  }

  private void findCandidates(int cell) {
    Arrays.fill(floor, Float.NEGATIVE_INFINITY);
    Arrays.fill(ceiling, Float.NEGATIVE_INFINITY);
    for (int k = 0; k < classes; k++) {
      bounds(k * width);
    }
    for (int x = 0; x < width; x++) {
      if (!(ceiling[x] < Float.POSITIVE_INFINITY)) {
        refuse(cell);
      }
    }
    for (int x = 0; x < width; x++) {
      floor[x] = floor[x] - Math.abs(floor[x]) * ROUNDING - UNDERFLOW;
    }
    if (margin > 0) { // what cannot come near the winner is left out, too
      for (int x = 0; x < width; x++) {
        floor[x] -= margin;
      }
    }
    Arrays.fill(count, 0);
    for (int k = 0; k < classes; k++) {
      collect(k, k * width);
    }
  }

  /** Smallest and largest corner of every cell for one class. */
  private void bounds(int at) {
    for (int x = 0; x < width; x++) {
      low[x] = Math.min(upperRow[at + x], lowerRow[at + x]);
    }
    for (int x = 0; x < width; x++) {
      high[x] = Math.max(upperRow[at + x], lowerRow[at + x]);
    }
    for (int x = 0; x < width - 1; x++) {
      floor[x] = Math.max(floor[x], Math.min(low[x], low[x + 1]));
    }
    for (int x = 0; x < width - 1; x++) {
      cellHigh[at + x] = Math.max(high[x], high[x + 1]);
    }
    int last = width - 1;
    floor[last] = Math.max(floor[last], low[last]);
    cellHigh[at + last] = high[last];
    for (int x = 0; x < width; x++) {
      ceiling[x] = Math.max(ceiling[x], cellHigh[at + x]);
    }
  }

  private void collect(int k, int at) {
    for (int x = 0; x < width; x++) {
      if (!(cellHigh[at + x] < floor[x])) {
        candidates[x * classes + count[x]++] = k;
      }
    }
  }

  private void refuse(int cell) {
    for (int row : new int[] {cell, rows.next(cell)}) {
      float[] values = row == cell ? upperRow : lowerRow;
      for (int i = 0; i < values.length; i++) {
        if (!(values[i] < Float.POSITIVE_INFINITY)) {
          throw Labelling.notNumber(values[i], i / width, row, i % width);
        }
      }
    }
  }

  private void fill(int cell, byte[] table, byte[] out) {
    int x = 0;
    while (x < width) {
      int end = x + 1;
      if (count[x] == 1) {
        int winner = candidates[x * classes];
        while (end < width && count[end] == 1 && candidates[end * classes] == winner) {
          end++;
        }
        int from = columns.first[x];
        int to = columns.first[end];
        for (int row = rows.first[cell]; row < rows.first[cell + 1]; row++) {
          Arrays.fill(out, row * columns.to + from, row * columns.to + to, table[winner]);
        }
      } else if (columns.first[x] < columns.first[end]) {
        interpolate(cell, x, table, out);
        if (margin > 0) {
          count(cell, x, table);
        }
      }
      x = end;
    }
  }

  private void interpolate(int cell, int x, byte[] table, byte[] out) {
    int from = columns.first[x];
    int n = columns.first[x + 1] - from;
    int next = columns.next(x);
    int some = count[x];
    int at = x * classes;
    for (int i = 0; i < some; i++) {
      int plane = candidates[at + i] * width;
      for (int j = 0; j < n; j++) {
        float right = columns.upper[from + j];
        float left = 1 - right;
        top[i * n + j] = left * upperRow[plane + x] + right * upperRow[plane + next];
        bottom[i * n + j] = left * lowerRow[plane + x] + right * lowerRow[plane + next];
      }
    }
    for (int row = rows.first[cell]; row < rows.first[cell + 1]; row++) {
      float down = rows.upper[row];
      float up = 1 - down;
      int to = row * columns.to + from;
      for (int j = 0; j < n; j++) {
        int winner = candidates[at];
        float best = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < some; i++) {
          float value = up * top[i * n + j] + down * bottom[i * n + j];
          if (value > best) {
            best = value;
            winner = candidates[at + i];
          }
        }
        out[to + j] = table[winner];
      }
    }
  }

  /** Counts the close pixels of a cell that was interpolated. */
  private void count(int cell, int x, byte[] table) {
    int n = columns.first[x + 1] - columns.first[x];
    int some = count[x];
    int at = x * classes;
    for (int row = rows.first[cell]; row < rows.first[cell + 1]; row++) {
      float down = rows.upper[row];
      float up = 1 - down;
      for (int j = 0; j < n; j++) {
        float best = Float.NEGATIVE_INFINITY;
        float second = Float.NEGATIVE_INFINITY;
        byte meaning = table[candidates[at]];
        for (int i = 0; i < some; i++) {
          float value = up * top[i * n + j] + down * bottom[i * n + j];
          byte other = table[candidates[at + i]];
          if (value > best) {
            second = other == meaning ? second : best;
            best = value;
            meaning = other;
          } else if (value > second && other != meaning) {
            second = value;
          }
        }
        if (best - second < margin) {
          close++;
        }
      }
    }
  }
}
