package io.drivemark.eval.metrics.boundary;

import java.util.Arrays;

/**
 * For each pixel of a label map the chessboard distance to the nearest pixel with another label:
 * pixels within w of a class border are those of distance w or less. Nothing lies beyond the
 * image's edge. Costs O(H·W) whatever the distances are.
 *
 * <p>Two sweeps of whole rows. The distance along the row comes from the runs; the sweep down takes
 * the smallest of it and of one more than the three neighbours above (0 where their label differs),
 * the sweep up the same with those below. That is exact because the way to the nearest other label
 * can be walked diagonally first, and every pixel on it has the same label. Immutable.
 */
public final class LabelDistance {
  /** Larger distances are given as this. */
  public static final int CAP = 255;

  private static final int FAR = 1 << 20;

  private final int height;
  private final int width;
  private final byte[] distances;

  private LabelDistance(int height, int width, byte[] distances) {
    this.height = height;
    this.width = width;
    this.distances = distances;
  }

  /**
   * The distances of a label map.
   *
   * @param labels H·W unsigned bytes, row-major; any values
   * @throws IllegalArgumentException if the length does not fit
   */
  public static LabelDistance of(byte[] labels, int height, int width) {
    if (height < 1 || width < 1 || (long) height * width != labels.length) {
      throw new IllegalArgumentException(
          "label distance: " + height + "x" + width + " does not fit " + labels.length + " pixels");
    }
    byte[] distances = new byte[labels.length];
    Sweep sweep = new Sweep(labels, width, distances);
    for (int y = 0; y < height; y++) {
      sweep.row(y, true);
    }
    sweep.restart();
    for (int y = height - 1; y >= 0; y--) {
      sweep.row(y, false);
    }
    return new LabelDistance(height, width, distances);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** The distance at a pixel, at least 1, at most {@link #CAP}. */
  public int at(int pixel) {
    return distances[pixel] & 0xFF;
  }

  /**
   * A width that the distances can be compared with.
   *
   * @throws IllegalArgumentException if it is not in 1..254
   */
  static int requireWidth(int d) {
    if (d < 1 || d >= CAP) {
      throw new IllegalArgumentException(
          "boundary: a width of 1 to " + (CAP - 1) + " pixels is needed, got " + d);
    }
    return d;
  }

  /** One sweep at work: two rows of labels and distances with a pixel of padding on each side. */
  private static final class Sweep {
    private final byte[] labels;
    private final int width;
    private final byte[] distances;
    private int[] here;
    private int[] before;
    private int[] near;
    private int[] nearBefore;
    private boolean first = true;

    Sweep(byte[] labels, int width, byte[] distances) {
      this.labels = labels;
      this.width = width;
      this.distances = distances;
      this.here = new int[width + 2];
      this.before = new int[width + 2];
      this.near = new int[width + 2];
      this.nearBefore = new int[width + 2];
    }

    void restart() {
      first = true;
    }

    void row(int y, boolean down) {
      int start = y * width;
      for (int x = 0; x < width; x++) {
        here[x + 1] = labels[start + x] & 0xFF;
      }
      if (down) {
        alongRow();
      } else {
        for (int x = 0; x < width; x++) {
          near[x + 1] = distances[start + x] & 0xFF;
        }
      }
      padRowBefore();
      relax(here, before, near, nearBefore, width);
      for (int x = 0; x < width; x++) {
        distances[start + x] = (byte) Math.min(near[x + 1], CAP);
      }
      int[] labelsSwap = before;
      before = here;
      here = labelsSwap;
      int[] nearSwap = nearBefore;
      nearBefore = near;
      near = nearSwap;
      first = false;
    }

    /** Distances to the ends of the run that a pixel is in. */
    private void alongRow() {
      int from = 1;
      while (from <= width) {
        int to = from + 1;
        while (to <= width && here[to] == here[from]) {
          to++;
        }
        int left = from > 1 ? 1 : FAR;
        int right = to <= width ? to - from : FAR;
        for (int x = from; x < to; x++) {
          near[x] = Math.min(left + x - from, right - (x - from));
        }
        from = to;
      }
    }

    private void padRowBefore() {
      if (first) {
        // Beyond the edge the row repeats and is far from everything: a copy to the side differs
        // only next to the end of a run, where the distance is 1 already.
        System.arraycopy(here, 1, before, 1, width);
        Arrays.fill(nearBefore, FAR);
      }
      before[0] = here[1];
      before[width + 1] = here[width];
      nearBefore[0] = FAR;
      nearBefore[width + 1] = FAR;
    }

    /** No branch depends on a pixel, so that the loop runs on several at once. */
    private static void relax(int[] here, int[] before, int[] near, int[] nearBefore, int width) {
      for (int x = 1; x <= width; x++) {
        int label = here[x];
        int differing = (label ^ before[x - 1]) | (label ^ before[x]) | (label ^ before[x + 1]);
        int nearest = Math.min(Math.min(nearBefore[x - 1], nearBefore[x]), nearBefore[x + 1]);
        int another = (differing | -differing) >> 31; // all ones if any label differs
        near[x] = Math.min(near[x], 1 + (nearest & ~another));
      }
    }
  }
}
