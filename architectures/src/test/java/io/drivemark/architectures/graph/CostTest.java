package io.drivemark.architectures.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Opaque;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostTest {
  @Test
  void oneConvolutionCostsWhatTheFormulaSays() {
    NetworkBuilder b = new NetworkBuilder("one", 1);
    String x = b.input("image", 16);
    Network network = b.build(b.conv("conv", x, 32, 3).padding(1).build());

    Cost cost = Cost.of(network, 10, 10);

    assertEquals(3 * 3 * 16 * 32, cost.parameters());
    assertEquals(3L * 3 * 16 * 32 * 100, cost.macs());
    assertEquals(4L * 32 * 100, cost.activationBytes());
    assertEquals(4L * (16 + 32) * 100, cost.peakActivationBytes());
    assertEquals(List.of(new Cost.NodeCost("conv", "Conv2d", 4608, 460800, 12800)), cost.nodes());
    assertTrue(cost.exact());
  }

  @Test
  void groupsStridesAndDilationEnterTheCount() {
    NetworkBuilder b = new NetworkBuilder("grouped", 1);
    String x = b.input("image", 8);
    x = b.conv("depthwise", x, 8, 3).depthwise().stride(2).padding(1).build();
    x = b.convTranspose("up", x, 4, 2).stride(2).bias().build();
    Cost cost = Cost.of(b.build(x), 20, 20);

    assertEquals(8 * 9 + 8 * 4 * 4 + 4, cost.parameters());
    assertEquals(8L * 9 * 100 + 100L * 8 * 4 * 4, cost.macs());
  }

  @Test
  void deadNodesAndAuxiliaryHeadsCountOnlyWhenAsked() {
    NetworkBuilder b = new NetworkBuilder("heads", 1);
    String x = b.input("image", 3);
    String main = b.conv("main", x, 2, 1).build();
    String aux = b.conv("aux", x, 5, 1).build();
    b.conv("dead", x, 7, 1).build();
    Network network = b.build(main, aux);

    assertEquals(6 * 64, Cost.of(network, 8, 8).macs());
    assertEquals(6, Cost.of(network, 8, 8).parameters());
    assertEquals((6 + 15) * 64, Cost.ofAllOutputs(network, 8, 8).macs());
    assertEquals(21, Cost.ofAllOutputs(network, 8, 8).parameters());
    assertEquals(6 + 15 + 21, network.parameters());
  }

  @Test
  void sharedWeightsCountOnceButAreExecutedTwice() {
    NetworkBuilder b = new NetworkBuilder("shared", 1);
    String x = b.input("image", 4);
    String y = b.conv("first", x, 4, 1).build();
    y = b.add("second", b.build(y).nodes().get(0).op(), y, "first.weight");
    Cost cost = Cost.of(b.build(y), 5, 5);

    assertEquals(16, cost.parameters());
    assertEquals(2 * 16 * 25, cost.macs());
  }

  @Test
  void peakMemoryDropsValuesAfterTheirLastReader() {
    NetworkBuilder b = new NetworkBuilder("chain", 1);
    String x = b.input("image", 1);
    for (int i = 0; i < 5; i++) {
      x = b.relu("relu" + i, x);
    }
    Cost cost = Cost.of(b.build(x), 10, 10);

    assertEquals(5 * 400, cost.activationBytes());
    assertEquals(2 * 400, cost.peakActivationBytes());
  }

  @Test
  void nodesBehindForeignOperatorsAreNamedAsUncounted() {
    NetworkBuilder b = new NetworkBuilder("foreign", 1);
    String x = b.input("image", 3);
    x = b.conv("stem", x, 2, 1).build();
    x = b.add("odd", new Opaque("Strange", "", "", 1), x);
    x = b.add("after", Activation.relu(), x);
    Cost cost = Cost.of(b.build(x), 4, 4);

    assertEquals(List.of("odd", "after"), cost.uncounted());
    assertFalse(cost.exact());
    assertEquals(6 * 16, cost.macs());
  }

  @Test
  void aSizeThatDoesNotFitNamesNetworkNodeAndReason() {
    NetworkBuilder b = new NetworkBuilder("wide", 1);
    Network network = b.build(b.conv("conv", b.input("image", 3), 2, 7).build());

    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Cost.of(network, 5, 9));

    assertEquals(
        "network wide, node conv: a window of 7 does not fit an extent of 5", e.getMessage());
  }
}
