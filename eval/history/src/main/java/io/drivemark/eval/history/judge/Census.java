package io.drivemark.eval.history.judge;

import java.util.Objects;

/**
 * What became of one metric of one series tonight: each has exactly one state. Immutable.
 *
 * @param series which one
 * @param metric which one
 * @param state judged or not
 * @param reason why it was not judged, in words; empty if it was
 */
public record Census(Series series, String metric, State state, String reason) {
  /** Judged or not. */
  public enum State {
    JUDGED("judged"),
    NOT_JUDGED("not judged"),
    /** It is in nights before and no longer to be measured. */
    GONE("gone");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** As files and databases have it. */
    public String word() {
      return word;
    }
  }

  public Census {
    Objects.requireNonNull(series, "series");
    Objects.requireNonNull(metric, "metric");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(reason, "reason");
    if (state == State.JUDGED != reason.isEmpty()) {
      throw new IllegalArgumentException(
          series.label() + ", " + metric + ": " + state + " with the reason '" + reason + "'");
    }
  }
}
