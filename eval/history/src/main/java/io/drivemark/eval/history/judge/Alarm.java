package io.drivemark.eval.history.judge;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One finding about a figure of tonight, with the numbers that it rests on. Immutable.
 *
 * @param kind by which test
 * @param state how far it got
 * @param series whose figure; {@link Series#ALL} for what all have in common
 * @param metric the metric's id
 * @param ofClass the class of the figure
 * @param worse whether the change is for the worse
 * @param baseline the level before, in the metric's unit; of {@link Series#ALL} 1
 * @param level the level now, in the same unit; of {@link Series#ALL} the factor to before
 * @param change of timed metrics level / baseline − 1, of others level − baseline
 * @param floor the least change that counts, in the unit of {@code change}
 * @param scatter the usual spread of a night about its baseline, relative; empty for exact figures
 * @param p of the test; empty for exact figures
 * @param q p adjusted for all figures judged; empty for exact figures
 * @param nights how many nights the baseline has
 * @param onset from when on
 * @param note what else is to be said, in words
 */
public record Alarm(
    Kind kind,
    State state,
    Series series,
    String metric,
    Optional<String> ofClass,
    boolean worse,
    double baseline,
    double level,
    double change,
    double floor,
    OptionalDouble scatter,
    OptionalDouble p,
    OptionalDouble q,
    int nights,
    Onset onset,
    String note) {

  /** By which test. */
  public enum Kind {
    /** Tonight's latency against its baseline. */
    NIGHT("night"),
    /** A change of level somewhere in the nights of the current segment. */
    LEVEL("level"),
    /** Creeping against the pinned night. */
    DRIFT("drift"),
    /** An exact figure against the night before. */
    ACCURACY("accuracy"),
    /** Bits that were to be equal and are not. */
    DETERMINISM("determinism");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** As files and databases have it. */
    public String word() {
      return word;
    }
  }

  /** How far an alarm got. */
  public enum State {
    /** It is to be confirmed. */
    CANDIDATE("candidate"),
    /** It holds. */
    CONFIRMED("confirmed"),
    /** It was measured again and did not hold. */
    CLEARED("cleared");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** As files and databases have it. */
    public String word() {
      return word;
    }
  }

  public Alarm {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(series, "series");
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(ofClass, "ofClass");
    Objects.requireNonNull(scatter, "scatter");
    Objects.requireNonNull(p, "p");
    Objects.requireNonNull(q, "q");
    Objects.requireNonNull(onset, "onset");
    Objects.requireNonNull(note, "note");
    if (!Double.isFinite(baseline) || !Double.isFinite(level) || !Double.isFinite(change)) {
      throw new IllegalArgumentException(
          series.label() + ", " + metric + ": " + baseline + " to " + level + " is no change");
    }
  }
}
