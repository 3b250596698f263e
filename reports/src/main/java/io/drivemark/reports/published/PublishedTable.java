package io.drivemark.reports.published;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Rows that were published together. Immutable.
 *
 * @param name a word
 * @param title what they are about
 * @param source the publication
 * @param table which of its tables or figures
 * @param about how they were measured, as far as it is known
 * @param techniques of pruning that all its rows are about
 * @param tasks that all its rows are about
 * @param columns in its order
 * @param rows in its order
 */
public record PublishedTable(
    String name,
    String title,
    String source,
    String table,
    String about,
    Set<String> techniques,
    Set<String> tasks,
    List<PublishedColumn> columns,
    List<PublishedRow> rows) {
  public PublishedTable {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(about, "about");
    techniques = Set.copyOf(techniques);
    tasks = Set.copyOf(tasks);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** The same with these rows of it. */
  PublishedTable with(List<PublishedRow> some) {
    return new PublishedTable(name, title, source, table, about, techniques, tasks, columns, some);
  }
}
