package io.drivemark.eval.history.store;

import java.sql.SQLException;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many processes and one store of its kind. */
class PostgresManyProcessesTest extends ManyProcessesContract {
  @RegisterExtension static final PostgresServer SERVER = new PostgresServer();

  @Override
  StoreUrl empty() throws SQLException {
    return SERVER.empty();
  }
}
