package io.drivemark.cli;

import io.drivemark.config.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Numbers of options mean what they mean in files: {@code --threads 010} is refused, not 8. A
 * class, for a lambda would keep this interface and all of picocli's converters out of the archive
 * of a start's classes. Stateless.
 */
final class StrictNumbers<T> implements ITypeConverter<T> {
  private final Function<String, Optional<T>> reading;
  private final String expected;

  private StrictNumbers(Function<String, Optional<T>> reading, String expected) {
    this.reading = reading;
    this.expected = expected;
  }

  static void register(CommandLine line) {
    for (Class<Integer> type : List.of(int.class, Integer.class)) {
      line.registerConverter(
          type,
          new StrictNumbers<>(
              text -> Numbers.integer(text).stream().boxed().findFirst(), "a whole number"));
    }
    for (Class<Long> type : List.of(long.class, Long.class)) {
      line.registerConverter(
          type,
          new StrictNumbers<>(
              text -> Numbers.whole(text).stream().boxed().findFirst(), "a whole number"));
    }
    for (Class<Double> type : List.of(double.class, Double.class)) {
      line.registerConverter(
          type,
          new StrictNumbers<>(text -> Numbers.real(text).stream().boxed().findFirst(), "a number"));
    }
  }

  @Override
  public T convert(String text) {
    return reading
        .apply(text)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "found '" + text + "'" + Numbers.hint(text) + ", expected " + expected));
  }
}
