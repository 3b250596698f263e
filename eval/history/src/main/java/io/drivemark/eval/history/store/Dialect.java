package io.drivemark.eval.history.store;

import io.drivemark.problem.UnavailableException;
import java.sql.Connection;

/**
 * The little in which the databases differ: how one is opened, how its one writer begins, which
 * words a migration has besides. All other SQL is the same text for both.
 */
interface Dialect {
  /**
   * Opens the database.
   *
   * @param create whether one that is not there may be made
   * @throws io.drivemark.problem.BadInputException if it is not there and may not be made
   * @throws UnavailableException if it cannot be reached
   */
  Connection connect(boolean create);

  /** Whether there is something to connect to without making it. */
  boolean isThere();

  /** Begins a transaction that no other writer of the store is in; waits for the one that is. */
  void beginWriting(Sql sql);

  /** Begins a transaction that sees one state of the store. */
  void beginReading(Sql sql);

  /** Whether a table is there. */
  boolean hasTable(Sql sql, String name);

  /** A migration's text with the words of this database in it. */
  String words(String migration);

  /** How many bytes the store takes. */
  long bytes(Sql sql);

  /** What users must know of how it is kept; empty text if nothing. */
  String warning();

  /** What is said where another writer did not end in time. */
  static UnavailableException waited(StoreUrl url, int waitMs, UnavailableException cause) {
    return new UnavailableException(
        "store "
            + url
            + ": another process writes into it and did not end within "
            + waitMs / 1000
            + " s; run the command again when it has",
        cause);
  }
}
