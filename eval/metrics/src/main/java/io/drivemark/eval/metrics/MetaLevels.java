package io.drivemark.eval.metrics;

import io.drivemark.datasets.LabelSpace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * IoU of groups of classes whose names share their first tokens, as Mapillary Vistas scores its
 * meta levels: at level k the class {@code human--rider--bicyclist} is of the group of its first k
 * tokens. A group is scored only if all its members are; a group with a member that the dataset
 * does not score is left out. Confusions inside a group are no errors, and as everywhere in that
 * dataset's score a void prediction is free. Stateless.
 *
 * <p>Example: level 1 of {@code human--person} and {@code human--rider--bicyclist} is one group,
 * {@code human}; level 2 has {@code human--person} and {@code human--rider}.
 */
public final class MetaLevels {
  /** The official score has these levels, from 1 on, besides that of single classes. */
  public static final int PUBLISHED = 2;

  private static final String BETWEEN_TOKENS = "--";

  private MetaLevels() {}

  /** Whether the classes of a label space have levels in their names. */
  public static boolean has(LabelSpace space) {
    return space.classNames().stream().anyMatch(name -> name.contains(BETWEEN_TOKENS));
  }

  /**
   * The IoU of each scored group in alphabetical order.
   *
   * @param matrix counts over the scored classes
   * @param level how many tokens make a group's name, at least 1
   * @param unscored names of the classes that the dataset has but does not score
   * @throws IllegalArgumentException if the level is below 1
   */
  public static Map<String, MetricValue> iou(
      ConfusionMatrix matrix, int level, Collection<String> unscored) {
    Map<String, MetricValue> values = new LinkedHashMap<>();
    groups(matrix.space(), level, unscored)
        .forEach(
            (name, members) ->
                values.put(name, Metrics.value(iou(matrix, members), Metrics.ABSENT)));
    return Collections.unmodifiableMap(values);
  }

  /** The mean of the defined IoUs of the scored groups; arguments as of {@link #iou}. */
  public static MetricValue miou(ConfusionMatrix matrix, int level, Collection<String> unscored) {
    List<Fraction> terms = new ArrayList<>();
    groups(matrix.space(), level, unscored)
        .values()
        .forEach(members -> iou(matrix, members).ifPresent(terms::add));
    return terms.isEmpty()
        ? MetricValue.undefined(Metrics.NO_PIXELS)
        : Fraction.mean(terms).value();
  }

  private static Map<String, Set<Integer>> groups(
      LabelSpace space, int level, Collection<String> unscored) {
    if (level < 1) {
      throw new IllegalArgumentException("meta level: at least 1 is needed, got " + level);
    }
    Map<String, Set<Integer>> groups = new TreeMap<>();
    List<String> names = space.classNames();
    for (int c = 0; c < names.size(); c++) {
      groups.computeIfAbsent(group(names.get(c), level), g -> new TreeSet<>()).add(c);
    }
    unscored.forEach(name -> groups.remove(group(name, level)));
    return groups;
  }

  private static String group(String name, int level) {
    String[] tokens = name.split(BETWEEN_TOKENS, -1);
    return String.join(BETWEEN_TOKENS, List.of(tokens).subList(0, Math.min(level, tokens.length)));
  }

  private static Optional<Fraction> iou(ConfusionMatrix matrix, Set<Integer> members) {
    long hits = 0;
    long union = 0;
    int k = matrix.classes();
    for (int t = 0; t < k; t++) {
      for (int p = 0; p < k; p++) {
        boolean truth = members.contains(t);
        boolean predicted = members.contains(p);
        hits = truth && predicted ? Math.addExact(hits, matrix.count(t, p)) : hits;
        union = truth || predicted ? Math.addExact(union, matrix.count(t, p)) : union;
      }
    }
    return Tally.ratio(hits, union);
  }
}
