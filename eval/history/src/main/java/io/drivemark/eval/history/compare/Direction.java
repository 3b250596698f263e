package io.drivemark.eval.history.compare;

/** Where the second of two results stands to the first. */
public enum Direction {
  /** They are the same, or differ by no more than is allowed. */
  SAME("the same"),
  /** The second is worse. */
  WORSE("worse"),
  /** The second is better. */
  BETTER("better"),
  /** What was measured does not say. */
  UNKNOWN("cannot be told");

  private final String word;

  Direction(String word) {
    this.word = word;
  }

  /** As files and pages have it. */
  public String word() {
    return word;
  }

  /** Of a gain: more than 0 is better. Within {@code allowed} either way it is the same. */
  static Direction of(double gain, double allowed) {
    if (gain < -allowed) {
      return WORSE;
    }
    return gain > allowed ? BETTER : SAME;
  }
}
