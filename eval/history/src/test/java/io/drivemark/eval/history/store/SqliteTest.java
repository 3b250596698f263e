package io.drivemark.eval.history.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.drivemark.eval.history.nightly.MemoryFolder;
import io.drivemark.eval.history.store.Migrations.Script;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several that have one file open: who waits, for how long, and what they leave. */
class SqliteTest {
  private static final int THREADS = 3;
  private static final int STORES = 150;
  private static final Migrations STEPS =
      new Migrations(
          List.of(
              new Script("1-a", "CREATE TABLE a (x INTEGER);"),
              new Script("2-b", "CREATE TABLE b (x INTEGER);")));

  @TempDir(factory = MemoryFolder.class)
  Path folder;

  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);
  private StoreUrl url;

  @BeforeEach
  void aFile() {
    url = StoreUrl.parse("sqlite:" + folder.resolve("a.db"));
  }

  @AfterEach
  void endThreads() {
    pool.shutdownNow();
  }

  @Test
  void manyThatMakeOneStoreAtOnceAllWriteIntoIt() throws Exception {
    for (int store = 0; store < STORES; store++) {
      AtomicInteger there = new AtomicInteger();
      StoreUrl fresh = StoreUrl.parse("sqlite:" + folder.resolve(store + ".db"));
      List<Callable<Integer>> work = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int row = i;
        work.add(
            () -> {
              there.incrementAndGet();
              while (there.get() < THREADS) {
                Thread.onSpinWait(); // who is woken comes too late to meet the others
              }
              return made(fresh, row);
            });
      }
      int steps = 0;
      for (Future<Integer> done : pool.invokeAll(work)) {
        steps += done.get();
      }
      assertEquals(2, steps, "store " + store);
      assertEquals(LongStream.range(0, THREADS).boxed().toList(), rows(fresh), "store " + store);
    }
  }

  /** Opens a store, makes its tables where there are none, and adds a row. */
  private static int made(StoreUrl url, int row) throws SQLException {
    Sqlite dialect = new Sqlite(url);
    try (Connection connection = dialect.connect(true)) {
      Sql sql = new Sql(connection, url.text());
      int steps = STEPS.migrate(dialect, sql, url.text());
      Transaction.writing(
          dialect, sql, () -> sql.change("INSERT INTO a (x) VALUES (?)", (long) row));
      return steps;
    }
  }

  private static List<Long> rows(StoreUrl url) throws SQLException {
    try (Connection connection = new Sqlite(url).connect(false)) {
      return new Sql(connection, url.text()).all("SELECT x FROM a ORDER BY x", r -> r.number(1));
    }
  }

  /** SQLite itself refuses that one at once. */
  @Test
  void whoOpensAFileThatAnotherHasForItselfWaits() throws Exception {
    assumeThereIsALog();
    try (Connection other = DriverManager.getConnection(url.jdbc())) {
      Sql held = new Sql(other, url.text());
      held.run("BEGIN IMMEDIATE");
      Future<Integer> opened = pool.submit(() -> made(url, 7));
      assertThrows(TimeoutException.class, () -> opened.get(300, TimeUnit.MILLISECONDS));
      held.run("COMMIT");
      assertEquals(2, opened.get(1, TimeUnit.MINUTES));
    }
    assertEquals(List.of(7L), rows(url));
  }

  @Test
  void whoHasTheFileForTooLongIsNotWaitedFor() throws Exception {
    assumeThereIsALog();
    Sqlite waiting = new Sqlite(url, 1000);
    try (Connection other = DriverManager.getConnection(url.jdbc())) {
      Sql held = new Sql(other, url.text());
      held.run("BEGIN IMMEDIATE");
      assertEquals(
          tooLong(),
          assertThrows(UnavailableException.class, () -> waiting.connect(true)).getMessage());
    }
  }

  @Test
  void aWriterThatHangsIsNotWaitedForForEver() throws SQLException {
    Sqlite waiting = new Sqlite(url, 1000);
    try (Connection one = waiting.connect(true);
        Connection other = waiting.connect(false)) {
      waiting.beginWriting(new Sql(one, url.text()));
      Sql sql = new Sql(other, url.text());
      assertEquals(
          tooLong(),
          assertThrows(UnavailableException.class, () -> Transaction.writing(waiting, sql, () -> 0))
              .getMessage());
      assertEquals(7, Transaction.reading(waiting, sql, () -> 7), "readers need not wait");
    }
  }

  private String tooLong() {
    return "store "
        + url
        + ": another process writes into it and did not end within 1 s; run the command again when"
        + " it has";
  }

  /** Without a log a commit waits for readers; the next transaction is not within that one. */
  @Test
  void whatCannotBeCommittedIsUndone() throws SQLException {
    Properties shortly = new Properties();
    shortly.setProperty("busy_timeout", "50");
    Sqlite dialect = new Sqlite(url);
    try (Connection reader = DriverManager.getConnection(url.jdbc());
        Connection writer = DriverManager.getConnection(url.jdbc(), shortly)) {
      Sql reading = new Sql(reader, url.text());
      Sql writing = new Sql(writer, url.text());
      writing.run("CREATE TABLE a (x INTEGER)");
      reading.run("BEGIN");
      reading.all("SELECT x FROM a", r -> r.number(1));
      assertThrows(
          UnavailableException.class,
          () ->
              Transaction.writing(
                  dialect, writing, () -> writing.change("INSERT INTO a (x) VALUES (1)")));
      reading.run("COMMIT");
      Transaction.writing(dialect, writing, () -> writing.change("INSERT INTO a (x) VALUES (2)"));
    }
    assertEquals(List.of(2L), rows(url));
  }

  private void assumeThereIsALog() throws Exception {
    String type = Files.getFileStore(folder).type();
    assumeTrue(Sqlite.isLocal(type), "no write-ahead log on " + type);
  }
}
