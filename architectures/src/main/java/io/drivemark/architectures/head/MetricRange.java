package io.drivemark.architectures.head;

import io.drivemark.config.ConfigMap;
import java.util.List;

/**
 * The distances that a network can answer with. Immutable.
 *
 * @param nearest metres, above 0
 * @param farthest metres, above nearest
 */
record MetricRange(double nearest, double farthest) {
  private static final MetricRange USUAL = new MetricRange(1, 80);
  private static final String KEY = "range";

  MetricRange {
    require(nearest, farthest);
  }

  static void require(double nearest, double farthest) {
    if (!isRange(nearest, farthest)) {
      throw new IllegalArgumentException("range of depth: " + nearest + " to " + farthest);
    }
  }

  /** Reads {@code range: [1, 80]}; what is wrong is recorded, and a usual one returned. */
  static MetricRange read(ConfigMap keys) {
    List<Double> range = keys.numbers(KEY);
    boolean usable = range.size() == 2 && isRange(range.get(0), range.get(1));
    if (!keys.has(KEY)) {
      keys.problem(
          KEY,
          "is missing: the nearest and the farthest distance in metres that the network can answer"
              + " with, for example [1, 80]");
    } else if (!usable) {
      keys.problem(
          KEY,
          "found "
              + range
              + ", expected two numbers of metres above 0, the nearest first, for example [1, 80]");
    }
    return usable ? new MetricRange(range.get(0), range.get(1)) : USUAL;
  }

  private static boolean isRange(double nearest, double farthest) {
    return nearest > 0 && nearest < farthest && Float.isFinite((float) farthest);
  }
}
