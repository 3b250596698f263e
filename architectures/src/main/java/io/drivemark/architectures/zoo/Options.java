package io.drivemark.architectures.zoo;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values for all options of an architecture: those given, and defaults for the rest. Immutable.
 *
 * <pre>{@code
 * Options.resolve(espnet, Map.of("q", "8")).whole("p")  // 2, the default
 * }</pre>
 */
public final class Options {
  private final String architecture;
  private final Map<String, String> values;

  private Options(String architecture, Map<String, String> values) {
    this.architecture = architecture;
    this.values = Collections.unmodifiableMap(values);
  }

  /**
   * Checks given values and adds defaults.
   *
   * @throws BadInputException if an option is unknown or a value impossible; one line a problem
   */
  public static Options resolve(Architecture architecture, Map<String, String> given) {
    List<String> names = architecture.options().stream().map(Option::name).toList();
    List<String> problems = new ArrayList<>();
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        problems.add(
            "unknown option '"
                + name
                + "'"
                + Nearest.hint(name, names)
                + "; "
                + (names.isEmpty() ? "it has none" : "it has " + String.join(", ", names)));
      }
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (Option option : architecture.options()) {
      String value = given.getOrDefault(option.name(), option.standard());
      option
          .normal(value)
          .ifPresentOrElse(
              normal -> values.put(option.name(), normal),
              () ->
                  problems.add(
                      "option '"
                          + option.name()
                          + "': found "
                          + value
                          + ", expected "
                          + option.domain().words()));
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(
          "architecture '" + architecture.name() + "': " + String.join("\n  ", problems));
    }
    return new Options(architecture.name(), values);
  }

  /** All values in their normal form, in the architecture's order. */
  public Map<String, String> values() {
    return values;
  }

  /** The value of a whole-number option. */
  public int whole(String name) {
    return Integer.parseInt(word(name));
  }

  /** The value of a number option. */
  public double real(String name) {
    return Double.parseDouble(word(name));
  }

  /** The value of any option, as text. */
  public String word(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(architecture + " has no option " + name);
    }
    return value;
  }
}
