package io.drivemark.eval.history.nightly;

import java.nio.file.Path;

/** Starts fresh processes. */
@FunctionalInterface
public interface Children {
  /**
   * Lets a fresh process do what the plan of a fork says, and waits for it.
   *
   * @param fork the folder with the plan
   * @throws io.drivemark.problem.UnavailableException if it cannot be started or fails; the message
   *     has its last words
   */
  void time(Path fork);
}
