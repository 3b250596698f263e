package io.drivemark.eval.history.store;

/** A store in a file. */
class SqliteStoreTest extends StoreContract {
  private int count;

  @Override
  StoreUrl empty() {
    return StoreUrl.parse("sqlite:" + folder.resolve("store" + count++ + ".db"));
  }
}
