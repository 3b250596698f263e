package io.drivemark.eval.history.judge;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a night, or a confirmation of one, is to the judge. Immutable.
 *
 * @param ref which night
 * @param machine the digest of the machine's key; nights of other machines are another history
 * @param conditions what may explain a change, by name, see {@link #DRIVEMARK}, {@link #JAVA} and
 *     {@link #ENGINE}; all others are taken for properties of the machine (kernel, governor, …)
 * @param rotations all rotations of all forks
 * @param series all series that were to be measured, measured or not
 * @param rulers fixed work that was timed
 * @param unquiet why the machine was not fit for timing, found before; empty if it was
 * @param excluded because of what a person took the night out of all baselines; empty if not
 */
public record Night(
    Ref ref,
    String machine,
    Map<String, String> conditions,
    List<Rotation> rotations,
    List<SeriesNight> series,
    List<Ruler> rulers,
    Optional<String> unquiet,
    Optional<String> excluded) {
  /** The condition that holds the digest of Drivemark's own program. */
  public static final String DRIVEMARK = "drivemark";

  /** The condition that holds the JVM's vendor and version. */
  public static final String JAVA = "java";

  /** An engine's version is the condition of this prefix and the engine's name. */
  public static final String ENGINE = "engine.";

  /**
   * A night's name and its place among others. Nights are ordered by {@code order}; clocks may jump
   * back.
   *
   * @param uid tells it from every other night
   * @param order rises from night to night in one store
   * @param start when it began
   */
  public record Ref(String uid, long order, Instant start) implements Comparable<Ref> {
    public Ref {
      Objects.requireNonNull(uid, "uid");
      Objects.requireNonNull(start, "start");
    }

    /** By order, then by uid. */
    @Override
    public int compareTo(Ref other) {
      return Comparator.comparingLong(Ref::order).thenComparing(Ref::uid).compare(this, other);
    }
  }

  /**
   * Cells of one fork that were timed in turn.
   *
   * @param id tells it from every other rotation of the night, those of other forks included
   * @param fork from 0
   * @param band half the A-A band relative to the latency, 0.01 for 1 %; NaN if there was no
   *     control
   * @param others log latencies of members that are no series of their own here: the reference
   *     outside its own rotation, and the control
   */
  public record Rotation(String id, int fork, double band, List<Other> others) {
    public Rotation {
      Objects.requireNonNull(id, "id");
      others = List.copyOf(others);
      if (band < 0) {
        throw new IllegalArgumentException("band: at least 0, found " + band);
      }
    }
  }

  /**
   * A member of a rotation beside its series.
   *
   * @param role {@code reference} or {@code control}, with what tells two of one role apart
   * @param timing its latency
   */
  public record Other(String role, Timing timing) {
    public Other {
      Objects.requireNonNull(role, "role");
      Objects.requireNonNull(timing, "timing");
    }
  }

  /**
   * Fixed work that was timed.
   *
   * @param kind {@link Ruler#JAVA}, or the name of the engine that ran fixed bytes
   * @param logMs the natural logarithm of its milliseconds, the median of the night
   */
  public record Ruler(String kind, double logMs) {
    /** Fixed work in Java alone. */
    public static final String JAVA = "java";

    public Ruler {
      Objects.requireNonNull(kind, "kind");
      if (!Double.isFinite(logMs)) {
        throw new IllegalArgumentException("ruler " + kind + ": log ms is " + logMs);
      }
    }
  }

  public Night {
    Objects.requireNonNull(ref, "ref");
    Objects.requireNonNull(machine, "machine");
    conditions = Collections.unmodifiableMap(new TreeMap<>(conditions));
    rotations = List.copyOf(rotations);
    series = List.copyOf(series);
    rulers = List.copyOf(rulers);
    Objects.requireNonNull(unquiet, "unquiet");
    Objects.requireNonNull(excluded, "excluded");
    unique(ref, "rotation", rotations.stream().map(Rotation::id).toList());
    unique(ref, "series", series.stream().map(s -> s.series().key()).toList());
    unique(ref, "ruler", rulers.stream().map(Ruler::kind).toList());
  }

  private static void unique(Ref ref, String what, List<String> keys) {
    Set<String> seen = new HashSet<>();
    for (String key : keys) {
      if (!seen.add(key)) {
        throw new IllegalArgumentException(
            "night " + ref.uid() + ": two of " + what + " " + key + ", one expected");
      }
    }
  }
}
