package io.drivemark.eval.metrics;

import java.math.BigInteger;
import java.util.List;

/**
 * An exact non-negative quotient of integers; the one place where counts are divided. Immutable.
 *
 * @param numerator at least 0
 * @param denominator at least 1; not reduced
 */
record Fraction(BigInteger numerator, BigInteger denominator) implements Comparable<Fraction> {
  static final Fraction ZERO = of(0, 1);
  static final Fraction ONE = of(1, 1);

  Fraction {
    if (numerator.signum() < 0 || denominator.signum() <= 0) {
      throw new IllegalArgumentException("fraction: " + numerator + "/" + denominator);
    }
  }

  static Fraction of(long numerator, long denominator) {
    return new Fraction(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /** The exact sum; halves the list so that long lists stay cheap. */
  static Fraction sum(List<Fraction> terms) {
    if (terms.isEmpty()) {
      return ZERO;
    }
    if (terms.size() == 1) {
      return terms.get(0);
    }
    int half = terms.size() / 2;
    return sum(terms.subList(0, half)).plus(sum(terms.subList(half, terms.size())));
  }

  /** The exact mean of at least one term. */
  static Fraction mean(List<Fraction> terms) {
    return sum(terms).over(terms.size());
  }

  Fraction plus(Fraction other) {
    if (denominator.equals(other.denominator)) {
      return new Fraction(numerator.add(other.numerator), denominator);
    }
    return new Fraction(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  Fraction times(long factor) {
    return new Fraction(numerator.multiply(BigInteger.valueOf(factor)), denominator);
  }

  Fraction over(long divisor) {
    return new Fraction(numerator, denominator.multiply(BigInteger.valueOf(divisor)));
  }

  /** By value; equal values may have different numerators. */
  @Override
  public int compareTo(Fraction other) {
    if (isSmall() && other.isSmall()) {
      return Long.compare(
          numerator.longValue() * other.denominator.longValue(),
          other.numerator.longValue() * denominator.longValue());
    }
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  /** Whether the product with another such number is a long. */
  private boolean isSmall() {
    return numerator.bitLength() < Integer.SIZE && denominator.bitLength() < Integer.SIZE;
  }

  /** The double nearest to the exact value, ties to even. */
  double toDouble() {
    if (numerator.signum() == 0) {
      return 0.0;
    }
    // 64 or 65 bits of quotient and a sticky bit: the rounding to 53 bits then sees enough.
    int shift = 64 - (numerator.bitLength() - denominator.bitLength());
    BigInteger n = shift >= 0 ? numerator.shiftLeft(shift) : numerator;
    BigInteger d = shift >= 0 ? denominator : denominator.shiftLeft(-shift);
    BigInteger[] parts = n.divideAndRemainder(d);
    BigInteger quotient = parts[0].shiftLeft(1);
    if (parts[1].signum() != 0) {
      quotient = quotient.or(BigInteger.ONE);
    }
    return Math.scalb(quotient.doubleValue(), -shift - 1);
  }

  MetricValue value() {
    return MetricValue.of(toDouble());
  }
}
