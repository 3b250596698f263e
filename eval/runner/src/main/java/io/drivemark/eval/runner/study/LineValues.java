package io.drivemark.eval.runner.study;

import io.drivemark.config.ConfigMap;
import io.drivemark.config.Numbers;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** Values of a line's keys, each alone or several as a list. Stateless. */
final class LineValues {
  private LineValues() {}

  /** All values of a key, or the usual one; what cannot be read becomes a problem of the file. */
  static <T> List<T> each(ConfigMap line, String key, T usual, Function<String, T> read) {
    List<T> all = new ArrayList<>();
    for (String text : line.strings(key)) {
      try {
        all.add(read.apply(text));
      } catch (BadInputException e) {
        line.problem(key, e.getMessage());
      }
    }
    return all.isEmpty() ? List.of(usual) : all;
  }

  /**
   * What is made of the numbers of a key; none if it is not there.
   *
   * @param made refuses what is out of range, and what is no number
   * @param expected the range, for people
   */
  static <T> List<T> numbers(ConfigMap line, String key, DoubleFunction<T> made, String expected) {
    List<T> all = new ArrayList<>();
    for (String text : line.strings(key)) {
      try {
        all.add(made.apply(Numbers.real(text).orElse(Double.NaN)));
      } catch (BadInputException e) {
        line.problem(key, "found " + text + Numbers.hint(text) + ", expected " + expected);
      }
    }
    return all;
  }
}
