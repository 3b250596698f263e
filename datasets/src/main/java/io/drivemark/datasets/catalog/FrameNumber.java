package io.drivemark.datasets.catalog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The number of a frame in its drive: the last digits of its id. Immutable.
 *
 * <p>Example: {@code 0006R0_f00930} is number 930; the one before it is {@code 0006R0_f00929}.
 *
 * @param before what stands before the digits
 * @param digits as the id has them, leading zeros included; at most 18
 * @param after what stands behind them
 */
record FrameNumber(String before, String digits, String after) {
  private static final Pattern LAST_DIGITS = Pattern.compile("(.*?)(\\d{1,18})(\\D*)");

  /** The number of an id; empty if it has no digits. */
  static Optional<FrameNumber> of(String id) {
    Matcher m = LAST_DIGITS.matcher(id);
    return m.matches()
        ? Optional.of(new FrameNumber(m.group(1), m.group(2), m.group(3)))
        : Optional.empty();
  }

  long value() {
    return Long.parseLong(digits);
  }

  /** The id of the frame so many numbers before; empty below 0. */
  Optional<String> earlier(int count) {
    long number = value() - count;
    if (number < 0) {
      return Optional.empty();
    }
    String text = Long.toString(number);
    return Optional.of(
        before + "0".repeat(Math.max(0, digits.length() - text.length())) + text + after);
  }
}
