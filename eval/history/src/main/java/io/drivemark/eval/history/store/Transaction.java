package io.drivemark.eval.history.store;

import java.util.function.Supplier;

/**
 * Work that is done whole or not at all. One that cannot be ended, as where SQLite waits for a
 * reader too long, is undone: the connection is never left within a transaction. Stateless.
 */
final class Transaction {
  private Transaction() {}

  /** As the one writer of the store. */
  static <T> T writing(Dialect dialect, Sql sql, Supplier<T> work) {
    return whole(sql, () -> dialect.beginWriting(sql), work);
  }

  /** As a reader to whom the store stays as it is. */
  static <T> T reading(Dialect dialect, Sql sql, Supplier<T> work) {
    return whole(sql, () -> dialect.beginReading(sql), work);
  }

  private static <T> T whole(Sql sql, Runnable begin, Supplier<T> work) {
    try {
      begin.run();
      T out = work.get();
      sql.run("COMMIT");
      return out;
    } catch (RuntimeException | Error e) {
      try {
        sql.run("ROLLBACK");
      } catch (RuntimeException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }
}
