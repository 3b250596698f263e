package io.drivemark.eval.history.store;

/** Verdicts in a store of its kind. */
class SqliteStoredVerdictTest extends StoredVerdictContract {
  @Override
  StoreUrl empty() {
    return StoreUrl.parse("sqlite:" + folder.resolve("verdicts.db"));
  }
}
