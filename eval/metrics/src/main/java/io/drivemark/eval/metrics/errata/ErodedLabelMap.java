package io.drivemark.eval.metrics.errata;

import io.drivemark.datasets.LabelMap;
import io.drivemark.eval.metrics.boundary.BoundaryCounts;

/**
 * Boundary counts as detectron2 makes them: the map of class numbers minus its grey erosion, zeros
 * around, whose values are then taken for classes. Stateless.
 */
final class ErodedLabelMap {
  private ErodedLabelMap() {}

  static BoundaryCounts count(LabelMap truth, LabelMap prediction, int d) {
    int k = truth.space().size();
    int[] t = difference(truth, d);
    int[] p = difference(prediction, d);
    long[] numbers = new long[3 * k];
    for (int i = 0; i < t.length; i++) {
      if (t[i] < k) {
        numbers[t[i]]++;
      }
      if (p[i] < k) {
        numbers[k + p[i]]++;
      }
      if (t[i] == p[i] && t[i] < k) {
        numbers[2 * k + t[i]]++;
      }
    }
    return BoundaryCounts.of(truth.space(), numbers);
  }

  /** Each class number minus the smallest one within d. */
  static int[] difference(LabelMap map, int d) {
    int height = map.height();
    int width = map.width();
    int[] alongRows = new int[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int least = x < d || x >= width - d ? 0 : map.at(y, x);
        for (int u = Math.max(0, x - d); u <= Math.min(width - 1, x + d); u++) {
          least = Math.min(least, map.at(y, u));
        }
        alongRows[y * width + x] = least;
      }
    }
    int[] out = new int[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int least = y < d || y >= height - d ? 0 : alongRows[y * width + x];
        for (int v = Math.max(0, y - d); v <= Math.min(height - 1, y + d); v++) {
          least = Math.min(least, alongRows[v * width + x]);
        }
        out[y * width + x] = map.at(y, x) - least;
      }
    }
    return out;
  }
}
