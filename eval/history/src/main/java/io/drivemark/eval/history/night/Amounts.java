package io.drivemark.eval.history.night;

import io.drivemark.config.ConfigMap;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers with units: {@code 10 min}, {@code 2 %}, {@code 0.2 ms}. Stateless. */
final class Amounts {
  private static final Pattern NUMBER =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?) ?([a-z%]*)");
  private static final double HUNDRED = 100;
  private static final long MILLIS = 1000;

  private Amounts() {}

  /** A duration in s, min or h. */
  static Optional<Duration> duration(ConfigMap map, String key) {
    Optional<String> text = map.optionalString(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = NUMBER.matcher(text.get());
    if (matcher.matches()) {
      double number = Double.parseDouble(matcher.group(1));
      double seconds =
          switch (matcher.group(2)) {
            case "s" -> number;
            case "min" -> 60 * number;
            case "h" -> 3600 * number;
            default -> Double.NaN;
          };
      if (!Double.isNaN(seconds)) {
        return Optional.of(Duration.ofMillis(Math.round(seconds * MILLIS)));
      }
    }
    map.problem(key, "found " + text.get() + ", expected a duration such as 90 s, 10 min or 6h");
    return Optional.empty();
  }

  /** A share in 0..1, as a percentage or a fraction. */
  static Optional<Double> share(ConfigMap map, String key) {
    Optional<String> text = map.optionalString(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = NUMBER.matcher(text.get());
    if (matcher.matches()) {
      double number = Double.parseDouble(matcher.group(1));
      String unit = matcher.group(2);
      double share = unit.equals("%") ? number / HUNDRED : unit.isEmpty() ? number : Double.NaN;
      if (share <= 1) {
        return Optional.of(share);
      }
    }
    map.problem(key, "found " + text.get() + ", expected a share such as 2 % or 0.02, at most 1");
    return Optional.empty();
  }

  /** A number of a unit, which may be left out. */
  static Optional<Double> number(ConfigMap map, String key, String unit) {
    Optional<String> text = map.optionalString(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = NUMBER.matcher(text.get());
    if (matcher.matches() && (matcher.group(2).isEmpty() || matcher.group(2).equals(unit))) {
      return Optional.of(Double.parseDouble(matcher.group(1)));
    }
    map.problem(
        key,
        "found "
            + text.get()
            + ", expected a number"
            + (unit.isEmpty() ? "" : " of " + unit)
            + " that is not negative");
    return Optional.empty();
  }
}
