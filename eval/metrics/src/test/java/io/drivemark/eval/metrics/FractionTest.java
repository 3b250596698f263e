package io.drivemark.eval.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FractionTest {
  @Test
  void roundsToTheNearestDouble() {
    for (long seed = 1; seed <= 2000; seed++) {
      Random random = new Random(seed);
      BigInteger n = new BigInteger(1 + random.nextInt(400), random);
      BigInteger d = new BigInteger(1 + random.nextInt(400), random).add(BigInteger.ONE);
      double expected =
          new BigDecimal(n).divide(new BigDecimal(d), new MathContext(200)).doubleValue();
      assertEquals(expected, new Fraction(n, d).toDouble(), "seed " + seed + ": " + n + "/" + d);
    }
  }

  @Test
  void quotientsOfExactDoublesEqualTheirDivision() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      long n = random.nextLong() >>> 12;
      long d = (random.nextLong() >>> 12) + 1;
      assertEquals((double) n / d, Fraction.of(n, d).toDouble(), n + "/" + d);
    }
  }

  @Test
  void tiesGoToEven() {
    assertEquals(0x1p53, Fraction.of((1L << 53) + 1, 1).toDouble());
    assertEquals(0x1p53 + 4, Fraction.of((1L << 53) + 3, 1).toDouble());
  }

  @Test
  void sumDoesNotDependOnTheOrder() {
    Random random = new Random(3);
    List<Fraction> terms = new ArrayList<>();
    for (int i = 0; i < 101; i++) {
      terms.add(Fraction.of(random.nextInt(1000), 1 + random.nextInt(100_000)));
    }
    double expected = Fraction.sum(terms).toDouble();
    for (int i = 0; i < 20; i++) {
      java.util.Collections.shuffle(terms, random);
      assertEquals(expected, Fraction.sum(terms).toDouble());
    }
    assertEquals(1.0, Fraction.sum(List.of(third(), third(), third())).toDouble());
    assertEquals(0.0, Fraction.sum(List.of()).toDouble());
  }

  private static Fraction third() {
    return Fraction.of(1, 3);
  }

  @Test
  void comparesByValueAndRefusesWhatIsNoFraction() {
    assertEquals(0, Fraction.of(1, 3).compareTo(Fraction.of(2, 6)));
    assertEquals(-1, Fraction.of(1, 3).compareTo(Fraction.of(1, 2)));
    assertEquals(1, Fraction.of(1, 2).compareTo(Fraction.of(1, 3)));
    long large = Integer.MAX_VALUE;
    assertEquals(1, Fraction.of(large, large).compareTo(Fraction.of(large - 1, large)));
    assertEquals(1, Fraction.of(large + 1, large).compareTo(Fraction.of(large, large)));
    assertEquals(-1, Fraction.of(large, large).compareTo(Fraction.of(large + 2, large + 1)));
    for (long[] none : new long[][] {{1, 0}, {1, -1}, {-1, 1}}) {
      assertEquals(
          "fraction: " + none[0] + "/" + none[1],
          assertThrows(IllegalArgumentException.class, () -> Fraction.of(none[0], none[1]))
              .getMessage());
    }
  }
}
