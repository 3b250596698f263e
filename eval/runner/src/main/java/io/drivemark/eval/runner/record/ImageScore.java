package io.drivemark.eval.runner.record;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How right a model is on one frame. Immutable.
 *
 * @param id the sample
 * @param miou mIoU of this frame alone under the entry's protocol
 */
public record ImageScore(String id, OptionalDouble miou) {
  public ImageScore {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(miou, "miou");
  }
}
