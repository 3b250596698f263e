package io.drivemark.eval.history.judge;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How the predictions of a series stand to those of an earlier night. Immutable.
 *
 * @param series which one
 * @param state how they stand
 * @param before the earlier night; empty for the first
 * @param declared what was changed by intention in between: {@code model}, {@code engine}, {@code
 *     drivemark}, {@code machine} or another part of the cell's key
 * @param difference what moved; empty where nothing did or it was not computed
 * @param note in words
 */
public record AccuracyFinding(
    Series series,
    State state,
    Optional<Night.Ref> before,
    List<String> declared,
    Optional<ExactDifference> difference,
    String note) {
  /** How predictions stand to earlier ones. */
  public enum State {
    /** The same label maps. */
    SAME("same"),
    /** Not measured: all that it depends on is as it was, and so it stands for tonight. */
    TAKEN("not measured anew"),
    /** Nothing was changed, and the label maps are not the same. */
    DETERMINISM("determinism"),
    /** Something was changed; only pixels moved that were undecided, and no figure by its floor. */
    ROUNDING("rounding"),
    /** Something was changed, and predictions with it; no figure is worse by its floor. */
    CHANGED("changed"),
    /** A figure is worse by more than its floor. */
    WORSE("worse"),
    /** There is nothing to compare it with. */
    FIRST("first"),
    /** It cannot be compared, the note says why. */
    NOT_COMPARABLE("not comparable");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** As files and databases have it. */
    public String word() {
      return word;
    }
  }

  public AccuracyFinding {
    Objects.requireNonNull(series, "series");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(before, "before");
    declared = List.copyOf(declared);
    Objects.requireNonNull(difference, "difference");
    Objects.requireNonNull(note, "note");
  }
}
