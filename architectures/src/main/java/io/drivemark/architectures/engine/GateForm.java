package io.drivemark.architectures.engine;

import io.drivemark.problem.BadInputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a network whose gates switch units for each frame is run. All forms answer alike. */
public enum GateForm {
  /** The fastest that the engine has for this network: blocked, else gathered, else masked. */
  AUTO,
  /** Everything is computed, and what is not live is multiplied by 0. Every engine has it. */
  MASKED,
  /** Standard operators gather the filters that are live; residual units stand behind a branch. */
  GATHERED,
  /** As gathered, of whole blocks of channels in the runtime's own layout. */
  BLOCKED;

  /** As studies and records write it: {@code auto}, {@code masked}, … */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The form of this word.
   *
   * @throws BadInputException if there is none; the message lists them
   */
  public static GateForm parse(String word) {
    for (GateForm form : values()) {
      if (form.word().equals(word)) {
        return form;
      }
    }
    throw new BadInputException(
        "form is "
            + word
            + ", expected "
            + Arrays.stream(values()).map(GateForm::word).collect(Collectors.joining(", ")));
  }
}
