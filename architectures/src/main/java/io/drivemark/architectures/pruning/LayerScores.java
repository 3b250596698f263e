package io.drivemark.architectures.pruning;

import io.drivemark.architectures.graph.Network;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * How much each removable unit of a network matters; the lowest go first. Immutable.
 *
 * @param criterion what says so
 * @param byUnit score by unit name, in the network's order; units the criterion says nothing about
 *     are missing and cannot be removed by it
 */
public record LayerScores(String criterion, Map<String, Double> byUnit) {
  /** The name of {@link #random}, which is the random filter criterion's too. */
  public static final String RANDOM = "random";

  public LayerScores {
    Objects.requireNonNull(criterion, "criterion");
    byUnit = Collections.unmodifiableMap(new LinkedHashMap<>(byUnit));
    byUnit.forEach(
        (unit, score) -> {
          if (!Double.isFinite(score)) {
            throw new IllegalArgumentException(
                "criterion " + criterion + " scores unit " + unit + " with " + score);
          }
        });
  }

  /**
   * The mean, over a unit's layers, of the mean score of a layer's filters: neither width nor depth
   * of a unit counts.
   */
  public static LayerScores of(List<RemovableUnit> units, Importance importance) {
    Map<String, Double> scores = new LinkedHashMap<>();
    for (RemovableUnit unit : units) {
      OptionalDouble mean =
          unit.nodes().stream()
              .map(importance::mean)
              .filter(OptionalDouble::isPresent)
              .mapToDouble(OptionalDouble::getAsDouble)
              .average();
      mean.ifPresent(m -> scores.put(unit.name(), m));
    }
    return new LayerScores(importance.criterion(), scores);
  }

  /** A random order, the same for the same seed: every unit has the same chance. */
  public static LayerScores random(List<RemovableUnit> units, long seed) {
    List<Integer> ranks = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      ranks.add(i);
    }
    Collections.shuffle(ranks, new Random(seed));
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int i = 0; i < units.size(); i++) {
      scores.put(units.get(i).name(), (double) ranks.get(i));
    }
    return new LayerScores(RANDOM, scores);
  }

  /**
   * Several criteria together: each ranks the units, 0 the least important, and the ranks are added
   * up. Units one of them says nothing about are left out.
   *
   * <p>Example: scores (a 1, b 5, c 3) and (a 2, b 0, c 1) rank (0, 2, 1) and (2, 0, 1): all have
   * the sum 2.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static LayerScores ensemble(List<LayerScores> all) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("an ensemble needs a criterion");
    }
    Map<String, Double> sums = new LinkedHashMap<>();
    for (String unit : all.get(0).byUnit().keySet()) {
      if (all.stream().allMatch(s -> s.byUnit().containsKey(unit))) {
        sums.put(unit, 0.0);
      }
    }
    for (LayerScores scores : all) {
      List<String> order = scores.order().stream().filter(sums::containsKey).toList();
      for (int rank = 0; rank < order.size(); rank++) {
        sums.merge(order.get(rank), (double) rank, Double::sum);
      }
    }
    String names = String.join("+", all.stream().map(LayerScores::criterion).toList());
    return new LayerScores("ensemble(" + names + ")", sums);
  }

  /** The scores of units of these names alone. */
  public LayerScores only(Collection<String> units) {
    Map<String, Double> left = new LinkedHashMap<>(byUnit);
    left.keySet().retainAll(units);
    return new LayerScores(criterion, left);
  }

  /** The units' names from the least important on; ties in the network's order. */
  public List<String> order() {
    return byUnit.keySet().stream().sorted(Comparator.comparing(byUnit::get)).toList();
  }

  /** Checks that a network has these units, for messages that name it. */
  void requireFor(Network network, List<RemovableUnit> units) {
    List<String> names = units.stream().map(RemovableUnit::name).toList();
    for (String unit : byUnit.keySet()) {
      if (!names.contains(unit)) {
        throw new IllegalArgumentException(
            "scores of unit " + unit + ", which network " + network.name() + " does not have");
      }
    }
  }
}
