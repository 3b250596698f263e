package io.drivemark.eval.gauge;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * Numbers of at least 0 that a gauge counted on a frame, or their sum over frames. What can have
 * either sign is counted as two numbers. Adding is exact, so any partition of the frames gives the
 * same. Immutable.
 */
public final class Counts {
  private final Columns columns;
  private final Map<List<String>, long[]> rows;

  private Counts(Columns columns, Map<List<String>, long[]> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * The one row of a frame.
   *
   * @param numbers one for each count of the columns, in their order; copied
   * @throws IllegalArgumentException if there are more or fewer, or the columns have keys
   */
  public static Counts of(Columns columns, long... numbers) {
    return new Rows(columns).add(List.of(), numbers).counts();
  }

  /** No rows, or for columns without keys one row of zeros. */
  public static Counts zero(Columns columns) {
    return columns.keys().isEmpty()
        ? of(columns, new long[columns.counts().size()])
        : new Rows(columns).counts();
  }

  /** Counts at work, for one thread. */
  public static final class Rows {
    private final Columns columns;
    private final Map<List<String>, long[]> rows = new LinkedHashMap<>();

    public Rows(Columns columns) {
      this.columns = Objects.requireNonNull(columns, "columns");
    }

    /**
     * Adds a row, to one of the same keys where there is one.
     *
     * @param keys one for each key of the columns
     * @param numbers one for each count of the columns; copied
     * @throws IllegalArgumentException if there are more or fewer, or one is below 0
     * @throws ArithmeticException if a sum leaves the range of {@code long}
     */
    public Rows add(List<String> keys, long... numbers) {
      if (keys.size() != columns.keys().size() || numbers.length != columns.counts().size()) {
        throw new IllegalArgumentException(
            "counts: found "
                + keys.size()
                + " keys and "
                + numbers.length
                + " numbers, expected "
                + columns.keys().size()
                + " and "
                + columns.counts().size());
      }
      for (long number : numbers) {
        if (number < 0) {
          throw new IllegalArgumentException("counts: " + number + " is below 0");
        }
      }
      long[] row = rows.computeIfAbsent(List.copyOf(keys), k -> new long[numbers.length]);
      for (int i = 0; i < numbers.length; i++) {
        row[i] = Math.addExact(row[i], numbers[i]);
      }
      return this;
    }

    /** What was added so far; the rows in the order in which they were first added. */
    public Counts counts() {
      Map<List<String>, long[]> copy = new LinkedHashMap<>();
      rows.forEach((keys, numbers) -> copy.put(keys, numbers.clone()));
      return new Counts(columns, copy);
    }
  }

  /**
   * The sum.
   *
   * @param columns of all of them
   * @throws IllegalArgumentException if one has other columns
   */
  public static Counts sum(Columns columns, Iterable<Counts> all) {
    Rows sum = new Rows(columns);
    for (Counts counts : all) {
      if (!counts.columns.equals(columns)) {
        throw new IllegalArgumentException(
            "counts: of " + counts.columns + " cannot be added to those of " + columns);
      }
      counts.rows.forEach(sum::add);
    }
    return sum.rows.isEmpty() ? zero(columns) : sum.counts();
  }

  public Columns columns() {
    return columns;
  }

  /**
   * The numbers of the one row, in the columns' order.
   *
   * @throws IllegalStateException if the columns have keys
   */
  public long[] numbers() {
    if (!columns.keys().isEmpty()) {
      throw new IllegalStateException("counts: rows are told apart by " + columns.keys());
    }
    return rows.get(List.of()).clone();
  }

  /**
   * A number of the one row.
   *
   * @throws IllegalArgumentException if there is no such count
   */
  public long number(String name) {
    int column = columns.counts().indexOf(name);
    if (column < 0) {
      throw new IllegalArgumentException("counts: no column '" + name + "' among " + columns);
    }
    return numbers()[column];
  }

  /** Gives each row with its keys and a copy of its numbers. */
  public void forEach(BiConsumer<List<String>, long[]> action) {
    rows.forEach((keys, numbers) -> action.accept(keys, numbers.clone()));
  }

  /** The rows by their keys. */
  private Map<List<String>, List<Long>> values() {
    Map<List<String>, List<Long>> out = new LinkedHashMap<>();
    rows.forEach((keys, n) -> out.put(keys, Arrays.stream(n).boxed().toList()));
    return Collections.unmodifiableMap(out);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Counts counts
        && columns.equals(counts.columns)
        && values().equals(counts.values());
  }

  @Override
  public int hashCode() {
    return Objects.hash(columns, values());
  }

  @Override
  public String toString() {
    return "Counts" + values();
  }
}
