package io.drivemark.eval.runner.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * How right a model is on one frame. Immutable.
 *
 * @param id the sample
 * @param miou mIoU of this frame alone under the entry's protocol
 * @param attributes what else is known of the frame, its sequence for example; sorted by name
 */
public record ImageScore(
    String id,
    OptionalDouble miou,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> attributes) {
  /** A frame of which nothing else is known. */
  public ImageScore(String id, OptionalDouble miou) {
    this(id, miou, Map.of());
  }

  public ImageScore {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(miou, "miou");
    attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
  }
}
