package io.drivemark.eval.runner.shard.lease;

import io.drivemark.eval.runner.accuracy.FrameRange;
import java.util.Locale;
import java.util.Objects;

/**
 * What a worker takes at a time: a range of the frames of a cell. Immutable.
 *
 * @param cell the name of the cell's folder
 */
public record WorkUnit(String cell, FrameRange range) {
  public WorkUnit {
    Objects.requireNonNull(cell, "cell");
    Objects.requireNonNull(range, "range");
  }

  /** What names of its files begin with. */
  public String name() {
    return String.format(Locale.ROOT, "%06d-%06d", range.first(), range.last());
  }
}
