package io.drivemark.architectures.zoo.option;

import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import java.util.List;

/** The option of networks that are trained with more heads than they are run with. Stateless. */
public final class Heads {
  /** Whether auxiliary heads are built. */
  public static final Option OPTION =
      Option.word(
          "heads",
          List.of("main", "auxiliary"),
          "with auxiliary heads as further outputs, which training adds to its loss");

  private Heads() {}

  /** Whether the option asks for auxiliary heads. */
  public static boolean auxiliary(Options chosen) {
    return chosen.word(OPTION.name()).equals("auxiliary");
  }
}
