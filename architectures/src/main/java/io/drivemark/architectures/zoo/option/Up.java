package io.drivemark.architectures.zoo.option;

import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import java.util.List;

/** The option of decoders with steps of two. Stateless. */
public final class Up {
  private static final String BILINEAR = "bilinear";

  /** How steps of two are made. */
  public static final Option OPTION =
      Option.word(
          "up",
          List.of("transposed", BILINEAR),
          "steps of two: learned transposed convolution, or bilinear and a 3x3 convolution");

  private Up() {}

  /** Whether steps are bilinear and a convolution. */
  public static boolean bilinear(Options chosen) {
    return chosen.word(OPTION.name()).equals(BILINEAR);
  }
}
