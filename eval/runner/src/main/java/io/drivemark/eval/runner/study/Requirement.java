package io.drivemark.eval.runner.study;

import io.drivemark.config.Numbers;
import io.drivemark.eval.runner.record.Entry;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bound every entry of a study must keep, for example {@code miou >=0.5}. A value that is
 * undefined or was not measured does not keep it. Immutable.
 *
 * @param metric what is bounded
 * @param comparison which side is good
 * @param bound the limit, itself good for {@code >=} and {@code <=}
 */
public record Requirement(Quantity metric, Comparison comparison, double bound) {
  private static final Pattern TEXT = Pattern.compile("(>=|<=|>|<)\\s*([-+0-9.eE]+)");

  /** Which side of the bound is good. */
  public enum Comparison {
    AT_LEAST(">="),
    AT_MOST("<="),
    ABOVE(">"),
    BELOW("<");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    /** As study files write it. */
    public String sign() {
      return sign;
    }

    private boolean holds(double value, double bound) {
      return switch (this) {
        case AT_LEAST -> value >= bound;
        case AT_MOST -> value <= bound;
        case ABOVE -> value > bound;
        case BELOW -> value < bound;
      };
    }
  }

  public Requirement {
    if (!Double.isFinite(bound)) {
      throw new IllegalArgumentException("bound of " + metric.word() + ": " + bound);
    }
  }

  /** Reads a bound such as {@code >=0.5}; empty if the text is none. */
  static Optional<Requirement> parse(Quantity metric, String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    OptionalDouble bound = Numbers.real(matcher.group(2));
    return Arrays.stream(Comparison.values())
        .filter(c -> bound.isPresent() && c.sign.equals(matcher.group(1)))
        .findFirst()
        .map(c -> new Requirement(metric, c, bound.getAsDouble()));
  }

  /** The bound as study files write it. */
  public String text() {
    return comparison.sign() + bound;
  }

  /** A value that misses the bound, in as few digits from 6 on as show that it misses it. */
  private String written(double value) {
    for (int digits = 6; digits < 17; digits++) {
      String text = String.format(Locale.ROOT, "%." + digits + "g", value);
      if (!comparison.holds(Double.parseDouble(text), bound)) {
        return text;
      }
    }
    return Double.toString(value);
  }

  /** Says how an entry breaks this requirement; empty if it keeps it. */
  public Optional<String> finding(Entry entry) {
    OptionalDouble value = metric.of(entry);
    if (value.isPresent() && comparison.holds(value.getAsDouble(), bound)) {
      return Optional.empty();
    }
    String found = value.isPresent() ? written(value.getAsDouble()) : "undefined or not measured";
    return Optional.of(
        entry.model().name()
            + " on "
            + entry.dataset().name()
            + "/"
            + entry.dataset().split()
            + " with "
            + entry.engine().name()
            + " at "
            + entry.input()
            + ": "
            + metric.word()
            + " is "
            + found
            + ", required "
            + text());
  }
}
