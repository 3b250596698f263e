package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClusterSwapTestTest {
  private static double mean(double[] sums) {
    return sums[0] / sums[1];
  }

  private static OptionalDouble p(double[][] first, double[][] second) {
    return ClusterSwapTest.p(first, second, 1, ClusterSwapTestTest::mean);
  }

  /** Hits of pixels: each cluster a vector {hits, pixels}. */
  private static double[][] clusters(double... hits) {
    double[][] out = new double[hits.length][];
    for (int i = 0; i < hits.length; i++) {
      out[i] = new double[] {hits[i], 10};
    }
    return out;
  }

  @Test
  void threeClustersThatAgreeProveLittle() {
    assertEquals(OptionalDouble.of(0.25), p(clusters(6, 7, 8), clusters(5, 6, 7)));
  }

  @Test
  void equalModelsGiveOne() {
    assertEquals(OptionalDouble.of(1), p(clusters(6, 7, 8), clusters(6, 7, 8)));
    assertEquals(OptionalDouble.of(1), p(clusters(4), clusters(9)), "one cluster proves nothing");
  }

  @Test
  void everyExchangeIsCountedByHand() {
    // differences 3, 1, -1: sums of ±: 3, 5, 1, 3 (and their negatives): three of four reach 3
    assertEquals(OptionalDouble.of(0.75), p(clusters(6, 5, 4), clusters(3, 4, 5)));
  }

  @Test
  void theSmallestPIsWhatAgreementOfAllClustersGives() {
    for (int n : new int[] {2, 5, 11, 13}) {
      double[][] good = new double[n][];
      double[][] bad = new double[n][];
      for (int i = 0; i < n; i++) {
        good[i] = new double[] {50 + i, 100};
        bad[i] = new double[] {20 + i, 100};
      }
      assertEquals(ClusterSwapTest.smallestP(n), p(good, bad).getAsDouble(), 0, n + " clusters");
    }
  }

  @Test
  void orderOfModelsDoesNotMatter() {
    Random random = new Random(5);
    for (int n : new int[] {4, 9, 30}) {
      double[][] a = new double[n][];
      double[][] b = new double[n][];
      for (int i = 0; i < n; i++) {
        a[i] = new double[] {random.nextInt(100), 100};
        b[i] = new double[] {random.nextInt(100), 100};
      }
      assertEquals(p(a, b), p(b, a));
    }
  }

  @Test
  void undefinedStatisticHasNoP() {
    assertEquals(
        OptionalDouble.empty(),
        ClusterSwapTest.p(clusters(1, 2), clusters(2, 3), 1, sums -> Double.NaN));
  }

  /** An exchange that leaves a statistic undefined must not make a claim easier. */
  @Test
  void undefinedExchangesCountAgainstADifference() {
    double[][] first = {{9, 10}, {9, 10}, {9, 10}};
    double[][] second = {{1, 10}, {1, 10}, {1, 10}};
    OptionalDouble p =
        ClusterSwapTest.p(
            first, second, 1, sums -> sums[0] == 11 || sums[0] == 19 ? Double.NaN : sums[0]);
    assertEquals(OptionalDouble.of(1), p);
  }

  @Test
  void clustersMustMatch() {
    assertEquals(
        "swap test: clusters of two models are needed, found 2 and 1",
        assertThrows(IllegalArgumentException.class, () -> p(clusters(1, 2), clusters(1)))
            .getMessage());
    assertEquals(
        "swap test: vectors of 2, 2 and 1 numbers",
        assertThrows(IllegalArgumentException.class, () -> p(clusters(1), new double[][] {{1}}))
            .getMessage());
  }

  /** Of equal models with clusters of very unequal size p is below 0.05 at most that often. */
  @Test
  void holdsItsLevelWithFewUnequalClusters() {
    int low = 0;
    int trials = 4000;
    for (int s = 0; s < trials; s++) {
      Random random = new Random(70_000 + s);
      double[][] a = new double[6][];
      double[][] b = new double[6][];
      for (int i = 0; i < 6; i++) {
        double size = Math.exp(2 * random.nextGaussian());
        a[i] = new double[] {size * random.nextDouble(), size};
        b[i] = new double[] {size * random.nextDouble(), size};
      }
      low += p(a, b).getAsDouble() <= 0.05 ? 1 : 0;
    }
    // 5 % of 4000 and 3.3 standard deviations
    assertTrue(low <= 245, low + " of " + trials);
  }
}
