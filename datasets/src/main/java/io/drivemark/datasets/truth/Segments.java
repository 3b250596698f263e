package io.drivemark.datasets.truth;

import java.util.Map;
import java.util.Optional;

/**
 * The segments of one panoptic PNG, by number. Immutable.
 *
 * @param byId what each segment is
 */
record Segments(Map<Integer, Segment> byId) {
  Segments {
    byId = Map.copyOf(byId);
  }

  /** A segment's category, and whether it is a crowd instead of one object. */
  record Segment(int category, boolean crowd) {}

  Optional<Segment> find(int id) {
    return Optional.ofNullable(byId.get(id));
  }
}
