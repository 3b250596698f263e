package io.drivemark.eval.history.store;

import java.sql.SQLException;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verdicts in a store of its kind. */
class PostgresStoredVerdictTest extends StoredVerdictContract {
  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  @Override
  StoreUrl empty() throws SQLException {
    return SERVER.empty();
  }
}
