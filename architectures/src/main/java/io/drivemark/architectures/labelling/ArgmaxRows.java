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

  ArgmaxRows(int classes, int height, int width) {
    this.classes = classes;
    this.height = height;
    this.width = width;
    best = new float[width];
    plane = new float[width];
    winner = new int[width];
  }

  /** Fills some rows of the output with {@code table[argmax]}. */
  void label(FloatBuffer logits, int fromRow, int toRow, byte[] table, byte[] out) {
    for (int row = fromRow; row < toRow; row++) {
      Arrays.fill(best, Float.NEGATIVE_INFINITY);
      Arrays.fill(winner, 0);
      for (int k = 0; k < classes; k++) {
        logits.get((k * height + row) * width, plane, 0, width);
        compare(k, row);
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
}
