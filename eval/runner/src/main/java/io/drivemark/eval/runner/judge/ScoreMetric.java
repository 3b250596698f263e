package io.drivemark.eval.runner.judge;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Nearest;
import java.util.Arrays;
import java.util.List;

/** What a score can also say, if asked: each costs more than counting does, or needs more files. */
public enum ScoreMetric {
  /** Boundary IoU by class. */
  BOUNDARY_IOU("boundary-iou"),
  /** Boundary F by class, contours matched within 0.75 % of the diagonal. */
  BOUNDARY_F("boundary-f"),
  /** IoU within 1, 2, 4, … 32 pixels of a border. */
  TRIMAP("trimap"),
  /** Predictions that change between consecutive frames of a sequence where the truth does not. */
  FLICKER("flicker"),
  /** Whether predictions are right as often as they say; needs their confidences. */
  CALIBRATION("calibration");

  private final String word;

  ScoreMetric(String word) {
    this.word = word;
  }

  /** The name the command line uses, for example {@code boundary-iou}. */
  public String word() {
    return word;
  }

  /** All names. */
  public static List<String> words() {
    return Arrays.stream(values()).map(ScoreMetric::word).toList();
  }

  /**
   * Finds a metric by its name.
   *
   * @throws BadInputException if there is none; the message lists the known ones and the nearest
   */
  public static ScoreMetric parse(String word) {
    return Arrays.stream(values())
        .filter(m -> m.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "no further metric is called '"
                        + word
                        + "'"
                        + Nearest.hint(word, words())
                        + "; known: "
                        + String.join(", ", words())));
  }
}
