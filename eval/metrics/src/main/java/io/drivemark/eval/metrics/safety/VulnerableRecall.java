package io.drivemark.eval.metrics.safety;

import io.drivemark.datasets.LabelMap;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.statistics.Interval;
import io.drivemark.eval.statistics.Proportion;

/**
 * How many vulnerable road users are seen at all. A region is a connected piece (eight neighbours)
 * of one class of pedestrians, riders or the like in the truth; it is found if enough of its pixels
 * are predicted as any such class: taking a rider for a pedestrian is no danger, overlooking either
 * is. Small regions count as much as large ones. Immutable.
 *
 * @param leastPixels smaller regions are not judged: too few pixels to see anything
 * @param foundShare the share of a region's pixels from which on it is found
 */
public record VulnerableRecall(int leastPixels, double foundShare) {

  public VulnerableRecall {
    if (leastPixels < 1 || !(foundShare > 0 && foundShare <= 1)) {
      throw new IllegalArgumentException(
          "recall of vulnerable road users: at least 1 pixel and a share in (0, 1] are needed, got "
              + leastPixels
              + " and "
              + foundShare);
    }
  }

  /** Regions of at least 25 pixels, found if half of them is. */
  public static VulnerableRecall defaults() {
    return new VulnerableRecall(25, 0.5);
  }

  /**
   * How many regions there were and how many of them were found.
   *
   * @param found at most {@code regions}
   */
  public record Counts(long found, long regions) {
    public Counts {
      if (found < 0 || found > regions) {
        throw new IllegalArgumentException("regions: " + found + " found of " + regions);
      }
    }

    public Counts plus(Counts other) {
      return new Counts(Math.addExact(found, other.found), Math.addExact(regions, other.regions));
    }

    /** The share of regions that were found. */
    public MetricValue recall() {
      return regions == 0
          ? MetricValue.undefined("no region of a vulnerable road user")
          : MetricValue.of((double) found / regions);
    }

    /**
     * The exact interval of the recall if regions were independent; regions of one drive are not,
     * so draw drives where they are known.
     */
    public Interval interval(double level) {
      return new Proportion(found, regions).interval(level);
    }
  }

  /**
   * Counts one image.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public Counts count(LabelMap truth, LabelMap prediction) {
    if (truth.height() != prediction.height() || truth.width() != prediction.width()) {
      throw new IllegalArgumentException(
          "recall of vulnerable road users: prediction and truth differ in size");
    }
    boolean[] vulnerable = new boolean[256];
    for (int c = 0; c < truth.space().size(); c++) {
      vulnerable[c] = truth.space().classes().get(c).vulnerable();
    }
    boolean[] seen = new boolean[truth.pixels().length];
    Flood flood = new Flood(truth, seen);
    long found = 0;
    long regions = 0;
    for (int i = 0; i < seen.length; i++) {
      if (!seen[i] && vulnerable[truth.pixels()[i] & 0xFF]) {
        int size = flood.from(i);
        int right = 0;
        for (int n = 0; n < size; n++) {
          right += vulnerable[prediction.pixels()[flood.pixel(n)] & 0xFF] ? 1 : 0;
        }
        if (size >= leastPixels) {
          regions++;
          found += right >= foundShare * size ? 1 : 0;
        }
      }
    }
    return new Counts(found, regions);
  }

  /** Finds the pixels connected with one. */
  private static final class Flood {
    private final byte[] labels;
    private final int height;
    private final int width;
    private final boolean[] seen;
    private int[] pixels = new int[64];

    Flood(LabelMap map, boolean[] seen) {
      this.labels = map.pixels();
      this.height = map.height();
      this.width = map.width();
      this.seen = seen;
    }

    /** The number of pixels connected with this one; {@link #pixel} gives them. */
    int from(int start) {
      int size = 0;
      seen[start] = true;
      pixels[size++] = start;
      for (int next = 0; next < size; next++) {
        int y = pixels[next] / width;
        int x = pixels[next] % width;
        for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
          for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
            int i = v * width + u;
            if (!seen[i] && labels[i] == labels[start]) {
              seen[i] = true;
              if (size == pixels.length) {
                pixels = java.util.Arrays.copyOf(pixels, 2 * size);
              }
              pixels[size++] = i;
            }
          }
        }
      }
      return size;
    }

    int pixel(int n) {
      return pixels[n];
    }
  }
}
