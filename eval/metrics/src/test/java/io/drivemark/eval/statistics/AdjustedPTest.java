package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AdjustedPTest {
  private static final double ROUNDING = 1e-12;

  /** Holm: the largest of (m − rank) p over the values up to this one, at most 1. */
  private static double holm(double[] p, int of) {
    double most = 0;
    for (double other : p) {
      if (other <= p[of]) {
        long before = Arrays.stream(p).filter(x -> x < other).count();
        most = Math.max(most, Math.min(1, (p.length - before) * other));
      }
    }
    return most;
  }

  /** Benjamini and Hochberg: the smallest of m p / rank over the values from this one up. */
  private static double benjaminiHochberg(double[] p, int of) {
    double least = 1;
    for (double other : p) {
      if (other >= p[of]) {
        long upTo = Arrays.stream(p).filter(x -> x <= other).count();
        least = Math.min(least, p.length * other / upTo);
      }
    }
    return least;
  }

  private static double[] values(Random random) {
    double[] p = new double[1 + random.nextInt(12)];
    for (int i = 0; i < p.length; i++) {
      double value = Math.pow(random.nextDouble(), 3);
      p[i] = random.nextBoolean() ? value : Math.round(value * 10) / 10.0; // ties, 0 and 1 too
    }
    return p;
  }

  @Test
  void bothEqualTheirDefinitions() {
    for (int seed = 0; seed < 500; seed++) {
      double[] p = values(new Random(seed));
      double[] holm = AdjustedP.holm(p);
      double[] discoveries = AdjustedP.benjaminiHochberg(p);
      for (int i = 0; i < p.length; i++) {
        assertEquals(holm(p, i), holm[i], ROUNDING, "seed " + seed + ", value " + i);
        assertEquals(
            benjaminiHochberg(p, i), discoveries[i], ROUNDING, "seed " + seed + ", value " + i);
      }
    }
  }

  @Test
  void adjustedValuesLieBetweenTheRawOnesAndBonferronis() {
    for (int seed = 0; seed < 500; seed++) {
      double[] p = values(new Random(seed));
      double[] holm = AdjustedP.holm(p);
      double[] discoveries = AdjustedP.benjaminiHochberg(p);
      for (int i = 0; i < p.length; i++) {
        String where = "seed " + seed + ", value " + i;
        assertTrue(discoveries[i] >= p[i] - ROUNDING, where);
        assertTrue(holm[i] >= discoveries[i] - ROUNDING, where);
        assertTrue(holm[i] <= Math.min(1, p.length * p[i]) + ROUNDING, where);
      }
    }
  }

  @Test
  void theOrderOfTheTestsDoesNotMatter() {
    for (UnaryOperator<double[]> adjust :
        List.<UnaryOperator<double[]>>of(AdjustedP::holm, AdjustedP::benjaminiHochberg)) {
      double[] p = {0.2, 0.001, 0.03, 0.03, 0.9};
      double[] turned = {0.9, 0.03, 0.03, 0.001, 0.2};
      double[] back = new double[5];
      double[] adjusted = adjust.apply(turned);
      for (int i = 0; i < 5; i++) {
        back[i] = adjusted[4 - i];
      }
      assertArrayEquals(adjust.apply(p), back);
      assertArrayEquals(new double[] {0.2, 0.001, 0.03, 0.03, 0.9}, p, "not changed");
    }
  }

  @Test
  void zeroAndOneAreValuesAndNothingBeyondThem() {
    assertArrayEquals(new double[] {0, 1}, AdjustedP.holm(new double[] {0, 1}));
    assertArrayEquals(new double[] {0, 1}, AdjustedP.benjaminiHochberg(new double[] {0, 1}));
    for (double bad : new double[] {Math.nextDown(0.0), Math.nextUp(1.0), Double.NaN}) {
      assertEquals(
          "p-value: " + bad + " is not in 0..1",
          assertThrows(
                  IllegalArgumentException.class,
                  () -> AdjustedP.benjaminiHochberg(new double[] {0.5, bad}))
              .getMessage());
    }
  }
}
