package io.drivemark.eval.runner.record;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.Objects;

/**
 * The rules an accuracy follows. Immutable.
 *
 * @param name the protocol's name, for example {@code cityscapes}
 * @param digest of its rules and the grid: models with equal digests may be compared, whatever
 *     mapping their classes took
 * @param mapping name of the mapping from the model's classes to the dataset's; {@code identity}
 *     where they are the same
 * @param grid {@code logits-bilinear} or {@code labels-nearest}
 */
public record ProtocolFacts(
    String name,
    String digest,
    @JsonSetter(nulls = Nulls.AS_EMPTY) String mapping,
    @JsonSetter(nulls = Nulls.AS_EMPTY) String grid) {
  public ProtocolFacts {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(digest, "digest");
    Objects.requireNonNull(mapping, "mapping");
    Objects.requireNonNull(grid, "grid");
  }
}
