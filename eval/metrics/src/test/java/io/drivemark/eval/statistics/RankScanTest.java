package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankScanTest {
  @Test
  void theThreeLargestAtTheEndAreOneOf84Choices() {
    double[] values = {0, 1, 2, 3, 4, 5, 10, 11, 12};

    assertEquals(1 / 84.0, RankScan.pOfSplits(values, 3)[6], 1e-15);
  }

  @Test
  void smallSidesAreThoseOfEnumeration() {
    long seed = 11;
    Random random = new Random(seed);
    for (int n = 4; n <= 12; n++) {
      double[] values = random.doubles(n).toArray();
      double[] p = RankScan.pOfSplits(values, 1);
      for (int at = 1; at < n; at++) {
        if (Math.min(at, n - at) <= RankScan.EXACT) {
          assertEquals(enumerated(values, at), p[at], 1e-12, "seed " + seed + ", " + n + ", " + at);
        }
      }
    }
  }

  /** The share of choices of as many values whose ranks have at least the sum of the last ones. */
  private static double enumerated(double[] values, int at) {
    int n = values.length;
    int sum = 0;
    for (int i = at; i < n; i++) {
      double value = values[i];
      sum += 1 + (int) Arrays.stream(values).filter(v -> v < value).count();
    }
    int all = 0;
    int asLarge = 0;
    for (int set = 0; set < 1 << n; set++) {
      if (Integer.bitCount(set) == n - at) {
        int ranks = 0;
        for (int i = 0; i < n; i++) {
          ranks += (set >> i & 1) * (i + 1);
        }
        all++;
        asLarge += ranks >= sum ? 1 : 0;
      }
    }
    return (double) asLarge / all;
  }

  @Test
  void largeSidesAreNormalWithContinuityCorrection() {
    double[] values = new double[14];
    Arrays.setAll(values, i -> i);

    assertEquals(0.0010825146665191896, RankScan.pOfSplits(values, 3)[7], 1e-12);
  }

  @Test
  void theSmallestIsThatOfAllSplits() {
    long seed = 5;
    Random random = new Random(seed);
    for (int trial = 0; trial < 200; trial++) {
      double[] values = new double[12 + random.nextInt(40)];
      Arrays.setAll(values, i -> random.nextGaussian() + (i > 9 ? 1 : 0));
      double[] p = RankScan.pOfSplits(values, 3);
      double least = Arrays.stream(p).min().orElseThrow();

      assertEquals(least, RankScan.smallestP(values, 3), 0, "seed " + seed + ", trial " + trial);
    }
  }

  @Test
  void tiesShareTheirRanks() {
    assertArrayEquals(new double[] {1, 2.5, 2.5, 4}, RankScan.ranks(new double[] {-1, 7, 7, 8}), 0);
    assertTrue(RankScan.hasTies(new double[] {2, 1, 2}));
    assertFalse(RankScan.hasTies(new double[] {2, 1, 3}));
  }

  @Test
  void shufflingTiesIsNearEnumeration() {
    double[] values = {0, 0, 0, 1, 1, 1}; // one of C(6, 3) = 20 orders
    double smallest = RankScan.smallestP(values, 3);

    assertEquals(0.05, RankScan.pByShuffling(values, 3, smallest, 1), 0.01);
  }

  @Test
  void whatCannotBeRankedIsRefused() {
    assertEquals(
        "rank scan: 5 values, 3 on each side",
        assertThrows(IllegalArgumentException.class, () -> RankScan.smallestP(new double[5], 3))
            .getMessage());
    assertEquals(
        "rank scan: values are finite, found [1.0, NaN]",
        assertThrows(
                IllegalArgumentException.class,
                () -> RankScan.pOfSplits(new double[] {1, Double.NaN}, 1))
            .getMessage());
  }
}
