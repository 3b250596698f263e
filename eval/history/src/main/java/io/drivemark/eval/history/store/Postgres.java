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
 * after the other, so that no two wait for each other's rows.
 */
final class Postgres implements Dialect {
  private static final long LOCK = 0x4452_4956_454D_4152L; // DRIVEMAR
  private static final String SECONDS = "10";

  private final StoreUrl url;
  private final Optional<String> password;

  Postgres(StoreUrl url, Optional<String> password) {
    this.url = url;
    this.password = password;
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
    sql.all("SELECT pg_advisory_xact_lock(" + LOCK + ")", r -> 0);
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
