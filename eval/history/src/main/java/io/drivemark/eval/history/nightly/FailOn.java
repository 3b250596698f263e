package io.drivemark.eval.history.nightly;

/** What makes a night end with {@code 1}. */
public enum FailOn {
  /** What was confirmed, and what needs no confirmation. */
  CONFIRMED("confirmed"),
  /** A candidate too. */
  CANDIDATE("candidate"),
  /** Nothing: who reads the verdict decides. */
  NEVER("never");

  private final String word;

  FailOn(String word) {
    this.word = word;
  }

  /** As on the command line. */
  public String word() {
    return word;
  }
}
