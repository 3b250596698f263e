package io.drivemark.architectures.pruning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.zoo.Architectures;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Keeping most importance for what it costs. */
class WorthTest {
  @Test
  void keyIsTheLogarithmLostForWhatIsSaved() {
    double[] keys = FilterWorth.keys(new double[] {1, 1, 2}, 0.1);
    assertArrayEquals(
        new double[] {10 * Math.log(4 / 3.0), 10 * Math.log(3 / 2.0), Double.POSITIVE_INFINITY},
        keys,
        1e-9);
    assertArrayEquals(
        new double[] {0, 0, 0, Double.POSITIVE_INFINITY},
        FilterWorth.keys(new double[] {0, 0, 0, 3}, 1));
    assertArrayEquals(
        new double[] {Double.POSITIVE_INFINITY}, FilterWorth.keys(new double[] {1}, 0));
  }

  @Test
  void cheapestThatReachIsTheOptimum() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int trial = 0; trial < 200; trial++) {
      int n = 1 + random.nextInt(10);
      double[] values = random.doubles(n, -0.2, 1).toArray();
      double[] savings = random.doubles(n, -0.1, 1).toArray();
      double all = 0;
      for (double saving : savings) {
        all += Math.max(0, saving);
      }
      double needed = all * random.nextDouble() * 0.95;
      BitSet found = Knapsack.cheapest(values, savings, needed);
      double best = Double.POSITIVE_INFINITY;
      for (long set = 0; set < 1L << n; set++) {
        BitSet candidate = BitSet.valueOf(new long[] {set});
        if (sum(candidate, savings) >= needed) {
          best = Math.min(best, sum(candidate, clamped(values)));
        }
      }
      String where = "seed " + seed + " trial " + trial;
      assertTrue(sum(found, savings) >= needed - 1e-12, where);
      assertEquals(best, sum(found, clamped(values)), 0.002, where);
    }
    assertEquals(0, Knapsack.cheapest(new double[] {1, 2}, new double[] {1, 1}, 0).cardinality());
    assertEquals(2, Knapsack.cheapest(new double[] {1, 2}, new double[] {1, 1}, 9).cardinality());
  }

  private static double[] clamped(double[] values) {
    return java.util.Arrays.stream(values).map(v -> Math.max(0, v)).toArray();
  }

  private static double sum(BitSet chosen, double[] of) {
    return chosen.stream().mapToDouble(i -> of[i]).sum();
  }

  /** What is worth most for its MACs keeps more importance than every layer alike. */
  @Test
  void worthKeepsMoreImportanceThanEveryLayerAlike() {
    Network network = Architectures.build("enet", Map.of(), 11, 3);
    Importance importance = Importance.of(network, Criteria.named("l1"), 3);
    FilterGoal goal = FilterGoal.keep(Measure.MACS, 0.6, 96, 128);
    double alike = kept(network, importance, goal);
    double worth = kept(network, importance, goal.withScope(FilterGoal.Scope.WORTH));
    assertTrue(worth > alike, worth + " against " + alike);
  }

  /** The logarithm of the product over layers of the kept share of the scores. */
  private static double kept(Network network, Importance importance, FilterGoal goal) {
    PruningPlan plan = FilterPlanner.plan(network, importance, goal, 3);
    double share = (double) Measure.MACS.of(plan.apply(network), 96, 128);
    assertTrue(share <= 0.6 * Measure.MACS.of(network, 96, 128));
    ChannelGroups groups = ChannelGroups.of(network);
    ChannelMasks masks = plan.masks(network);
    double[] scores = importance.units(network, groups);
    double log = 0;
    for (ChannelGroups.Family family : groups.prunable()) {
      double all = 0;
      double kept = 0;
      for (int unit : family.units()) {
        all += scores[unit];
        kept += masks.keeps(unit) ? scores[unit] : 0;
      }
      log += Math.log(kept / all);
    }
    return log;
  }

  @Test
  void layersWorthLeastForTheirCostGoFirst() {
    Network network = Architectures.build("enet", Map.of(), 11, 3);
    List<RemovableUnit> units = RemovableUnit.of(network);
    LayerScores scores = LayerScores.of(units, Importance.of(network, Criteria.named("l1"), 3));
    for (double share : new double[] {0.5, 0.7, 0.9}) {
      PruningPlan first = LayerPlanner.keep(network, scores, Measure.MACS, share, 96, 128, 3);
      PruningPlan worth = LayerPlanner.keepWorth(network, scores, Measure.MACS, share, 96, 128, 3);
      long whole = Measure.MACS.of(network, 96, 128);
      assertTrue(Measure.MACS.of(worth.apply(network), 96, 128) <= share * whole);
      assertTrue(lost(scores, worth) <= lost(scores, first), "share " + share);
    }
    double least = LayerPlanner.least(network, scores, Measure.MACS, 96, 128);
    PruningPlan all = LayerPlanner.keepWorth(network, scores, Measure.MACS, least, 96, 128, 3);
    assertEquals(units.size(), all.layers().size());
  }

  private static double lost(LayerScores scores, PruningPlan plan) {
    return plan.layers().stream().mapToDouble(u -> scores.byUnit().get(u)).sum();
  }
}
