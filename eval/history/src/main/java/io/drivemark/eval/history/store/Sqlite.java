package io.drivemark.eval.history.store;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A store in one file. Writers wait for each other up to a minute; what is committed survives the
 * loss of power. The write-ahead log, with which readers need not wait for a writer, shares memory
 * between processes, which network file systems do not have: there the file is damaged without a
 * word. So it is used on file systems that are known to be local alone.
 *
 * <p><b>Where SQLite does not wait.</b> It waits for a lock as long as it is told to, if whoever
 * asks holds none yet. One that reads already and now wants to write is refused at once, since two
 * of that kind would wait for each other for ever, and one whose state is not the newest any more
 * is refused however long it waits. So each transaction that writes says so as it begins, and the
 * time to wait is a property of the connection, before the first statement. The one statement that
 * first reads and then writes whatever one does is the one that goes over to the write-ahead log:
 * of several processes that open one new store it refuses some, which try again. What else needs
 * the file as a whole, the recovery of a log for example, begins without a lock and waits.
 */
final class Sqlite implements Dialect {
  private static final int WAIT_MS = 60_000;

  /** How long one that was refused waits until it tries again. */
  private static final int PAUSE_MS = 5;

  /** SQLite's number for a lock that was not had; finer numbers have it as their lower byte. */
  private static final int BUSY = 5;

  /** Types of file systems, as Java and the systems call them, that lie on one machine. */
  private static final Set<String> LOCAL =
      Set.of(
          "apfs",
          "bcachefs",
          "btrfs",
          "ext2",
          "ext3",
          "ext4",
          "f2fs",
          "hfs",
          "jfs",
          "ntfs",
          "overlay",
          "ramfs",
          "reiserfs",
          "tmpfs",
          "ufs",
          "xfs",
          "zfs");

  private final StoreUrl url;
  private final Path file;
  private final int waitMs;

  Sqlite(StoreUrl url) {
    this(url, WAIT_MS);
  }

  /**
   * @param waitMs how long another writer is waited for
   */
  Sqlite(StoreUrl url, int waitMs) {
    this.url = url;
    this.file = url.file().orElseThrow();
    this.waitMs = waitMs;
  }

  @Override
  public Connection connect(boolean create) {
    if (!Files.exists(file) && !create) {
      throw new BadInputException(
          "store "
              + url
              + ": there is no such file; 'drivemark store init --store "
              + url
              + "' makes an empty store");
    }
    Path folder = file.getParent();
    if (!Files.isDirectory(folder)) {
      throw new BadInputException("store " + url + ": there is no folder " + folder);
    }
    Properties properties = new Properties();
    properties.setProperty("busy_timeout", Integer.toString(waitMs));
    try {
      Connection connection = DriverManager.getConnection(url.jdbc(), properties);
      try {
        Sql sql = new Sql(connection, url.text());
        keepJournal(sql, isLocal(type(folder)) ? "WAL" : "DELETE");
        sql.run("PRAGMA synchronous=FULL");
        sql.run("PRAGMA foreign_keys=ON");
        return connection;
      } catch (RuntimeException e) {
        Closer.after(e, connection);
        throw e;
      }
    } catch (SQLException e) {
      throw new UnavailableException(
          "store " + url + ": cannot be opened: " + String.valueOf(e.getMessage()).strip(), e);
    }
  }

  @Override
  public boolean isThere() {
    return Files.exists(file);
  }

  /** Sets how commits are kept; tries again for as long as another writer is waited for. */
  private void keepJournal(Sql sql, String mode) {
    long start = System.nanoTime();
    while (true) {
      try {
        sql.all("PRAGMA journal_mode=" + mode, r -> r.text(1));
        return;
      } catch (UnavailableException e) {
        if (!isBusy(e)) {
          throw e;
        }
        if (System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(waitMs)) {
          throw Dialect.waited(url, waitMs, e);
        }
      }
      pause();
    }
  }

  private void pause() {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException(
          "store " + url + ": interrupted while another process made it", e);
    }
  }

  private static boolean isBusy(UnavailableException e) {
    return e.getCause() instanceof SQLException cause && (cause.getErrorCode() & 0xFF) == BUSY;
  }

  private static String type(Path folder) {
    try {
      return Files.getFileStore(folder).type();
    } catch (IOException e) {
      throw new UnavailableException(folder + ": cannot be looked at: " + e.getMessage(), e);
    }
  }

  /** Whether a file system is known to lie on one machine; one that nobody knows is not. */
  static boolean isLocal(String type) {
    return LOCAL.contains(type.toLowerCase(Locale.ROOT));
  }

  @Override
  public void beginWriting(Sql sql) {
    try {
      sql.run("BEGIN IMMEDIATE");
    } catch (UnavailableException e) {
      throw isBusy(e) ? Dialect.waited(url, waitMs, e) : e;
    }
  }

  @Override
  public void beginReading(Sql sql) {
    sql.run("BEGIN");
  }

  @Override
  public boolean hasTable(Sql sql, String name) {
    return !sql.all(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?",
            r -> r.text(1),
            name)
        .isEmpty();
  }

  @Override
  public String words(String migration) {
    return migration.replaceAll("/\\*sqlite ([A-Z ]+)\\*/", "$1");
  }

  @Override
  public long bytes(Sql sql) {
    long pages = sql.one("PRAGMA page_count", r -> r.number(1)).orElseThrow();
    return pages * sql.one("PRAGMA page_size", r -> r.number(1)).orElseThrow();
  }

  @Override
  public String warning() {
    Path folder = file.getParent();
    String type = type(folder);
    return isLocal(type)
        ? ""
        : "store "
            + url
            + ": "
            + folder
            + " is of the type "
            + type
            + ", which may be shared over a network: the store is kept without a write-ahead log, and"
            + " several machines must not write into it; use postgresql:// for a team";
  }
}
