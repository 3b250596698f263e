package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightPlan;

/** What is remembered of the nights before, and where tonight goes. For one thread. */
public interface History extends AutoCloseable {
  /** Opens the history of a plan. */
  @FunctionalInterface
  interface Opener {
    /**
     * @throws io.drivemark.problem.UnavailableException if it cannot be reached
     */
    History open(NightPlan plan);
  }

  /** Takes in what lies in a night's folder; what it has already is not taken in twice. */
  void add(NightFolder night);

  /** Judges a night by what was before it, with what was timed again for it if there is any. */
  Verdict judge(NightFolder night, NightPlan plan);

  /** Remembers a verdict; one that is there already is replaced. */
  void keep(NightFolder night, Verdict verdict);

  /**
   * Removes what the plan says is kept no longer, of the machine whose night was judged; the pinned
   * night stays.
   */
  void prune(NightPlan plan);

  @Override
  void close();
}
