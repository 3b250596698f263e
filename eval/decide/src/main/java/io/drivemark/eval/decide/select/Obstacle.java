package io.drivemark.eval.decide.select;

import java.util.Objects;

/**
 * Why a network cannot be held against the others. Immutable.
 *
 * @param kind what is in the way
 * @param found what it has; empty where the kind says all
 * @param expected what the others have; empty likewise
 */
public record Obstacle(Kind kind, String found, String expected) {

  /** What is in the way. */
  public enum Kind {
    /** Its weights are random. */
    UNTRAINED("untrained"),
    /** Nothing was judged, or the figure is undefined. */
    NO_ACCURACY("noAccuracy"),
    /** The counts or runs that its record follows from are not there. */
    NO_EVIDENCE("noEvidence"),
    /** Its record has no such figure whose spread could be drawn. */
    NO_DRAWS("noDraws"),
    /** It was judged on other frames. */
    OTHER_FRAMES("otherFrames"),
    /** Its frames have another truth, by another mapping for example. */
    OTHER_TRUTH("otherTruth"),
    /** Its frames make a single cluster, of which nothing varies. */
    ONE_CLUSTER("oneCluster"),
    /** Its speed was not measured. */
    NO_LATENCY("noLatency"),
    /** It was timed on another machine. */
    OTHER_MACHINE("otherMachine"),
    /** It was timed in turns that have no network in common with the others'. */
    NO_COMMON_REFERENCE("noCommonReference");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    /** As in JSON. */
    public String key() {
      return key;
    }
  }

  public Obstacle {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(found, "found");
    Objects.requireNonNull(expected, "expected");
  }

  static Obstacle of(Kind kind) {
    return new Obstacle(kind, "", "");
  }
}
