package io.drivemark.eval.history.store;

import io.drivemark.problem.UnavailableException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/**
 * A store in a PostgreSQL database, in the schema that is first in the connection's search path.
 * Writers take turns by an advisory lock that their transaction holds: nights are taken in one
 * after the other, so that no two wait for each other's rows. One that hangs is waited for ten
 * minutes.
 */
final class Postgres implements Dialect {
  private static final long LOCK = 0x4452_4956_454D_4152L; // DRIVEMAR
  private static final String SECONDS = "10";

  /** Nights of a whole team are taken in within this; a writer that hangs never ends. */
  private static final int WAIT_MS = 600_000;

  /** What the server says of a lock that was not had in time. */
  private static final String NOT_IN_TIME = "55P03";

  private final StoreUrl url;
  private final Optional<String> password;
  private final int waitMs;

  Postgres(StoreUrl url, Optional<String> password) {
    this(url, password, WAIT_MS);
  }

  /**
   * @param waitMs how long another writer is waited for
   */
  Postgres(StoreUrl url, Optional<String> password, int waitMs) {
    this.url = url;
    this.password = password;
    this.waitMs = waitMs;
  }

  @Override
  public Connection connect(boolean create) {
    Properties properties = new Properties();
    url.user().ifPresent(user -> properties.setProperty("user", user));
    password.ifPresent(word -> properties.setProperty("password", word));
    properties.setProperty("connectTimeout", SECONDS);
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("ApplicationName", "drivemark");
    try {
      return DriverManager.getConnection(url.jdbc(), properties);
    } catch (SQLException e) {
      throw new UnavailableException(
          "store "
              + url
              + ": cannot be reached: "
              + String.valueOf(e.getMessage()).strip()
              + (password.isEmpty() ? " (no password is set in " + StoreUrl.PASSWORD + ")" : ""),
          e);
    }
  }

  @Override
  public boolean isThere() {
    return true;
  }

  @Override
  public void beginWriting(Sql sql) {
    sql.run("BEGIN");
    sql.run("SET LOCAL lock_timeout = " + waitMs);
    try {
      sql.all("SELECT pg_advisory_xact_lock(" + LOCK + ")", r -> 0);
    } catch (UnavailableException e) {
      if (e.getCause() instanceof SQLException cause && NOT_IN_TIME.equals(cause.getSQLState())) {
        throw Dialect.waited(url, waitMs, e);
      }
      throw e;
    }
  }

  @Override
  public void beginReading(Sql sql) {
    sql.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  }

  @Override
  public boolean hasTable(Sql sql, String name) {
    return sql.one("SELECT to_regclass(?) IS NOT NULL", r -> r.text(1), name)
        .filter(text -> text.startsWith("t"))
        .isPresent();
  }

  @Override
  public String words(String migration) {
    return migration;
  }

  @Override
  public long bytes(Sql sql) {
    return sql.one(
            "SELECT COALESCE(SUM(pg_total_relation_size(c.oid)), 0) FROM pg_class c WHERE c.relkind"
                + " = 'r' AND c.relnamespace = current_schema()::regnamespace",
            r -> r.number(1))
        .orElseThrow();
  }

  @Override
  public String warning() {
    return "";
  }
}
