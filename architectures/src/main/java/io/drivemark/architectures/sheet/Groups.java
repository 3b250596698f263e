package io.drivemark.architectures.sheet;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;

/**
 * A graph's vertices put together in groups, so that the groups again form a graph without cycles.
 * Vertices are 0…n−1 in topological order. Not thread-safe.
 */
final class Groups {
  private final List<List<Integer>> predecessors;
  private final int[] group;

  /**
   * @param predecessors of each vertex, all of lower numbers
   * @param group of each vertex; groups that would form a cycle are united
   */
  Groups(List<List<Integer>> predecessors, int[] group) {
    this.predecessors = predecessors;
    this.group = group.clone();
    uniteCycles();
  }

  /** The group of a vertex. */
  int of(int vertex) {
    return group[vertex];
  }

  /** All groups, in the order of their first vertices. */
  List<Integer> all() {
    List<Integer> all = new ArrayList<>();
    for (int g : group) {
      if (!all.contains(g)) {
        all.add(g);
      }
    }
    return all;
  }

  /** The vertices of a group, ascending. */
  List<Integer> members(int wanted) {
    List<Integer> members = new ArrayList<>();
    for (int v = 0; v < group.length; v++) {
      if (group[v] == wanted) {
        members.add(v);
      }
    }
    return members;
  }

  /** The groups that a group reads. */
  TreeSet<Integer> before(int wanted) {
    TreeSet<Integer> before = new TreeSet<>();
    for (int v = 0; v < group.length; v++) {
      if (group[v] == wanted) {
        predecessors.get(v).forEach(p -> before.add(group[p]));
      }
    }
    before.remove(wanted);
    return before;
  }

  /** The groups that read a group. */
  TreeSet<Integer> after(int wanted) {
    TreeSet<Integer> after = new TreeSet<>();
    for (int v = 0; v < group.length; v++) {
      int reader = group[v];
      if (reader != wanted && predecessors.get(v).stream().anyMatch(p -> group[p] == wanted)) {
        after.add(reader);
      }
    }
    return after;
  }

  /** Whether two groups stand in a chain: only the second reads the first, and reads only it. */
  boolean chained(int first, int second) {
    TreeSet<Integer> after = after(first);
    TreeSet<Integer> before = before(second);
    return after.size() == 1
        && after.first() == second
        && before.size() == 1
        && before.first() == first;
  }

  /** Puts one group into another; the caller sees to it that no cycle comes of it. */
  void unite(int kept, int dropped) {
    for (int v = 0; v < group.length; v++) {
      if (group[v] == dropped) {
        group[v] = kept;
      }
    }
  }

  private void uniteCycles() {
    int size = group.length;
    BitSet[] reached = new BitSet[size];
    for (int g = 0; g < size; g++) {
      reached[g] = new BitSet(size);
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int v = 0; v < size; v++) {
        for (int p : predecessors.get(v)) {
          if (group[p] != group[v]) {
            BitSet seen = reached[group[v]];
            int before = seen.cardinality();
            seen.set(group[p]);
            seen.or(reached[group[p]]);
            changed |= seen.cardinality() > before;
          }
        }
      }
    }
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < a; b++) {
        int x = group[a];
        int y = group[b];
        if (x != y && reached[x].get(y) && reached[y].get(x)) {
          unite(y, x);
          reached[y].or(reached[x]);
        }
      }
    }
  }
}
