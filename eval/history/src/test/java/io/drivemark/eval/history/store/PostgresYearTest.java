package io.drivemark.eval.history.store;

import java.sql.SQLException;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A year in a store of its kind. */
class PostgresYearTest extends YearContract {
  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  @Override
  StoreUrl empty() throws SQLException {
    return SERVER.empty();
  }
}
