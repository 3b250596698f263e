package io.drivemark.eval.history.store;

import java.sql.SQLException;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A store in a server. */
class PostgresStoreTest extends StoreContract {
  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  @Override
  StoreUrl empty() throws SQLException {
    return SERVER.empty();
  }
}
