package io.drivemark.architectures.pruning;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkDigest;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Decides which units of layers go: the least important ones, by number or as few as reach a share.
 * Stateless.
 */
public final class LayerPlanner {
  private static final double STEP = 0.005;

  private LayerPlanner() {}

  /**
   * Removes a number of units.
   *
   * @param seed to be kept in the plan
   * @throws BadInputException if there are fewer; the message has their number
   */
  public static PruningPlan remove(Network network, LayerScores scores, int count, long seed) {
    List<RemovableUnit> units = RemovableUnit.of(network);
    scores.requireFor(network, units);
    int removable = scores.byUnit().size();
    if (count < 1 || count > removable) {
      String instead =
          switch (removable) {
            case 0 -> "prune filters instead";
            case 1 -> "ask for 1";
            default -> "ask for 1 to " + removable;
          };
      throw new BadInputException(
          "network "
              + network.name()
              + " has "
              + removable
              + (removable == 1 ? " unit" : " units")
              + " of layers that "
              + scores.criterion()
              + " can remove, "
              + count
              + " were asked for; "
              + instead);
    }
    return plan(network, units, scores, count, "remove " + count, seed);
  }

  /**
   * Removes units, the least important first, until at most a share of a measure remains.
   *
   * @param share above 0 to 1
   * @param seed to be kept in the plan
   * @throws BadInputException if it remains more without all of them; the message has how much
   */
  public static PruningPlan keep(
      Network network,
      LayerScores scores,
      Quantity measure,
      double share,
      int height,
      int width,
      long seed) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "share of " + measure.key() + " to keep is " + share + ", expected above 0 to 1");
    }
    List<RemovableUnit> units = RemovableUnit.of(network);
    scores.requireFor(network, units);
    String goal = measure.key() + "=" + share + " at " + height + "x" + width;
    double whole = measure.amount(network, height, width);
    double left = 1;
    for (int count = 0; count <= scores.byUnit().size(); count++) {
      Network small = LayerRemoval.apply(network, chosen(units, scores, count));
      left = measure.amount(small, height, width) / whole;
      if (left <= share) {
        return plan(network, units, scores, count, goal, seed);
      }
    }
    throw unreachable(network, scores, measure, share, height, width, left);
  }

  /**
   * Removes the units whose importance together is least, so that at most a share of a measure
   * remains: what is kept is worth most for the measure.
   *
   * @param share above 0 to 1
   * @param seed to be kept in the plan
   * @throws BadInputException if it remains more without all of them; the message has how much
   */
  public static PruningPlan keepWorth(
      Network network,
      LayerScores scores,
      Quantity measure,
      double share,
      int height,
      int width,
      long seed) {
    List<RemovableUnit> units =
        RemovableUnit.of(network).stream()
            .filter(u -> scores.byUnit().containsKey(u.name()))
            .toList();
    scores.requireFor(network, units);
    double whole = measure.amount(network, height, width);
    double[] savings =
        units.stream()
            .mapToDouble(
                u -> whole - measure.amount(LayerRemoval.apply(network, List.of(u)), height, width))
            .toArray();
    double[] values = units.stream().mapToDouble(u -> scores.byUnit().get(u.name())).toArray();
    String goal = measure.key() + "=" + share + " at " + height + "x" + width + ", scope worth";
    // Savings of several units need not add up exactly: ask for a little more until they do.
    double left = 1;
    for (double needed = (1 - share) * whole; needed < whole; needed += STEP * whole) {
      BitSet removed = Knapsack.cheapest(values, savings, needed);
      List<RemovableUnit> chosen = removed.stream().mapToObj(units::get).toList();
      left = measure.amount(LayerRemoval.apply(network, chosen), height, width) / whole;
      if (left <= share) {
        return plan(network, scores, chosen, goal, seed);
      }
    }
    left = measure.amount(LayerRemoval.apply(network, units), height, width) / whole;
    if (left <= share) {
      return plan(network, scores, units, goal, seed);
    }
    throw unreachable(network, scores, measure, share, height, width, left);
  }

  /** The share of a measure that remains without all units that are scored. */
  public static double least(
      Network network, LayerScores scores, Quantity measure, int height, int width) {
    List<RemovableUnit> units = RemovableUnit.of(network);
    scores.requireFor(network, units);
    Network small = LayerRemoval.apply(network, chosen(units, scores, scores.byUnit().size()));
    return measure.amount(small, height, width) / measure.amount(network, height, width);
  }

  private static BadInputException unreachable(
      Network network,
      LayerScores scores,
      Quantity measure,
      double share,
      int height,
      int width,
      double left) {
    return new BadInputException(
        String.format(
            Locale.ROOT,
            "network %s cannot be cut to %s of its %s at %dx%d by removing layers: %.4f remain"
                + " without all of its %d removable units. Ask for %.4f or more, or prune filters",
            network.name(),
            share,
            measure.key(),
            height,
            width,
            left,
            scores.byUnit().size(),
            Math.ceil(left * 1e4) / 1e4));
  }

  private static PruningPlan plan(
      Network network,
      List<RemovableUnit> units,
      LayerScores scores,
      int count,
      String goal,
      long seed) {
    return plan(network, scores, chosen(units, scores, count), goal, seed);
  }

  private static PruningPlan plan(
      Network network, LayerScores scores, List<RemovableUnit> removed, String goal, long seed) {
    return new PruningPlan(
        Technique.LAYER,
        network.name(),
        NetworkDigest.of(network),
        scores.criterion(),
        seed,
        goal,
        Map.of(),
        removed.stream().map(RemovableUnit::name).toList());
  }

  /** The first units to go, in the network's order. */
  private static List<RemovableUnit> chosen(
      List<RemovableUnit> units, LayerScores scores, int count) {
    List<String> names = scores.order().subList(0, count);
    List<RemovableUnit> chosen =
        new ArrayList<>(units.stream().filter(u -> names.contains(u.name())).toList());
    chosen.sort(Comparator.comparingInt(units::indexOf));
    return chosen;
  }
}
