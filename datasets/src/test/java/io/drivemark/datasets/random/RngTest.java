package io.drivemark.datasets.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class RngTest {
  /** The reference implementation of SplitMix64 (Vigna 2015) starts so for seed 1. */
  @Test
  void numbersAreThoseOfSplitMix64() {
    Rng rng = new Rng(1);
    assertEquals(0x910A2DEC89025CC1L, rng.next());
    assertEquals(0xBEEB8DA1658EEC67L, rng.next());
    assertEquals(0.5665615751722809, new Rng(1).unit());
  }

  @Test
  void gaussianHasMomentsOfTheNormalDistribution() {
    Rng rng = new Rng(3);
    int count = 200_000;
    double[] moments = new double[5];
    int within = 0;
    for (int i = 0; i < count; i++) {
      double x = rng.gaussian();
      within += Math.abs(x) < 1 ? 1 : 0;
      for (int k = 1; k < moments.length; k++) {
        moments[k] += Math.pow(x, k) / count;
      }
    }
    // four standard errors: sqrt(1, 2, 15, 96 / count)
    assertEquals(0, moments[1], 0.009);
    assertEquals(1, moments[2], 0.013);
    assertEquals(0, moments[3], 0.035);
    assertEquals(3, moments[4], 0.088);
    assertEquals(0.682689, within / (double) count, 0.0042);
  }

  @Test
  void streamsOfNamesAndSeedsDiffer() {
    long first = Rng.named(1, "a").next();
    assertEquals(first, Rng.named(1, "a").next());
    assertNotEquals(first, Rng.named(1, "b").next());
    assertNotEquals(first, Rng.named(2, "a").next());
    assertNotEquals(Rng.named(1, "ab").next(), Rng.named(1, "ba").next());
    assertNotEquals(Rng.named(1, "").next(), Rng.named(1, "\0").next());
  }
}
