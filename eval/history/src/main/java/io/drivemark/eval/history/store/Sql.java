package io.drivemark.eval.history.store;

import io.drivemark.problem.UnavailableException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * SQL over one connection: parameters by their kinds, rows as values, failures as sentences. What
 * is undefined is NULL: SQLite keeps no NaN, so none is given to either database; −0.0 is given as
 * 0.0, which is all that SQLite keeps. For one thread.
 */
final class Sql {
  private final Connection connection;
  private final String store;

  /**
   * @param store how messages call it
   */
  Sql(Connection connection, String store) {
    this.connection = connection;
    this.store = store;
  }

  /** What is made of a row. */
  interface Row<T> {
    T of(Columns columns) throws SQLException;
  }

  /** The columns of a row, by their number from 1. */
  static final class Columns {
    private final ResultSet set;

    private Columns(ResultSet set) {
      this.set = set;
    }

    String text(int column) throws SQLException {
      return set.getString(column);
    }

    Optional<String> maybeText(int column) throws SQLException {
      return Optional.ofNullable(set.getString(column));
    }

    long number(int column) throws SQLException {
      return set.getLong(column);
    }

    int small(int column) throws SQLException {
      return Math.toIntExact(set.getLong(column));
    }

    OptionalLong maybeNumber(int column) throws SQLException {
      long value = set.getLong(column);
      return set.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    double real(int column) throws SQLException {
      return set.getDouble(column);
    }

    /** The first columns, as they are: whole numbers, reals, texts, null. */
    List<Object> plain(int columns) throws SQLException {
      List<Object> out = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        Object value = set.getObject(i);
        out.add(value instanceof Integer number ? Long.valueOf(number) : value);
      }
      return out;
    }

    OptionalDouble maybeReal(int column) throws SQLException {
      double value = set.getDouble(column);
      return set.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
  }

  /** All rows of a query. */
  <T> List<T> all(String sql, Row<T> row, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      try (ResultSet set = statement.executeQuery()) {
        Columns columns = new Columns(set);
        List<T> out = new ArrayList<>();
        while (set.next()) {
          out.add(row.of(columns));
        }
        return out;
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The row of a query that has one or none. */
  <T> Optional<T> one(String sql, Row<T> row, Object... parameters) {
    List<T> rows = all(sql, row, parameters);
    if (rows.size() > 1) {
      throw new IllegalStateException(rows.size() + " rows, at most one expected: " + sql);
    }
    return rows.stream().findFirst();
  }

  /** Changes rows, and says how many. */
  int change(String sql, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Changes many rows by one statement. */
  void changeAll(String sql, List<Object[]> rows) {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (Object[] row : rows) {
        bind(statement, row);
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Runs statements that have no parameters. */
  void run(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static void bind(PreparedStatement statement, Object[] parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, plain(parameters[i]));
    }
  }

  private static Object plain(Object value) {
    if (value instanceof Optional<?> maybe) {
      return maybe.map(Sql::plain).orElse(null);
    }
    if (value instanceof OptionalDouble maybe) {
      return maybe.isPresent() ? plain(maybe.getAsDouble()) : null;
    }
    if (value instanceof OptionalLong maybe) {
      return maybe.isPresent() ? maybe.getAsLong() : null;
    }
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (value instanceof Double number) {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException(number + " is no value of a store: leave it out");
      }
      return number + 0.0; // −0.0 becomes 0.0
    }
    return value instanceof String text ? kept(text) : value;
  }

  /** PostgreSQL keeps neither the character 0 nor halves of characters: both give way in both. */
  private static String kept(String text) {
    String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    return whole.replace('\0', '\uFFFD');
  }

  /** What went wrong, for people. */
  UnavailableException failed(SQLException e) {
    return new UnavailableException(
        "store " + store + ": " + String.valueOf(e.getMessage()).strip(), e);
  }
}
