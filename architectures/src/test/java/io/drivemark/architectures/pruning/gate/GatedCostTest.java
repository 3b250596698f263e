package io.drivemark.architectures.pruning.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatedCostTest {
  private static final int HEIGHT = GatedNetworks.HEIGHT;
  private static final int WIDTH = GatedNetworks.WIDTH;

  private static BitSet units(int... live) {
    BitSet set = new BitSet();
    for (int unit : live) {
      set.set(unit);
    }
    return set;
  }

  /** Two gated convolutions and a score, 10×10 pixels. */
  @Test
  void aPlainChainIsCountedAlikeButForTheHeads() {
    NetworkBuilder b = new NetworkBuilder("chain", 1);
    String x = b.input("image", 3);
    x = b.relu("a.relu", b.conv("a", x, 8, 3).padding(1).build());
    x = b.relu("b.relu", b.conv("b", x, 6, 1).build());
    Network dense = b.build(b.conv("score", x, 5, 1).build());
    GatedNetwork gated = GatedNetworks.gated(dense, GateSites.of(dense).sites());
    GatedCost cost = GatedCost.of(gated, 10, 10);
    assertEquals(100 * (3 * 8 * 9 + 8 * 6 + 6 * 5), cost.dense());
    assertEquals(3 * 8 + 8 * 6, cost.heads());
    List<BitSet> live = List.of(units(0, 3, 7), units(5));
    long expected = 100 * (3 * 3 * 9 + 3 * 1 + 1 * 5);
    assertEquals(expected, cost.paper(live));
    assertEquals(expected + cost.heads(), cost.strict(live));
    assertEquals(cost.dense(), cost.paper(gated.everything()));
    assertThrows(IllegalArgumentException.class, () -> cost.strict(List.of(units(0))));
  }

  @Test
  void whatReadsASumReadsAllOfIt() {
    NetworkBuilder b = new NetworkBuilder("residual", 1);
    String x = b.relu("stem.relu", b.conv("stem", b.input("image", 3), 8, 1).build());
    String y = b.relu("one.relu", b.conv("one", x, 4, 1).build());
    x = b.relu("sum.relu", b.sum("sum", b.conv("two", y, 8, 1).build(), x));
    Network dense = b.build(b.conv("score", x, 5, 1).build());
    GatedNetwork gated = GatedNetworks.gated(dense, GateSites.everywhere(dense).sites());
    GatedCost cost = GatedCost.of(gated, 2, 2);
    List<BitSet> live = List.of(units(0, 1, 2, 3, 4, 5), units(1, 2), units(7));
    assertEquals(4 * (3 * 6 + 6 * 2 + 2 * 1 + 8 * 5), cost.paper(live));
    assertTrue(cost.strict(live) >= cost.paper(live));
  }

  @Test
  void aDepthwiseConvolutionWithAChannelOffCostsNothingInThePaperAlone() {
    NetworkBuilder b = new NetworkBuilder("depthwise", 1);
    String x = b.relu("a.relu", b.conv("a", b.input("image", 3), 4, 1).build());
    x = b.conv("dw", x, 4, 3).padding(1).depthwise().build();
    Network dense = b.build(b.conv("score", x, 5, 1).build());
    GatedNetwork gated = GatedNetworks.gated(dense, GateSites.of(dense).sites());
    GatedCost cost = GatedCost.of(gated, 10, 10);
    List<BitSet> live = List.of(units(0, 1, 3));
    assertEquals(100 * (3 * 3 + 0 + 3 * 5), cost.paper(live));
    assertEquals(100 * (3 * 3 + 3 * 9 + 3 * 5) + 12, cost.strict(live));
    assertEquals(cost.dense(), cost.paper(gated.everything()));
  }

  /** What is counted is what the network that static pruning makes of the same units takes. */
  @ParameterizedTest
  @ValueSource(
      strings = {"dilated-fcn16s", "skipnet-resnet18", "fast-scnn", "enet", "dabnet", "erfnet"})
  void strictIsTheCutNetworksCostAndTheHeads(String architecture) {
    Network dense = GatedNetworks.dense(architecture, 0.25);
    for (boolean layers : new boolean[] {false, true}) {
      List<GateSite> sites = layers ? GateSites.layers(dense) : GateSites.of(dense).sites();
      GatedNetwork gated = GatedNetworks.gated(dense, sites);
      GatedCost cost = GatedCost.of(gated, HEIGHT, WIDTH);
      assertEquals(Cost.of(dense, HEIGHT, WIDTH).macs(), cost.dense());
      assertEquals(Cost.of(gated.network(), HEIGHT, WIDTH).macs(), cost.strict(gated.everything()));
      for (long seed = 1; seed <= 5; seed++) {
        List<BitSet> live = GatedNetworks.live(gated, 0.2 * seed, seed);
        assertEquals(
            Cost.of(gated.cut(live), HEIGHT, WIDTH).macs() + cost.heads(),
            cost.strict(live),
            architecture + ", seed " + seed + ", " + live);
      }
    }
  }

  @Test
  void everyGateThatClosesCostsLess() {
    Network dense = GatedNetworks.dense("skipnet-mobilenet", 0.25);
    GatedNetwork gated =
        GatedNetwork.attach(
            dense, GateSites.everywhere(dense).sites(), GateDesign.published(1), Map.of());
    GatedCost cost = GatedCost.of(gated, HEIGHT, WIDTH);
    long before = cost.strict(gated.everything());
    List<BitSet> live = gated.everything();
    for (int s = 0; s < live.size(); s++) {
      live.get(s).clear(0);
      long now = cost.strict(live);
      assertTrue(now < before, gated.sites().get(s).name());
      before = now;
    }
  }
}
