package io.drivemark.eval.history.store;

import org.junit.jupiter.api.Test;

/** Many processes and one store of its kind. */
class SqliteManyProcessesTest extends ManyProcessesContract {
  @Override
  StoreUrl empty() {
    return StoreUrl.parse("sqlite:" + folder.resolve("many.db"));
  }

  @Test
  void aProcessThatIsKilledLeavesNightsWhole() throws Exception {
    killed(2, 4);
  }
}
