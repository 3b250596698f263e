package io.drivemark.architectures.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.pruning.Criteria;
import io.drivemark.architectures.pruning.FilterGoal;
import io.drivemark.architectures.pruning.FilterPlanner;
import io.drivemark.architectures.pruning.Importance;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.RemovableUnit;
import io.drivemark.architectures.variant.RandomVariants.Kind;
import io.drivemark.architectures.zoo.Architectures;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomVariantsTest {
  private static final Network DABNET = Architectures.build("dabnet", Map.of(), 11, 1);

  private static long macs(Network network) {
    return Cost.of(network, 48, 64).macs();
  }

  @Test
  void aNumberIsAlwaysTheSameVariantAndNumbersDiffer() {
    RandomVariants one = new RandomVariants(DABNET, 48, 64, 5);
    RandomVariants two = new RandomVariants(DABNET, 48, 64, 5);
    Set<Long> costs = new HashSet<>();
    for (int number = 0; number < 4; number++) {
      for (Kind kind : Kind.values()) {
        Network variant = one.get(kind, number);
        assertEquals(variant, two.get(kind, number), "seed 5, " + kind + " " + number);
        assertTrue(macs(variant) < macs(DABNET), "seed 5, " + kind + " " + number);
        assertTrue(macs(variant) > 0);
      }
      costs.add(macs(one.get(Kind.FILTER, number)));
    }
    assertEquals(4, costs.size());
    assertFalse(
        one.get(Kind.FILTER, 0).equals(new RandomVariants(DABNET, 48, 64, 6).get(Kind.FILTER, 0)));
  }

  @Test
  void filterVariantsKeepAtLeastWhatMustRemainAndAllLayers() {
    RandomVariants random = new RandomVariants(DABNET, 48, 64, 5);
    assertTrue(random.leastShare() > 0 && random.leastShare() < 0.5, "" + random.leastShare());
    int units = RemovableUnit.of(DABNET).size();
    assertEquals(units, RemovableUnit.of(random.get(Kind.FILTER, 0)).size());
    assertTrue(RemovableUnit.of(random.get(Kind.LAYER, 0)).size() < units);
  }

  @Test
  void aShareBelowThePlannersToleranceIsReachedToo() {
    FilterGoal goal = FilterGoal.keep(Measure.MACS, 1, 48, 64);
    FilterPlanner planner =
        new FilterPlanner(DABNET, Importance.of(DABNET, Criteria.named("l1"), 1), goal);
    double least = planner.least();
    assertTrue(least < 0.03, "" + least);
    double left = (double) macs(planner.keep(least, 1).apply(DABNET)) / macs(DABNET);
    assertEquals(least, left, 1e-12);
  }

  @Test
  void whatHasNothingToRemoveSaysSo() {
    NetworkBuilder b = new NetworkBuilder("toy", 1);
    Network toy = b.build(b.conv("score", b.input("image", 3), 3, 1).build());
    RandomVariants random = new RandomVariants(toy, 8, 8, 1);
    assertFalse(random.has(Kind.LAYER));
    assertFalse(random.has(Kind.FILTER));
  }
}
