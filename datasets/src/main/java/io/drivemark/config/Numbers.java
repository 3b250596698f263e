package io.drivemark.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Numbers as people write them in files and options: decimal digits, a sign, a point, an exponent,
 * and nothing else. Octal, hexadecimal and sexagesimal numbers, underscores, {@code 1d}, NaN and
 * infinities are none, because readers disagree on them: {@code 010} is 8 to one and 10 to the
 * next. Stateless.
 */
public final class Numbers {
  private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]{0,18})");
  private static final Pattern REAL =
      Pattern.compile("[-+]?((0|[1-9][0-9]*)(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");
  private static final Pattern ZERO = Pattern.compile("[-+]?[0.]*([eE].*)?");
  private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0+[0-9]+");
  private static final Pattern LEADING_ZERO_REAL = Pattern.compile("[-+]?0+[0-9]+([.eE].*)?");
  private static final Pattern BASE = Pattern.compile("[-+]?0[xXoObB].*");
  private static final Pattern GROUPED = Pattern.compile("[-+]?[0-9]+([_'][0-9]+)+");
  private static final Pattern COMMA = Pattern.compile("[-+]?[0-9]+,[0-9]+");
  private static final Pattern NOT_FINITE =
      Pattern.compile("[-+]?\\.?(nan|inf|infinity)", Pattern.CASE_INSENSITIVE);
  private static final Pattern SUFFIX = Pattern.compile("[-+.0-9eE]*[0-9.][dDfFlL]");
  private static final int MOST_DIGITS = 400;

  private Numbers() {}

  /** A whole number of 32 bits; empty if the text is none. */
  public static OptionalInt integer(String text) {
    OptionalLong value = whole(text);
    return value.isPresent() && value.getAsLong() == (int) value.getAsLong()
        ? OptionalInt.of((int) value.getAsLong())
        : OptionalInt.empty();
  }

  /** A whole number of 64 bits; empty if the text is none. */
  public static OptionalLong whole(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    BigInteger value = new BigInteger(text.startsWith("+") ? text.substring(1) : text);
    return value.bitLength() < Long.SIZE
        ? OptionalLong.of(value.longValue())
        : OptionalLong.empty();
  }

  /**
   * A finite number; empty if the text is none, or so large or small that a double has only
   * infinity or zero for it.
   */
  public static OptionalDouble real(String text) {
    if (text.length() > MOST_DIGITS || !REAL.matcher(text).matches()) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    boolean vanished = value == 0 && !ZERO.matcher(text).matches();
    return Double.isFinite(value) && !vanished ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /**
   * A number as {@link #real} reads it, without needless zeros and never with an exponent: {@code
   * 30}, {@code 12.5}, {@code -1}. NaN and infinities are as {@link Double#toString} has them.
   */
  public static String text(double value) {
    return Double.isFinite(value)
        ? BigDecimal.valueOf(value).stripTrailingZeros().toPlainString()
        : Double.toString(value);
  }

  /**
   * What to write instead of a text that is no number here but one elsewhere, in brackets and with
   * a space before; empty where there is nothing to say.
   */
  public static String hint(String text) {
    String word = text.length() > MOST_DIGITS ? "" : text;
    if (LEADING_ZERO_REAL.matcher(word).matches()) {
      String plain = word.replaceFirst("^([-+]?)0+(?=[0-9])", "$1");
      return LEADING_ZERO.matcher(word).matches()
          ? " (write " + plain + ": a leading zero means octal to other readers)"
          : " (write " + plain + ")";
    }
    if (BASE.matcher(word).matches()) {
      return " (write it with decimal digits)";
    }
    if (GROUPED.matcher(word).matches()) {
      return " (write " + word.replaceAll("[_']", "") + ")";
    }
    if (COMMA.matcher(word).matches()) {
      return " (write " + word.replace(',', '.') + ")";
    }
    if (NOT_FINITE.matcher(word).matches()) {
      return " (it has to be finite)";
    }
    if (SUFFIX.matcher(word).matches()) {
      return " (write " + word.substring(0, word.length() - 1) + ")";
    }
    return "";
  }
}
