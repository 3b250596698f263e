package io.drivemark.eval.metrics.boundary;

import java.util.Arrays;

/**
 * The rows of a label map as runs of one label: street scenes have some dozens a row, so what can
 * be said of a whole run is said once. Reads the labels it was made from, which nobody may change.
 */
final class Runs {
  private final byte[] labels;
  private final int width;
  private final int[] firstOfRow;
  private int[] ends;

  /** The runs of H·W labels, row-major. */
  Runs(byte[] labels, int height, int width) {
    this.labels = labels;
    this.width = width;
    this.firstOfRow = new int[height + 1];
    this.ends = new int[Math.max(64, 8 * height)];
    int count = 0;
    for (int y = 0; y < height; y++) {
      firstOfRow[y] = count;
      count = row(y * width, count);
    }
    firstOfRow[height] = count;
  }

  private int row(int start, int count) {
    int n = count;
    int last = start + width - 1;
    int from = start;
    while (from <= last) {
      int same = Arrays.mismatch(labels, from, last, labels, from + 1, last + 1);
      int end = same < 0 ? last + 1 : from + same + 1;
      if (n == ends.length) {
        ends = Arrays.copyOf(ends, 2 * n);
      }
      ends[n++] = end - start;
      from = end;
    }
    return n;
  }

  int height() {
    return firstOfRow.length - 1;
  }

  int width() {
    return width;
  }

  /** The number of a row's first run; of one more row, the number of all runs. */
  int first(int row) {
    return firstOfRow[row];
  }

  /** The column after a run's last one. */
  int end(int run) {
    return ends[run];
  }

  /** The label of a run in a row. */
  int label(int row, int run) {
    return labels[row * width + ends[run] - 1] & 0xFF;
  }
}
