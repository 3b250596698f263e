package io.drivemark.eval.runner.record;

import java.util.Objects;

/**
 * One gallery frame: four PNG files, paths relative to the entry's folder, forward slashes.
 * Immutable.
 *
 * @param id the sample
 * @param image the photograph
 * @param truth the labels in their classes' colours, void black
 * @param prediction likewise
 * @param error the photograph dimmed where the prediction is right, red where it is wrong, black
 *     where the truth is void
 */
public record Picture(String id, String image, String truth, String prediction, String error) {
  public Picture {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(truth, "truth");
    Objects.requireNonNull(prediction, "prediction");
    Objects.requireNonNull(error, "error");
  }
}
