package io.drivemark.eval.runner.record.detail;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How right a model is on the frames that share a value of an attribute. Immutable.
 *
 * @param attribute for example weather
 * @param value for example rain
 * @param images how many frames
 * @param miou of these frames under the entry's protocol
 */
public record SliceScore(String attribute, String value, int images, OptionalDouble miou) {
  public SliceScore {
    Objects.requireNonNull(attribute, "attribute");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(miou, "miou");
  }

  /** The one of a model's slices on which it is least right, the first of equals. */
  public static Optional<SliceScore> worst(List<SliceScore> slices) {
    return slices.stream()
        .filter(slice -> slice.miou().isPresent())
        .min(Comparator.comparingDouble((SliceScore slice) -> slice.miou().getAsDouble()));
  }
}
