package io.drivemark.eval.history.store;

import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.judge.Event;
import io.drivemark.eval.history.judge.Night;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What nights measured, what the judge and people said of them, kept for the nights to come. The
 * folders of runs and nights are the truth, and a store is an index of them: it can be made again.
 * Any number of processes may use one store at once; each change is there whole or not at all, and
 * what is there already is not taken in twice. An instance is for one thread.
 *
 * <pre>{@code
 * StoreUrl url = StoreUrl.parse("sqlite:history.db");
 * try (ResultStore store = ResultStore.openOrInit(url, Optional.empty())) {
 *   store.add(Path.of("nights/2026-11-20T02-00-00Z"));
 *   List<Night> nights = store.history(Set.of("miou", "iou", "absRel"));
 * }
 * }</pre>
 *
 * <p>Every method throws {@link UnavailableException} where the database cannot be reached or does
 * not do what it is asked for.
 */
public interface ResultStore extends AutoCloseable {
  /**
   * Opens a store that is there.
   *
   * @param password for PostgreSQL, where one is needed
   * @throws BadInputException if there is none, or its schema is not this program's
   * @throws UnavailableException if it cannot be reached
   */
  static ResultStore open(StoreUrl url, Optional<String> password) {
    return JdbcStore.open(url, password, false);
  }

  /**
   * Opens a store if there is one; none is made, and an empty one is none.
   *
   * @param password for PostgreSQL, where one is needed
   * @throws BadInputException if its schema is not this program's
   * @throws UnavailableException if it cannot be reached
   */
  static Optional<ResultStore> find(StoreUrl url, Optional<String> password) {
    return JdbcStore.find(url, password);
  }

  /**
   * Opens a store, and makes its tables if it is empty.
   *
   * @throws BadInputException if its schema is not this program's
   * @throws UnavailableException if it cannot be reached
   */
  static ResultStore openOrInit(StoreUrl url, Optional<String> password) {
    return JdbcStore.open(url, password, true);
  }

  /**
   * Brings a store to this program's schema; an empty one, or one that is not there, from nothing.
   *
   * @return how many steps that took
   * @throws BadInputException if its schema is newer, or another program's
   * @throws UnavailableException if it cannot be reached
   */
  static int migrate(StoreUrl url, Optional<String> password) {
    return JdbcStore.migrate(url, password);
  }

  /** What users must know of how it is kept; empty if nothing. */
  Optional<String> warning();

  /**
   * Takes the folder of a run or a night in, with its further processes and what people said of it.
   *
   * @throws BadInputException if something in the folder is damaged or contradicts itself
   */
  Imported add(Path folder);

  /** All nights, in their order. */
  List<HistoryView.NightLine> nights();

  /**
   * The night of a name: {@code last}, {@code last-good} (the last one with a verdict that nothing
   * is worse), a folder's name or path, the first 6 or more digits of a uid, or the text of an
   * annotation.
   *
   * @throws BadInputException if there is none, or more than one
   */
  HistoryView.NightLine night(String name);

  /**
   * All nights as the judge takes them, in their order; forks are part of their nights,
   * confirmations of none.
   *
   * @param metrics exact metrics whose values are wanted; timings are there whatever this says
   */
  List<Night> history(Set<String> metrics);

  /** What was timed again for a night; empty if nothing was. */
  Optional<Night> confirmation(String uid);

  /**
   * Events as they stand, with what people decided; the oldest onset first.
   *
   * @param before verdicts of this night and later ones are left out; empty: of none
   */
  List<Event> events(Optional<Night.Ref> before);

  /**
   * The event of a uid, or of its first 6 or more digits.
   *
   * @throws BadInputException if there is none, or more than one
   */
  Event event(String name);

  /**
   * Keeps the verdict of a night; an earlier one of the same night is replaced.
   *
   * @throws BadInputException if the night is not in the store
   */
  void keep(Verdict verdict);

  /**
   * Keeps what a person said, in the store and, where it is at hand, in the folder of the night.
   *
   * @return the file, if there is one
   * @throws BadInputException if there is no such night or event
   */
  Optional<Path> decide(Decision decision);

  /** What people said, the oldest first. */
  List<Decision> decisions();

  /**
   * What a page of the history shows.
   *
   * @param metrics whose figures are wanted
   */
  HistoryView view(Set<String> metrics);

  /**
   * Takes folders in anew, each whole or not at all. Nights of the store that have no folder among
   * them stay as they are, and so does what people said.
   *
   * @param folders of runs or nights
   */
  List<Imported> rebuild(List<Path> folders);

  /**
   * Holds the store against the folders of its nights.
   *
   * @param derive whether all numbers are derived from the evidence again, which takes seconds for
   *     each night
   */
  Verified verify(boolean derive);

  /**
   * Writes all of it as text, see the package's documentation.
   *
   * @throws UnavailableException if the file cannot be written
   */
  void dump(Path file);

  /**
   * Removes nights from the store; what people said of them stays.
   *
   * @param uids which
   */
  void forget(List<String> uids);

  /** How many bytes it takes. */
  long bytes();

  @Override
  void close();
}
