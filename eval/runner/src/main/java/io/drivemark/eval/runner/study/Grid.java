package io.drivemark.eval.runner.study;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.Arrays;
import java.util.List;

/** How a network's output comes onto the truth's pixel grid. */
public enum Grid {
  /** Logits are upsampled bilinearly (half-pixel centres), then the largest wins. */
  LOGITS_BILINEAR("logits-bilinear"),
  /** The largest logit wins at the network's resolution, then labels are taken from the nearest. */
  LABELS_NEAREST("labels-nearest");

  private final String word;

  Grid(String word) {
    this.word = word;
  }

  /** As study files write it. */
  public String word() {
    return word;
  }

  /** All words. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Grid::word).toList();
  }

  /**
   * The grid of this word.
   *
   * @throws BadInputException if there is none
   */
  public static Grid parse(String word) {
    return Arrays.stream(values())
        .filter(g -> g.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "grid is '"
                        + word
                        + "'"
                        + Nearest.hint(word, words())
                        + ", expected "
                        + String.join(" or ", words())));
  }
}
