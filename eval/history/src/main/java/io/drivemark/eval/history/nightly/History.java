package io.drivemark.eval.history.nightly;

import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.problem.Progress;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/** What is remembered of the nights before, and where tonight goes. For one thread. */
public interface History extends AutoCloseable {
  /** Opens the history of a plan, or looks at it. */
  interface Opener {
    /**
     * Opens it, and makes what it is kept in where that is not there.
     *
     * @throws io.drivemark.problem.UnavailableException if it cannot be reached
     */
    History open(NightPlan plan);

    /**
     * What a night that began now would have before it. Nothing is made and nothing is taken in.
     *
     * @throws io.drivemark.problem.UnavailableException if it cannot be reached
     */
    Outlook outlook(NightPlan plan);
  }

  /**
   * What a night that began now would have before it. Immutable.
   *
   * @param nights how many it would be judged against, those that it would take in first included
   * @param missing how many it would take in first
   * @param notes what a reader must know, in words
   */
  record Outlook(int nights, int missing, List<String> notes) {
    public Outlook {
      notes = List.copyOf(notes);
    }
  }

  /**
   * What a night must know of those before it. Immutable.
   *
   * @param notes what a reader must know, in words
   * @param excluded names of folders of nights that a person took out of all baselines
   * @param latest the place of this machine's latest night in their order; empty without any
   */
  record Before(List<String> notes, Set<String> excluded, OptionalLong latest) {
    public Before {
      notes = List.copyOf(notes);
      excluded = Set.copyOf(excluded);
      Objects.requireNonNull(latest, "latest");
    }
  }

  /**
   * Takes in nights that lie in the plan's folder and are not remembered though they would be if
   * what remembers them were not new, or had not been lost.
   *
   * @throws io.drivemark.problem.BadInputException if the plan pins a night, and there is none even
   *     then
   */
  Before catchUp(NightPlan plan, Progress progress);

  /** Takes in what lies in a night's folder; what it has already is not taken in twice. */
  void add(NightFolder night);

  /** Judges a night by what was before it, with what was timed again for it if there is any. */
  Verdict judge(NightFolder night, NightPlan plan);

  /** Remembers a verdict; one that is there already is replaced. */
  void keep(NightFolder night, Verdict verdict);

  /**
   * Removes what the plan says is kept no longer, of the machine whose night was judged; the pinned
   * night stays, and with it those that opened an event which a person decided.
   */
  void prune(NightPlan plan);

  @Override
  void close();
}
