package io.drivemark.eval.gauge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The names of a gauge's counts. Most gauges count the same numbers on every frame and have no
 * keys. Where there would be too many of which most are zero, a frame has several rows, each with
 * its keys: objects by class and size. Immutable.
 *
 * @param keys names of what tells the rows of a frame apart; empty if a frame has one row
 * @param counts names of the numbers of a row, unique
 */
public record Columns(List<String> keys, List<String> counts) {
  /** Of a gauge that counts nothing of its own. */
  public static final Columns NONE = new Columns(List.of(), List.of());

  public Columns {
    keys = List.copyOf(keys);
    counts = List.copyOf(counts);
    List<String> all = new ArrayList<>(keys);
    all.addAll(counts);
    if (new HashSet<>(all).size() < all.size()) {
      throw new IllegalArgumentException("columns: a name occurs twice in " + all);
    }
  }

  // Written out here: what Java makes for records is linked at its first use, which delays a start.
  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Columns columns
            && keys.equals(columns.keys)
            && counts.equals(columns.counts);
  }

  @Override
  public int hashCode() {
    return 31 * keys.hashCode() + counts.hashCode();
  }

  /** One row a frame. */
  public static Columns of(List<String> counts) {
    return new Columns(List.of(), counts);
  }

  /** Whether nothing is counted. */
  public boolean isEmpty() {
    return counts.isEmpty();
  }
}
