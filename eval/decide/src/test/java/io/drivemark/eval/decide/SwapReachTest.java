package io.drivemark.eval.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.statistics.ClusterSwapTest;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SwapReachTest {
  @Test
  void severalTestsNeedMoreClusters() {
    assertEquals(OptionalInt.of(6), SwapReach.needed(1));
    assertEquals(OptionalInt.of(7), SwapReach.needed(2));
    assertEquals(OptionalInt.of(7), SwapReach.needed(3));
    assertEquals(OptionalInt.of(8), SwapReach.needed(4));
    assertEquals(OptionalInt.of(14), SwapReach.needed(500));
    assertEquals(OptionalInt.empty(), SwapReach.needed(501));
  }

  /** A difference that is the same on every cluster is the surest that there is. */
  @Test
  void whatIsTooFewIsSoForTheLargestDifference() {
    for (int clusters = 1; clusters <= 10; clusters++) {
      double[][] good = new double[clusters][1];
      Arrays.stream(good).forEach(cluster -> cluster[0] = 1);
      double p = ClusterSwapTest.p(good, new double[clusters][1], 1, sums -> sums[0]).getAsDouble();
      assertEquals(p > Comparison.LEVEL, SwapReach.isTooFew(clusters, 1), clusters + " clusters");
    }
    assertTrue(SwapReach.isTooFew(6, 2));
    assertFalse(SwapReach.isTooFew(7, 2));
  }
}
