package io.drivemark.eval.history.store;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Ids of rows that many others point to. A row is looked up by what it is, and made where there is
 * none; since there is one writer at a time, the next id is one more than the highest. Within one
 * transaction of a writer alone.
 */
final class Ids {
  private final Sql sql;
  private final Map<List<Object>, Long> known = new HashMap<>();
  private final Map<String, Long> highest = new HashMap<>();

  Ids(Sql sql) {
    this.sql = sql;
  }

  /** The next id of a table. */
  long next(String table) {
    return highest.merge(
        table,
        sql.one("SELECT COALESCE(MAX(id), 0) FROM " + table, r -> r.number(1)).orElseThrow() + 1,
        (last, read) -> last + 1);
  }

  /**
   * The id of a row.
   *
   * @param columns after the id, by commas; the first ones tell rows apart
   * @param keys how many do
   * @param values of the columns
   */
  long of(String table, String columns, int keys, Object... values) {
    List<Object> key = new java.util.ArrayList<>(List.of(table));
    key.addAll(List.of(values).subList(0, keys));
    Long found = known.get(key);
    if (found == null) {
      found = lookedUp(table, columns, keys, values).orElseGet(() -> made(table, columns, values));
      known.put(key, found);
    }
    return found;
  }

  private Optional<Long> lookedUp(String table, String columns, int keys, Object[] values) {
    String[] names = columns.split(", ");
    StringBuilder where = new StringBuilder();
    Object[] parameters = new Object[keys];
    for (int i = 0; i < keys; i++) {
      where.append(i == 0 ? "" : " AND ").append(names[i]).append(" = ?");
      parameters[i] = values[i];
    }
    return sql.one("SELECT id FROM " + table + " WHERE " + where, r -> r.number(1), parameters);
  }

  private long made(String table, String columns, Object[] values) {
    long id = next(table);
    Object[] all = new Object[values.length + 1];
    all[0] = id;
    System.arraycopy(values, 0, all, 1, values.length);
    sql.change(
        "INSERT INTO "
            + table
            + " (id, "
            + columns
            + ") VALUES ("
            + String.join(", ", Collections.nCopies(all.length, "?"))
            + ")",
        all);
    return id;
  }
}
