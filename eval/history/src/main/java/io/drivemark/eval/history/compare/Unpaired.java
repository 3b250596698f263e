package io.drivemark.eval.history.compare;

import java.util.Objects;

/**
 * A series that is not compared, and why. Immutable.
 *
 * @param series its label
 * @param reason why
 * @param difference what stands against it, with both values
 */
public record Unpaired(String series, Reason reason, Changed difference) {
  /** Why two cells are not compared. */
  public enum Reason {
    /** The first result alone has it. */
    ONLY_A("only in A", false),
    /** The second result alone has it. */
    ONLY_B("only in B", false),
    /** A result has it twice, so that nobody knows which of the two is meant. */
    TWICE("twice in one result", true),
    /** They were judged by other rules. */
    PROTOCOL("another protocol", true),
    /** They were judged on other data. */
    DATASET("another dataset", true),
    /** Their classes differ. */
    CLASSES("other classes", true),
    /** One of them lacks frames. */
    FRAMES("other frames", true),
    /** A frame's truth is not the same. */
    TRUTH("another truth", true),
    /** One of them has no result. */
    NOT_MEASURED("not measured", true);

    private final String word;
    private final boolean refused;

    Reason(String word, boolean refused) {
      this.word = word;
      this.refused = refused;
    }

    /** As files and pages have it. */
    public String word() {
      return word;
    }

    /** Whether both results were asked for it: then nothing can be said of B as a whole. */
    public boolean refused() {
      return refused;
    }
  }

  public Unpaired {
    Objects.requireNonNull(series, "series");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(difference, "difference");
  }
}
