package io.drivemark.architectures.pruning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Channels by number, tied into sets that stay or go together: union-find. A set may be locked,
 * with the first reason that was given. For one thread.
 */
final class TiedChannels {
  private final List<Integer> parents = new ArrayList<>();
  private final List<String> locks = new ArrayList<>(); // at the roots; null where free
  private final List<String> makers = new ArrayList<>();

  /**
   * New channels, tied to nothing.
   *
   * @param maker the node or input that makes them
   * @return their numbers
   */
  int[] fresh(String maker, int count) {
    int[] made = new int[count];
    for (int i = 0; i < count; i++) {
      made[i] = parents.size();
      parents.add(made[i]);
      locks.add(null);
      makers.add(maker);
    }
    return made;
  }

  /** Ties the channels at equal places of two arrays of one length. */
  void tie(int[] left, int[] right) {
    for (int i = 0; i < left.length; i++) {
      int a = root(left[i]);
      int b = root(right[i]);
      if (a != b) {
        parents.set(Math.max(a, b), Math.min(a, b));
        if (locks.get(Math.min(a, b)) == null) {
          locks.set(Math.min(a, b), locks.get(Math.max(a, b)));
        }
      }
    }
  }

  /** Locks the sets of some channels, each that is not locked yet. */
  void lock(int[] channels, String reason) {
    for (int channel : channels) {
      if (locks.get(root(channel)) == null) {
        locks.set(root(channel), reason);
      }
    }
  }

  /**
   * The sets, numbered in the order of their first channels.
   *
   * @param ids the channels of each value
   */
  ChannelGroups groups(Map<String, int[]> ids) {
    Map<Integer, Integer> units = new LinkedHashMap<>();
    List<Optional<String>> unitLocks = new ArrayList<>();
    List<TreeSet<String>> producers = new ArrayList<>();
    for (int id = 0; id < parents.size(); id++) {
      int root = root(id);
      Integer unit = units.get(root);
      if (unit == null) {
        unit = units.size();
        units.put(root, unit);
        unitLocks.add(Optional.ofNullable(locks.get(root)));
        producers.add(new TreeSet<>());
      }
      producers.get(unit).add(makers.get(id));
    }
    Map<String, int[]> byValue = new LinkedHashMap<>();
    ids.forEach(
        (value, channels) ->
            byValue.put(value, Arrays.stream(channels).map(i -> units.get(root(i))).toArray()));
    return new ChannelGroups(byValue, unitLocks, producers);
  }

  private int root(int id) {
    int at = id;
    while (parents.get(at) != at) {
      parents.set(at, parents.get(parents.get(at)));
      at = parents.get(at);
    }
    return at;
  }
}
