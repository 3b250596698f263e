package io.drivemark.eval.metrics.instance;

import io.drivemark.datasets.Instances;
import io.drivemark.datasets.LabelMap;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What the objects of some frames got right, as integers: for each kind of object and each size in
 * pixels, how many objects there were and how many of their pixels were right. An object's weight
 * depends on its kind and size alone, so nothing else is needed; adding is exact and any partition
 * of the frames gives the same counts. Immutable.
 */
public final class InstanceCounts {

  /**
   * Objects of one kind and size.
   *
   * @param objects how many
   * @param right their pixels predicted as their class
   * @param rightCategory their pixels predicted as any class of their category
   */
  public record Group(long objects, long right, long rightCategory) {
    public Group {
      if (objects < 0 || right < 0 || rightCategory < right) {
        throw new IllegalArgumentException(
            "instances: " + objects + " objects, " + right + " right, " + rightCategory);
      }
    }

    Group plus(Group other) {
      return new Group(
          Math.addExact(objects, other.objects),
          Math.addExact(right, other.right),
          Math.addExact(rightCategory, other.rightCategory));
    }
  }

  private final InstanceRules rules;
  private final List<TreeMap<Long, Group>> bySize; // by kind: size → group

  private InstanceCounts(InstanceRules rules, List<TreeMap<Long, Group>> bySize) {
    this.rules = rules;
    this.bySize = bySize;
  }

  /** The counts of no frame. */
  public static InstanceCounts empty(InstanceRules rules) {
    List<TreeMap<Long, Group>> bySize = new ArrayList<>();
    for (int kind = 0; kind < rules.kinds().size(); kind++) {
      bySize.add(new TreeMap<>());
    }
    return new InstanceCounts(rules, bySize);
  }

  /**
   * Counts one frame in one pass over it, whatever the number of objects.
   *
   * @throws BadInputException if sizes or label spaces differ
   */
  public static InstanceCounts of(
      InstanceRules rules, LabelMap truth, LabelMap prediction, Instances objects) {
    requireEqual("a prediction", truth, prediction.height(), prediction.width());
    requireEqual("object numbers", truth, objects.height(), objects.width());
    if (!truth.space().equals(rules.space()) || !prediction.space().equals(rules.space())) {
      throw new BadInputException(
          "instances: truth over "
              + truth.space().name()
              + ", prediction over "
              + prediction.space().name()
              + ", rules over "
              + rules.space().name()
              + "; choose a mapping");
    }
    ObjectTable table = new ObjectTable(rules);
    table.count(truth.pixels(), prediction.pixels(), objects);
    InstanceCounts counts = empty(rules);
    table.forEach((kind, size, group) -> counts.bySize.get(kind).merge(size, group, Group::plus));
    return counts;
  }

  /** Counts that were stored; see {@link #groups(int)}. */
  public static InstanceCounts of(InstanceRules rules, List<Map<Long, Group>> groups) {
    if (groups.size() != rules.kinds().size()) {
      throw new IllegalArgumentException(
          "instances: " + groups.size() + " kinds, expected " + rules.kinds().size());
    }
    InstanceCounts counts = empty(rules);
    for (int kind = 0; kind < groups.size(); kind++) {
      for (Map.Entry<Long, Group> e : groups.get(kind).entrySet()) {
        if (e.getKey() < 1
            || e.getValue().rightCategory()
                > Math.multiplyExact(e.getKey(), e.getValue().objects())) {
          throw new IllegalArgumentException(
              "instances: more right pixels than " + e.getKey() + " each: " + e.getValue());
        }
        counts.bySize.get(kind).put(e.getKey(), e.getValue());
      }
    }
    return counts;
  }

  /**
   * The counts of both.
   *
   * @throws IllegalArgumentException if the rules differ
   */
  public InstanceCounts plus(InstanceCounts other) {
    return sum(rules, List.of(this, other));
  }

  /**
   * The counts of all.
   *
   * @throws IllegalArgumentException if the rules differ
   */
  public static InstanceCounts sum(InstanceRules rules, Iterable<InstanceCounts> all) {
    InstanceCounts sum = empty(rules);
    for (InstanceCounts counts : all) {
      if (!rules.equals(counts.rules)) {
        throw new IllegalArgumentException("instances: counts by different rules cannot be added");
      }
      for (int kind = 0; kind < sum.bySize.size(); kind++) {
        TreeMap<Long, Group> groups = sum.bySize.get(kind);
        counts.bySize.get(kind).forEach((size, group) -> groups.merge(size, group, Group::plus));
      }
    }
    return sum;
  }

  public InstanceRules rules() {
    return rules;
  }

  /** The groups of a kind by size in pixels, sorted. */
  public Map<Long, Group> groups(int kind) {
    return java.util.Collections.unmodifiableSortedMap(bySize.get(kind));
  }

  private static void requireEqual(String what, LabelMap truth, int height, int width) {
    if (truth.height() != height || truth.width() != width) {
      throw new BadInputException(
          "instances: "
              + what
              + " of "
              + height
              + "x"
              + width
              + " for a truth of "
              + truth.height()
              + "x"
              + truth.width()
              + " (height x width); bring it onto the truth's grid");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InstanceCounts counts
        && rules.equals(counts.rules)
        && bySize.equals(counts.bySize);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rules, bySize);
  }

  @Override
  public String toString() {
    return "InstanceCounts" + bySize;
  }
}
