package io.drivemark.eval.history.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.eval.history.store.Migrations.Script;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
  private static final Script ONE = new Script("1-a", "-- first\nCREATE TABLE a (x INTEGER);\n");
  private static final Script TWO =
      new Script("2-b", "ALTER TABLE a ADD COLUMN y INTEGER;\nCREATE TABLE b (x INTEGER);\n");
  private static final Script BROKEN =
      new Script("2-b", "CREATE TABLE b (x INTEGER);\nCREATE TABLE a (x INTEGER);\n");

  @TempDir Path folder;
  private Sqlite dialect;

  @BeforeEach
  void aFile() {
    dialect = new Sqlite(StoreUrl.parse("sqlite:" + folder.resolve("a.db")));
  }

  private int migrate(Script... scripts) throws SQLException {
    try (Connection connection = dialect.connect(true)) {
      return new Migrations(List.of(scripts)).migrate(dialect, new Sql(connection, "S"), "S");
    }
  }

  private String refused(Script... scripts) throws SQLException {
    try (Connection connection = dialect.connect(true)) {
      Migrations migrations = new Migrations(List.of(scripts));
      Sql sql = new Sql(connection, "S");
      return assertThrows(BadInputException.class, () -> migrations.require(dialect, sql, "S"))
          .getMessage();
    }
  }

  @Test
  void eachStepIsDoneOnce() throws SQLException {
    assertEquals(1, migrate(ONE));
    assertEquals(1, migrate(ONE, TWO));
    assertEquals(0, migrate(ONE, TWO));
  }

  @Test
  void aStoreThatIsEmptyOrOldSaysWhatToDo() throws SQLException {
    assertEquals(
        "store S: it is empty; 'drivemark store init --store S' makes its tables", refused(ONE));
    migrate(ONE);
    assertEquals(
        "store S: its schema is version 1, this Drivemark works with version 2; 'drivemark store"
            + " migrate --store S' brings it there",
        refused(ONE, TWO));
  }

  @Test
  void aNewerSchemaIsRefusedByName() throws SQLException {
    migrate(ONE, TWO);
    String message =
        "store S: its schema is version 2 (2-b), this Drivemark knows versions up to 1 (1-a); use the"
            + " newer Drivemark that made it";
    assertEquals(message, refused(ONE));
    assertEquals(message, assertThrows(BadInputException.class, () -> migrate(ONE)).getMessage());
  }

  @Test
  void anotherProgramsSchemaIsRefused() throws SQLException {
    migrate(ONE);
    Script other = new Script("1-a", ONE.text() + "\n");
    assertEquals(
        "store S: step 1 of its schema is 1-a with the digest "
            + ONE.digest()
            + ", this Drivemark has 1-a with "
            + other.digest()
            + "; it was made by another program, and is left as it is",
        refused(other));
  }

  @Test
  void aStepThatFailsChangesNothing() throws SQLException {
    migrate(ONE);
    assertThrows(UnavailableException.class, () -> migrate(ONE, BROKEN));
    try (Connection connection = dialect.connect(false)) {
      assertFalse(dialect.hasTable(new Sql(connection, "S"), "b"), "half of a step");
    }
    assertEquals(1, migrate(ONE, TWO));
  }

  @Test
  void aNewStoreIsThereWholeOrNotAtAll() throws SQLException {
    assertThrows(UnavailableException.class, () -> migrate(ONE, BROKEN));
    try (Connection connection = dialect.connect(false)) {
      assertFalse(dialect.hasTable(new Sql(connection, "S"), Migrations.TABLE), "a first step");
    }
    assertEquals(2, migrate(ONE, TWO));
  }

  @Test
  void manyAtOnceDoEachStepOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        work.add(() -> migrate(ONE, TWO));
      }
      int steps = 0;
      for (Future<Integer> done : threads.invokeAll(work)) {
        steps += done.get();
      }
      assertEquals(2, steps);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Released steps never change: a store that had one would be refused. */
  @Test
  void stepsArePinned() {
    assertEquals(
        List.of("2d02b6411e2fdd9f689d67d22dbe1f74fd40df3fb47a7b704544c62c7d6d5b35"),
        Migrations.shipped().digests());
  }
}
