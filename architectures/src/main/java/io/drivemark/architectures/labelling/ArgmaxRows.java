package io.drivemark.architectures.labelling;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** The largest of all planes at each pixel, row by row. Holds scratch memory; not thread-safe. */
final class ArgmaxRows {
  private final int classes;
  private final int height;
  private final int width;
  private final float[] best;
  private final float[] plane;
  private final int[] winner;
  private final float margin;
  private final int shownRows;
  private final int shownColumns;
  private final float[] second;
  private long close;

  /**
   * @param margin pixels are close where the largest score of those that mean something else lies
   *     less than this below the winner's; 0: they are not counted
   * @param shownRows as many rows from the top show the image
   * @param shownColumns as many columns from the left
   */
  ArgmaxRows(int classes, int height, int width, float margin, int shownRows, int shownColumns) {
    this.classes = classes;
    this.height = height;
    this.width = width;
    best = new float[width];
    plane = new float[width];
    winner = new int[width];
    this.margin = margin;
    this.shownRows = shownRows;
    this.shownColumns = shownColumns;
    second = new float[margin > 0 ? width : 0];
  }

  /** How many pixels of the last call were close. */
  long close() {
    return close;
  }

  /** Fills some rows of the output with {@code table[argmax]}. */
  void label(FloatBuffer logits, int fromRow, int toRow, byte[] table, byte[] out) {
    close = 0;
    for (int row = fromRow; row < toRow; row++) {
      Arrays.fill(best, Float.NEGATIVE_INFINITY);
      Arrays.fill(winner, 0);
      Arrays.fill(second, Float.NEGATIVE_INFINITY);
      for (int k = 0; k < classes; k++) {
        logits.get((k * height + row) * width, plane, 0, width);
        if (margin > 0) {
          compareCounting(k, row, table);
        } else {
          compare(k, row);
        }
      }
      if (margin > 0 && row < shownRows) {
        count();
      }
      for (int x = 0; x < width; x++) {
        out[row * width + x] = table[winner[x]];
      }
    }
  }

  private void compare(int k, int row) {
    for (int x = 0; x < width; x++) {
      float value = plane[x];
      if (!(value <= best[x])) {
        if (!(value < Float.POSITIVE_INFINITY)) {
          throw Labelling.notNumber(value, k, row, x);
        }
        best[x] = value;
        winner[x] = k;
      }
    }
  }

  /** As {@link #compare}, and keeps the largest score that means something else than the winner. */
  private void compareCounting(int k, int row, byte[] table) {
    byte meaning = table[k];
    for (int x = 0; x < width; x++) {
      float value = plane[x];
      if (!(value <= best[x])) {
        if (!(value < Float.POSITIVE_INFINITY)) {
          throw Labelling.notNumber(value, k, row, x);
        }
        if (table[winner[x]] != meaning) {
          second[x] = best[x];
        }
        best[x] = value;
        winner[x] = k;
      } else if (value > second[x] && table[winner[x]] != meaning) {
        second[x] = value;
      }
    }
  }

  private void count() {
    for (int x = 0; x < shownColumns; x++) {
      if (best[x] - second[x] < margin) {
        close++;
      }
    }
  }
}
