package io.drivemark.cli;

import io.drivemark.config.Numbers;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Numbers of options mean what they mean in files: {@code --threads 010} is refused, not 8. */
final class StrictNumbers {
  private StrictNumbers() {}

  static void register(CommandLine line) {
    for (Class<Integer> type : java.util.List.of(int.class, Integer.class)) {
      line.registerConverter(
          type,
          text ->
              value(Numbers.integer(text).stream().boxed().findFirst(), text, "a whole number"));
    }
    for (Class<Long> type : java.util.List.of(long.class, Long.class)) {
      line.registerConverter(
          type,
          text -> value(Numbers.whole(text).stream().boxed().findFirst(), text, "a whole number"));
    }
    for (Class<Double> type : java.util.List.of(double.class, Double.class)) {
      line.registerConverter(
          type, text -> value(Numbers.real(text).stream().boxed().findFirst(), text, "a number"));
    }
  }

  private static <T> T value(Optional<T> value, String text, String expected) {
    return value.orElseThrow(
        () ->
            new TypeConversionException(
                "found '" + text + "'" + Numbers.hint(text) + ", expected " + expected));
  }
}
