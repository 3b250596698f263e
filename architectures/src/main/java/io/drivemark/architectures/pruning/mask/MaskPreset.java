package io.drivemark.architectures.pruning.mask;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which layers of a network have masks. */
public enum MaskPreset {
  /**
   * As published for an encoder and decoder: the encoder's convolutions, and those that read what
   * was just enlarged or enlarge themselves. Convolutions of the decoder that fuse maps stay whole,
   * and so does what is added to one of these.
   */
  PAPER,
  /** Every group of filters that can be cut, those that go together with one mask. */
  ALL;

  /** The name in commands and studies. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All names. */
  public static List<String> keys() {
    return Arrays.stream(values()).map(MaskPreset::key).toList();
  }

  /**
   * The preset of this name.
   *
   * @throws BadInputException if there is none; the message lists them
   */
  public static MaskPreset named(String key) {
    return Arrays.stream(values())
        .filter(p -> p.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "mask sites '"
                        + key
                        + "' are not known"
                        + Nearest.hint(key, keys())
                        + "; there are "
                        + String.join(", ", keys())));
  }
}
