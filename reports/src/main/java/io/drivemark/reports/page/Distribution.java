package io.drivemark.reports.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.drivemark.eval.statistics.PercentileEstimator;
import io.drivemark.eval.statistics.Percentiles;
import java.util.Arrays;
import java.util.List;

/**
 * How the latencies of one network are distributed: a box of percentiles and a curve. Stateless.
 */
final class Distribution {
  /** Steps of a distribution curve; more cannot be told apart on a screen. */
  private static final int CURVE_POINTS = 100;

  private Distribution() {}

  /** Adds both; nothing where there are no samples. */
  static void put(ObjectNode out, List<Double> samples) {
    if (samples.isEmpty()) {
      return;
    }
    double[] sorted = samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    ArrayNode box = out.putArray("box");
    for (double p : new double[] {0.05, 0.25, 0.5, 0.75, 0.95}) {
      box.add(round(Percentiles.ofSorted(sorted, p, PercentileEstimator.NEAREST_RANK)));
    }
    ArrayNode curve = out.putArray("curve");
    int points = Math.min(CURVE_POINTS, sorted.length);
    Arrays.stream(ranks(points, sorted.length)).forEach(i -> curve.add(round(sorted[i])));
  }

  /** {@code points} positions spread evenly over 0..n−1, both ends among them. */
  private static int[] ranks(int points, int n) {
    int[] out = new int[points];
    for (int i = 0; i < points; i++) {
      out[i] = points == 1 ? 0 : (int) Math.round((double) i * (n - 1) / (points - 1));
    }
    return out;
  }

  /** As many decimals as a screen shows. */
  static double round(double ms) {
    return Math.round(ms * 1e4) / 1e4;
  }
}
