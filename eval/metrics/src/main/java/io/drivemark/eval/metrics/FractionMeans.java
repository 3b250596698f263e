package io.drivemark.eval.metrics;

import java.math.BigInteger;
import java.util.List;

/**
 * Means of hundreds of fractions as the doubles nearest to their exact values. The exact sum has as
 * many digits as all denominators together; bounds of {@value #BITS} binary places tell which
 * double is nearest unless the mean lies halfway between two, and only then it is found exactly.
 * Stateless.
 *
 * <p>Example: of 1/3 and 2/3 the mean lies between 0.4999… and 0.5000…1, so the exact sum is asked
 * and says 0.5; of 1/3 and 1/3 the bounds agree on 0.3333333333333333.
 */
final class FractionMeans {
  private static final int BITS = 256;
  private static final BigInteger UNIT = BigInteger.ONE.shiftLeft(BITS);

  private FractionMeans() {}

  /** The mean of at least one term. */
  static double of(List<Fraction> terms) {
    Bounds bounds = Bounds.mean(terms.stream().map(Bounds::of).toList());
    return bounds.isDecided() ? bounds.low() : Fraction.mean(terms).toDouble();
  }

  /** The mean of the means of at least one group of at least one term. */
  static double ofMeans(List<List<Fraction>> groups) {
    Bounds bounds =
        Bounds.mean(
            groups.stream()
                .map(terms -> Bounds.mean(terms.stream().map(Bounds::of).toList()))
                .toList());
    return bounds.isDecided()
        ? bounds.low()
        : Fraction.mean(groups.stream().map(Fraction::mean).toList()).toDouble();
  }

  /**
   * Two numbers between which a value lies.
   *
   * @param least at most the value times 2^{@value #BITS}
   * @param most at least the value times 2^{@value #BITS}
   */
  private record Bounds(BigInteger least, BigInteger most) {
    static Bounds of(Fraction f) {
      BigInteger scaled = f.numerator().shiftLeft(BITS);
      return new Bounds(scaled.divide(f.denominator()), up(scaled, f.denominator()));
    }

    private static BigInteger up(BigInteger number, BigInteger divisor) {
      return number.add(divisor).subtract(BigInteger.ONE).divide(divisor);
    }

    static Bounds mean(List<Bounds> terms) {
      BigInteger least = BigInteger.ZERO;
      BigInteger most = BigInteger.ZERO;
      for (Bounds term : terms) {
        least = least.add(term.least);
        most = most.add(term.most);
      }
      BigInteger count = BigInteger.valueOf(terms.size());
      return new Bounds(least.divide(count), up(most, count));
    }

    double low() {
      return new Fraction(least, UNIT).toDouble();
    }

    boolean isDecided() {
      return low() == new Fraction(most, UNIT).toDouble();
    }
  }
}
