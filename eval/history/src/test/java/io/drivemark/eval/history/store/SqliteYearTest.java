package io.drivemark.eval.history.store;

import org.junit.jupiter.api.Test;

/** A year in a store of its kind. */
class SqliteYearTest extends YearContract {
  @Override
  StoreUrl empty() {
    return StoreUrl.parse("sqlite:" + folder.resolve("year.db"));
  }

  @Test
  void aFewNightsAreTakenInAndShown() throws Exception {
    few();
  }
}
