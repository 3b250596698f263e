package io.drivemark.spark;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@link SparkRun} is asked to do. Immutable.
 *
 * @param study the study file
 * @param out the output folder, which the driver alone must see
 * @param ranges into how many ranges the frames of a cell are cut, as far as it has as many
 */
record SparkArguments(Path study, Path out, int ranges) {
  /** Ranges of a cell where nothing is said. */
  static final int RANGES = 20;

  static final String USAGE =
      """
      Measures the accuracy of a study on an Apache Spark cluster.

      Usage: spark-submit [Spark's options] --class io.drivemark.spark.SparkRun \\
                 drivemark-spark-VERSION.jar STUDY.yaml --out DIR [--ranges N]

        STUDY.yaml    what to measure; data and files of networks lie at the same place on all
                      machines
        --out DIR     where cells and results go; the driver alone must see it
        --ranges N    into how many ranges the frames of each cell are cut (%d)

      Speed is one machine's and is not measured: 'drivemark run STUDY.yaml --out DIR' measures it
      afterwards, where it shall be of.

      Exit codes: 0 fine; 1 executors disagree, a range failed, a frame was left out or a
      requirement is not met; 2 bad input; 3 environment."""
          .formatted(RANGES);

  private static final List<String> OPTIONS = List.of("--out", "--ranges", "--help");

  SparkArguments {
    Objects.requireNonNull(study, "study");
    Objects.requireNonNull(out, "out");
  }

  /**
   * Reads a command line.
   *
   * @return empty if help is asked for
   * @throws BadInputException if it cannot be understood
   */
  static Optional<SparkArguments> parse(String... arguments) {
    String study = null;
    String out = null;
    int ranges = RANGES;
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      switch (argument) {
        case "--help", "-h" -> {
          return Optional.empty();
        }
        case "--out" -> out = value(arguments, ++i);
        case "--ranges" -> ranges = number(value(arguments, ++i));
        default -> {
          if (argument.startsWith("-")) {
            throw new BadInputException(
                "unknown option '" + argument + "'" + Nearest.hint(argument, OPTIONS));
          }
          if (study != null) {
            throw new BadInputException(
                "there are two studies, " + study + " and " + argument + "; expected one");
          }
          study = argument;
        }
      }
    }
    if (study == null || out == null) {
      throw new BadInputException(
          (study == null ? "no study is named" : "no --out is given")
              + "; expected STUDY.yaml --out DIR [--ranges N]");
    }
    return Optional.of(new SparkArguments(Path.of(study), Path.of(out), ranges));
  }

  private static String value(String[] arguments, int at) {
    if (at == arguments.length || arguments[at].startsWith("--")) {
      throw new BadInputException(arguments[at - 1] + " has no value");
    }
    return arguments[at];
  }

  private static int number(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw notANumber(text, e);
    }
    throw notANumber(text, null);
  }

  private static BadInputException notANumber(String text, Exception cause) {
    return new BadInputException(
        "--ranges is '" + text + "', expected a whole number from 1", cause);
  }
}
