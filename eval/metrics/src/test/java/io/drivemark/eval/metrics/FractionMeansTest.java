package io.drivemark.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FractionMeansTest {
  @Test
  void theExampleByHand() {
    assertEquals(0.5, FractionMeans.of(List.of(Fraction.of(1, 3), Fraction.of(2, 3))));
    assertEquals(1.0 / 3, FractionMeans.of(List.of(Fraction.of(1, 3), Fraction.of(1, 3))));
    assertEquals(0.0, FractionMeans.of(List.of(Fraction.ZERO)));
    assertEquals(
        0.5,
        FractionMeans.ofMeans(
            List.of(List.of(Fraction.of(2, 3), Fraction.ZERO), List.of(Fraction.of(2, 3)))));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void equalsTheExactMean(long seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 60; n++) {
      List<List<Fraction>> groups = new ArrayList<>();
      for (int g = random.nextInt(6); g >= 0; g--) {
        groups.add(terms(random));
        String what = "seed " + seed + ", case " + n;
        List<Fraction> last = groups.get(groups.size() - 1);
        assertEquals(Fraction.mean(last).toDouble(), FractionMeans.of(last), what);
      }
      assertEquals(
          Fraction.mean(groups.stream().map(Fraction::mean).toList()).toDouble(),
          FractionMeans.ofMeans(groups),
          "seed " + seed + ", case " + n);
    }
  }

  private static List<Fraction> terms(Random random) {
    List<Fraction> out = new ArrayList<>();
    for (int i = random.nextInt(40); i >= 0; i--) {
      int denominator = 1 + random.nextInt(1 << random.nextInt(22));
      out.add(Fraction.of(random.nextInt(denominator + 1), denominator));
    }
    return out;
  }

  /** Halfway between two doubles, and a hair above and below, with terms that no bound meets. */
  @Test
  void ofHalvesTheEvenOneIsTaken() {
    BigInteger scale = BigInteger.ONE.shiftLeft(54).multiply(BigInteger.valueOf(3));
    for (long odd : new long[] {(1L << 53) + 1, (1L << 53) + 3}) {
      BigInteger three = BigInteger.valueOf(3 * odd);
      Fraction above = new Fraction(three.add(BigInteger.ONE), scale);
      Fraction below = new Fraction(three.subtract(BigInteger.ONE), scale);
      double down = (odd - 1) * 0x1p-54;
      double up = (odd + 1) * 0x1p-54;
      double even = odd % 4 == 1 ? down : up;
      assertEquals(even, FractionMeans.of(List.of(above, below)));
      assertEquals(up, FractionMeans.of(List.of(above)));
      assertEquals(down, FractionMeans.of(List.of(below)));
    }
  }
}
