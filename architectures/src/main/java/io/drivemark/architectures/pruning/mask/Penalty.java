package io.drivemark.architectures.pruning.mask;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What live filters are made to pay for. */
public enum Penalty {
  /** Every live mask costs the same, as published. */
  COUNT,
  /** The same of the sigmoids behind the masks: another value of the loss, the same gradients. */
  SIGMOID,
  /** The parameters that go with a mask. */
  PARAMS,
  /** The multiply-accumulates that go with a mask. */
  MACS,
  /** The time that goes with a mask, by measured tables. */
  LATENCY,
  /** Every site costs the same, however many masks it has. */
  WIDTH,
  /**
   * The control: no masks; the absolute values of all convolutions' weights are pulled to zero, and
   * filters go by them.
   */
  L1_WEIGHTS;

  /** The name in commands and studies. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** All names. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(Penalty::key).toList();
  }

  /** Whether masks learn. */
  public boolean hasMasks() {
    return this != L1_WEIGHTS;
  }

  /**
   * The penalty of this name.
   *
   * @throws BadInputException if there is none; the message lists them
   */
  public static Penalty named(String key) {
    return Arrays.stream(values())
        .filter(p -> p.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "penalty '"
                        + key
                        + "' is not known"
                        + Nearest.hint(key, keys())
                        + "; there are "
                        + String.join(", ", keys())));
  }
}
