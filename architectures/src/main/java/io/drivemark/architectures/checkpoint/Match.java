package io.drivemark.architectures.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one set of tensors fits a network: what was found and what stands in the way. Filled by
 * {@link Matcher}; not thread-safe.
 */
final class Match {
  private final WeightSet set;
  private final String prefix;
  private final Map<String, String> found = new LinkedHashMap<>();
  private final List<String> missing = new ArrayList<>();
  private final List<Misshapen> misshapen = new ArrayList<>();
  private final List<String> leftover = new ArrayList<>();
  private final List<String> twice = new ArrayList<>();
  private final List<String> rivals = new ArrayList<>();
  private final List<String> reshaped = new ArrayList<>();
  private final List<String> unwrapped = new ArrayList<>();
  private final Map<String, Integer> aside = new TreeMap<>();

  /** A tensor of another shape or type than its weight. */
  record Misshapen(String weight, String fileName, int[] found, int[] expected, String text) {}

  Match(WeightSet set, String prefix) {
    this.set = set;
    this.prefix = prefix;
  }

  WeightSet set() {
    return set;
  }

  /** What all names of weights begin with in the file; may be empty. */
  String prefix() {
    return prefix;
  }

  /** Names in the file by name of the weight. */
  Map<String, String> found() {
    return found;
  }

  /** Weights that the file lacks. */
  List<String> missing() {
    return missing;
  }

  List<Misshapen> misshapen() {
    return misshapen;
  }

  /** Names in the file that the network has no place for. */
  List<String> leftover() {
    return leftover;
  }

  /** Names in the file that mean a weight another name means, too. */
  List<String> twice() {
    return twice;
  }

  /** Other prefixes under which the file has all weights, too. */
  List<String> rivals() {
    return rivals;
  }

  /** Weights stored with more or fewer extents of one. */
  List<String> reshaped() {
    return reshaped;
  }

  /** Wrappers within names that were taken off. */
  List<String> unwrapped() {
    return unwrapped;
  }

  /** How many tensors were left aside, by what a note calls them. */
  Map<String, Integer> aside() {
    return aside;
  }

  void leaveAside(String label) {
    aside.merge(label, 1, Integer::sum);
  }

  /** Whether every weight is there and every tensor is accounted for. */
  boolean isComplete() {
    return missing.isEmpty()
        && misshapen.isEmpty()
        && leftover.isEmpty()
        && twice.isEmpty()
        && rivals.isEmpty();
  }

  /** Weights found with their shapes. */
  int score() {
    return found.size() - misshapen.size();
  }
}
