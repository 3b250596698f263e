package io.drivemark.eval.statistics;

import static io.drivemark.eval.statistics.PercentileEstimator.COMMONS_MATH_LEGACY;
import static io.drivemark.eval.statistics.PercentileEstimator.FLOOR_INDEX;
import static io.drivemark.eval.statistics.PercentileEstimator.FLOOR_INDEX_MINUS_ONE;
import static io.drivemark.eval.statistics.PercentileEstimator.LINEAR;
import static io.drivemark.eval.statistics.PercentileEstimator.NEAREST_RANK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PercentilesTest {
  /** 100..1: the order must not matter. */
  private static final double[] HUNDRED =
      IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray();

  @Test
  void estimatorsDifferAsTheToolsDo() {
    assertPercentiles(FLOOR_INDEX, 51, 91, 96, 100);
    assertPercentiles(NEAREST_RANK, 50, 90, 95, 99);
    assertEquals(95, Percentiles.of(HUNDRED, 0.95, FLOOR_INDEX_MINUS_ONE));
    assertEquals(99, Percentiles.of(HUNDRED, 0.99, FLOOR_INDEX_MINUS_ONE));
    assertPercentiles(LINEAR, 50.5, 90.1, 95.05, 99.01);
    assertPercentiles(COMMONS_MATH_LEGACY, 50.5, 90.9, 95.95, 99.99);
  }

  @Test
  void nearestRankIsAnObservedValueForAnyCount() {
    for (int n = 1; n <= 2000; n++) {
      // ceil(95 n / 100) in integers
      assertEquals((95 * n + 99) / 100, Percentiles.nearestRank(n, 0.95), "n " + n);
      assertEquals((7 * n + 99) / 100, Percentiles.nearestRank(n, 0.07), "n " + n);
    }
    assertEquals(5, Percentiles.of(new double[] {5}, 0.99, NEAREST_RANK));
    assertEquals(5, Percentiles.of(new double[] {5}, 0.01, FLOOR_INDEX_MINUS_ONE));
  }

  @Test
  void medianOfAnEvenCountIsTheMiddle() {
    assertEquals(2.5, Percentiles.median(new double[] {4, 1, 3, 2}));
    assertEquals(3, Percentiles.median(new double[] {5, 1, 3}));
  }

  @Test
  void samplesAreNotChanged() {
    double[] samples = {3, 1, 2};
    Percentiles.of(samples, 0.5, NEAREST_RANK);
    assertEquals(3, samples[0]);
  }

  @Test
  void badArgumentsAreNamed() {
    assertMessage("percentile: there are no samples", new double[0], 0.5);
    assertMessage("percentile: p must lie in (0, 1), got 95.0", HUNDRED, 95);
    assertMessage("percentile: p must lie in (0, 1), got 0.0", HUNDRED, 0);
    assertMessage("percentile: p must lie in (0, 1), got 1.0", HUNDRED, 1);
    assertMessage("percentile: p must lie in (0, 1), got NaN", HUNDRED, Double.NaN);
    assertMessage("percentile: a sample is NaN", new double[] {1, Double.NaN, 2}, 0.5);
  }

  private static void assertMessage(String message, double[] samples, double p) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> Percentiles.of(samples, p, NEAREST_RANK))
            .getMessage());
  }

  private static void assertPercentiles(
      PercentileEstimator estimator, double p50, double p90, double p95, double p99) {
    // 1e-9: interpolation positions are doubles
    assertEquals(p50, Percentiles.of(HUNDRED, 0.5, estimator), 1e-9);
    assertEquals(p90, Percentiles.of(HUNDRED, 0.9, estimator), 1e-9);
    assertEquals(p95, Percentiles.of(HUNDRED, 0.95, estimator), 1e-9);
    assertEquals(p99, Percentiles.of(HUNDRED, 0.99, estimator), 1e-9);
  }
}
