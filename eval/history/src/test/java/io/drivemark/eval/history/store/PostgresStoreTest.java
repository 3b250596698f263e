package io.drivemark.eval.history.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.problem.UnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store in a server. */
class PostgresStoreTest extends StoreContract {
  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  @Override
  StoreUrl empty() throws SQLException {
    return SERVER.empty();
  }

  @Test
  void aWriterThatHangsIsNotWaitedForForEver() throws SQLException {
    StoreUrl url = empty();
    Postgres hanging = new Postgres(url, Optional.empty());
    Postgres waiting = new Postgres(url, Optional.empty(), 1000);
    try (Connection one = hanging.connect(false);
        Connection other = waiting.connect(false)) {
      hanging.beginWriting(new Sql(one, url.text()));
      Sql sql = new Sql(other, url.text());
      UnavailableException e =
          assertThrows(
              UnavailableException.class, () -> Transaction.writing(waiting, sql, () -> 0));
      assertEquals(
          "store "
              + url
              + ": another process writes into it and did not end within 1 s; run the command again"
              + " when it has",
          e.getMessage());
      assertEquals(7, Transaction.reading(waiting, sql, () -> 7), "readers need not wait");
    }
  }
}
