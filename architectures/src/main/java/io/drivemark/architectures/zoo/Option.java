package io.drivemark.architectures.zoo;

import io.drivemark.config.Numbers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Something to choose about an architecture. Immutable.
 *
 * @param name its key in model files and on the command line
 * @param standard the value it has where none is given
 * @param meaning for people
 * @param domain which values are possible
 */
public record Option(String name, String standard, String meaning, Domain domain) {
  /** Which values are possible. */
  public sealed interface Domain {
    /** In words, after "expected". */
    String words();
  }

  /** Whole numbers from {@code least} to {@code most}, both included. */
  public record Whole(int least, int most) implements Domain {
    @Override
    public String words() {
      return "a whole number from " + least + " to " + most;
    }
  }

  /** Numbers from {@code least} to {@code most}, both included. */
  public record Real(double least, double most) implements Domain {
    @Override
    public String words() {
      return String.format(Locale.ROOT, "a number from %s to %s", least, most);
    }
  }

  /** One of some numbers. */
  public record Reals(List<Double> numbers) implements Domain {
    public Reals {
      numbers = List.copyOf(numbers);
    }

    @Override
    public String words() {
      return "one of " + String.join(", ", numbers.stream().map(n -> "" + n).toList());
    }
  }

  /** One of some words. */
  public record Words(List<String> choices) implements Domain {
    public Words {
      choices = List.copyOf(choices);
    }

    @Override
    public String words() {
      return "one of " + String.join(", ", choices);
    }
  }

  /** A whole number. */
  public static Option whole(String name, int standard, int least, int most, String meaning) {
    return new Option(name, "" + standard, meaning, new Whole(least, most));
  }

  /** A number. */
  public static Option real(
      String name, double standard, double least, double most, String meaning) {
    return new Option(name, "" + standard, meaning, new Real(least, most));
  }

  /** A word; the first is the default. */
  public static Option word(String name, List<String> words, String meaning) {
    return new Option(name, words.get(0), meaning, new Words(words));
  }

  /**
   * The value in its normal form ({@code 2} for {@code 2.0} where a whole number is meant), or
   * nothing if it is not possible.
   */
  public Optional<String> normal(String value) {
    if (domain instanceof Words words) {
      return words.choices().contains(value) ? Optional.of(value) : Optional.empty();
    }
    OptionalDouble given = Numbers.real(value);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    double number = given.getAsDouble();
    if (domain instanceof Whole whole) {
      boolean fits = number == Math.rint(number) && number >= whole.least && number <= whole.most;
      return fits ? Optional.of("" + (int) number) : Optional.empty();
    }
    if (domain instanceof Reals reals) {
      return reals.numbers().contains(number) ? Optional.of("" + number) : Optional.empty();
    }
    Real real = (Real) domain;
    return number >= real.least && number <= real.most
        ? Optional.of("" + number)
        : Optional.empty();
  }
}
