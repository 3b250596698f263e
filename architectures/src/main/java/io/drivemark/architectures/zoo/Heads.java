package io.drivemark.architectures.zoo;

import java.util.List;

/** The option of networks that are trained with more heads than they are run with. */
final class Heads {
  /** Whether auxiliary heads are built. */
  static final Option OPTION =
      Option.word(
          "heads",
          List.of("main", "auxiliary"),
          "with auxiliary heads as further outputs, which training adds to its loss");

  private Heads() {}

  /** Whether the option asks for auxiliary heads. */
  static boolean auxiliary(Options chosen) {
    return chosen.word(OPTION.name()).equals("auxiliary");
  }
}
