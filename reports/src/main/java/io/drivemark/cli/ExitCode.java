package io.drivemark.cli;

/** What the process says when it ends. */
final class ExitCode {
  /** All went well. */
  static final int FINE = 0;

  /**
   * The work is done, but there is something to look at: a frame left out, a requirement missed.
   */
  static final int FINDINGS = 1;

  /** Something the user gave cannot be used. */
  static final int BAD_INPUT = 2;

  /** The environment lacks something, the feature is not built yet, or the program crashed. */
  static final int UNAVAILABLE = 3;

  private ExitCode() {}
}
