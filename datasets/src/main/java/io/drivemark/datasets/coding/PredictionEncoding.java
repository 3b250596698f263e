package io.drivemark.datasets.coding;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.Arrays;
import java.util.List;

/** How class indices are written into prediction files. */
public enum PredictionEncoding {
  /** The class index; void is written 255 and read as 255 or the dataset's own void. */
  TRAIN_IDS("train-ids"),
  /** The dataset's own stored values; void is its first void value, else 255 or what is free. */
  LABEL_IDS("label-ids"),
  /** The dataset's colours; void is its first void colour, else black or what is free. */
  COLOR("color");

  private final String word;

  PredictionEncoding(String word) {
    this.word = word;
  }

  /** The name the command line uses, for example {@code train-ids}. */
  public String word() {
    return word;
  }

  /** All names. */
  public static List<String> words() {
    return Arrays.stream(values()).map(PredictionEncoding::word).toList();
  }

  /**
   * Finds an encoding by its name.
   *
   * @throws BadInputException if there is none; the message lists the known ones and the nearest
   */
  public static PredictionEncoding parse(String word) {
    return Arrays.stream(values())
        .filter(e -> e.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "no prediction encoding is called '"
                        + word
                        + "'"
                        + Nearest.hint(word, words())
                        + "; known: "
                        + String.join(", ", words())));
  }
}
