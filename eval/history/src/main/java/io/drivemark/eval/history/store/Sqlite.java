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
import java.util.Set;

/**
 * A store in one file. Writers wait for each other up to a minute; what is committed survives the
 * loss of power. The write-ahead log, with which readers need not wait for a writer, shares memory
 * between processes, which network file systems do not have: there the file is damaged without a
 * word. So it is used on file systems that are known to be local alone.
 */
final class Sqlite implements Dialect {
  private static final int WAIT_MS = 60_000;

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

  Sqlite(StoreUrl url) {
    this.url = url;
    this.file = url.file().orElseThrow();
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
    try {
      Connection connection = DriverManager.getConnection(url.jdbc());
      try {
        Sql sql = new Sql(connection, url.text());
        sql.run("PRAGMA busy_timeout=" + WAIT_MS);
        sql.all(
            "PRAGMA journal_mode=" + (isLocal(type(folder)) ? "WAL" : "DELETE"), r -> r.text(1));
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
    sql.run("BEGIN IMMEDIATE");
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
