package io.drivemark.eval.runner.study;

import io.drivemark.config.ConfigMap;
import io.drivemark.config.Numbers;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** Values of a line's keys, each alone or several as a list. Stateless. */
final class LineValues {
  private static final int MOST_SHOWN = 200;

  /** The most variants that a study makes: lists of a short line can ask for millions. */
  static final int MOST_VARIANTS = 2000;

  private LineValues() {}

  /** The values of a key, each once; one that stands twice is a problem of the file. */
  static List<String> strings(ConfigMap line, String key) {
    Set<String> once = new LinkedHashSet<>();
    for (String text : line.strings(key)) {
      if (!once.add(text)) {
        line.problem(key, shown(text) + " stands twice in the list");
      }
    }
    return List.copyOf(once);
  }

  private static String shown(String text) {
    return text.length() > MOST_SHOWN ? text.substring(0, MOST_SHOWN) + "…" : text;
  }

  /**
   * Whether all combinations of these lists can be made; if not, that is a problem of the line.
   *
   * @param taken variants that earlier lines ask for
   */
  static boolean fit(ConfigMap line, int taken, Collection<?>... lists) {
    long combinations = 1;
    for (Collection<?> list : lists) {
      combinations = Math.min(MOST_VARIANTS + 1L, combinations * list.size());
    }
    boolean fit = taken + combinations <= MOST_VARIANTS;
    if (!fit) {
      line.problem(
          "technique",
          "its lists ask for more than the "
              + MOST_VARIANTS
              + " variants that a study makes"
              + (taken == 0 ? "" : ", of which earlier lines take " + taken)
              + "; make fewer, or several studies");
    }
    return fit;
  }

  /** All values of a key, or the usual one; what cannot be read becomes a problem of the file. */
  static <T> List<T> each(ConfigMap line, String key, T usual, Function<String, T> read) {
    List<T> all = new ArrayList<>();
    for (String text : strings(line, key)) {
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
    for (String text : strings(line, key)) {
      try {
        all.add(made.apply(Numbers.real(text).orElse(Double.NaN)));
      } catch (BadInputException e) {
        line.problem(key, "found " + text + Numbers.hint(text) + ", expected " + expected);
      }
    }
    return all;
  }
}
