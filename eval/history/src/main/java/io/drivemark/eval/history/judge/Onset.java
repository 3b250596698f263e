package io.drivemark.eval.history.judge;

import java.util.Objects;

/**
 * Between which nights a level changed. The runs to compare are {@code before} and {@code first}.
 * Immutable.
 *
 * @param before the last night of the old level
 * @param first the first night of the new one
 * @param earliest the earliest night that may be the first as well
 * @param latest the latest one
 */
public record Onset(Night.Ref before, Night.Ref first, Night.Ref earliest, Night.Ref latest) {
  public Onset {
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(earliest, "earliest");
    Objects.requireNonNull(latest, "latest");
  }

  /** One that is known to the night. */
  public static Onset at(Night.Ref before, Night.Ref first) {
    return new Onset(before, first, first, first);
  }
}
