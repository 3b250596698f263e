package io.drivemark.architectures.labelling;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.Arrays;
import java.util.List;

/** How logits of a lower resolution become labels on the truth's grid; changes the score. */
public enum Grid {
  /** Logits are upsampled bilinearly (pixel centres at half-integers), then the argmax is taken. */
  LOGITS_BILINEAR("logits-bilinear"),
  /**
   * The argmax is taken at the network's input size (logits of a lower resolution are upsampled
   * bilinearly to it first), then labels are repeated (nearest, floor).
   */
  LABELS_NEAREST("labels-nearest");

  private final String key;

  Grid(String key) {
    this.key = key;
  }

  /** The name studies use. */
  public String key() {
    return key;
  }

  /**
   * The grid of this name.
   *
   * @throws BadInputException if there is none; the message lists the known ones
   */
  public static Grid named(String key) {
    List<String> keys = Arrays.stream(values()).map(Grid::key).toList();
    for (Grid grid : values()) {
      if (grid.key.equals(key)) {
        return grid;
      }
    }
    throw new BadInputException(
        "grid '"
            + key
            + "' is not known"
            + Nearest.hint(key, keys)
            + "; there are "
            + String.join(", ", keys));
  }
}
