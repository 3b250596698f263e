package io.drivemark.reports.published;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A column of a published table. Immutable.
 *
 * @param key its name in the table's file
 * @param title its heading
 * @param unit what its values are
 */
public record PublishedColumn(String key, String title, Unit unit) {
  /** What values are, and between which bounds they make sense. */
  public enum Unit {
    /** No number: the name of a method, for example. */
    WORD("", "", ""),
    /** A number without unit, 0 or more. */
    NUMBER("", "0", ""),
    /** Metres, 0 or more. */
    METRES("m", "0", ""),
    /** Millions, 0 or more. */
    MILLIONS("M", "0", ""),
    /** 0 to 1. */
    FRACTION("", "0", "1"),
    /** 0 to 100. */
    PERCENT("%", "0", "100"),
    /** A difference of two percentages, −100 to 100. */
    POINTS("points", "-100", "100");

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,9}(\\.[0-9]{1,9})?");
    private final String sign;
    private final String least;
    private final String most;

    Unit(String sign, String least, String most) {
      this.sign = sign;
      this.least = least;
      this.most = most;
    }

    /** Whether its values are numbers. */
    public boolean isNumber() {
      return this != WORD;
    }

    static List<String> names() {
      return Arrays.stream(values()).map(u -> u.name().toLowerCase(Locale.ROOT)).toList();
    }

    static Optional<Unit> of(String name) {
      return Arrays.stream(values())
          .filter(u -> u.name().toLowerCase(Locale.ROOT).equals(name))
          .findFirst();
    }

    /** What a value has to be, in words; empty if this text is one. */
    Optional<String> expected(String text) {
      if (!isNumber()) {
        return text.isBlank() ? Optional.of("a word or 'none'") : Optional.empty();
      }
      boolean fits =
          DECIMAL.matcher(text).matches()
              && new BigDecimal(text).compareTo(new BigDecimal(least)) >= 0
              && (most.isEmpty() || new BigDecimal(text).compareTo(new BigDecimal(most)) <= 0);
      return fits
          ? Optional.empty()
          : Optional.of(
              "a number "
                  + (most.isEmpty() ? "of " + least + " or more" : "from " + least + " to " + most)
                  + ", or 'none'");
    }
  }

  public PublishedColumn {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(unit, "unit");
  }

  /** Its heading with its unit. */
  public String heading() {
    return unit.sign.isEmpty() ? title : title + ", " + unit.sign;
  }
}
