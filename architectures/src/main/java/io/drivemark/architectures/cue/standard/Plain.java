package io.drivemark.architectures.cue.standard;

import java.math.BigDecimal;

/** Numbers as names have them. Stateless. */
final class Plain {
  private Plain() {}

  /** {@code 0.5}, {@code 1}, {@code -1}; never with an exponent. */
  static String text(double value) {
    return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
  }
}
