package io.drivemark.architectures.pruning.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatePlacementTest {
  /** Chains of convolutions at a falling size: 64, 128 and 40 filters, then 64 on a small map. */
  private static Network chain() {
    NetworkBuilder b = new NetworkBuilder("chain", 1);
    String x = b.conv("large", b.input("image", 3), 64, 3).padding(1).build();
    x = b.conv("wide", b.relu("a1", x), 128, 3).padding(1).build();
    x = b.conv("middle", b.relu("a2", x), 64, 3).stride(4).padding(1).build();
    x = b.conv("odd", b.relu("a3", x), 40, 3).padding(1).build();
    x = b.conv("small", b.relu("a4", x), 64, 3).stride(2).padding(1).build();
    return b.build(b.conv("head", b.relu("a5", x), 11, 1).build());
  }

  private static Map<String, Integer> units(GateUnit unit) {
    Map<String, Integer> units = new LinkedHashMap<>();
    GatePlacement.of(chain(), unit, 60, 80).sites().forEach(s -> units.put(s.name(), s.unit()));
    return units;
  }

  @Test
  void autoGoesByTheMap() {
    assertEquals(Map.of("large", 1, "wide", 16, "middle", 16, "odd", 1), units(GateUnit.AUTO));
    assertEquals(
        Map.of(
            "small",
            "its map has 80 pixels: gathering its weights costs more than it saves under 150",
            "head",
            "it makes class scores"),
        GatePlacement.of(chain(), GateUnit.AUTO, 60, 80).refused());
  }

  @Test
  void blocksAreWhole() {
    assertEquals(Map.of("large", 16, "wide", 16, "middle", 16, "small", 16), units(GateUnit.BLOCK));
    assertEquals(
        "its 40 filters make no two whole blocks of 16",
        GatePlacement.of(chain(), GateUnit.BLOCK, 60, 80).refused().get("odd"));
  }

  @Test
  void numberIsTakenWhereItMakesTwoUnits() {
    assertEquals(Map.of("wide", 64), units(GateUnit.of(64)));
    assertEquals(
        List.of("large", "middle", "odd", "small", "head"),
        List.copyOf(GatePlacement.of(chain(), GateUnit.of(64), 60, 80).refused().keySet()),
        "in the network's order");
    assertEquals(5, units(GateUnit.of(1)).size());
  }

  @Test
  void everywhereGatesWhatIsAddedToOthersToo() {
    Network network = GatedNetworks.dense("skipnet-resnet18", 0.25);
    List<GateSite> all = GatePlacement.of(network, GateUnit.EVERYWHERE, 48, 64).sites();
    assertEquals(GateSites.everywhere(network).sites(), all);
    assertTrue(all.size() > GatePlacement.of(network, GateUnit.of(1), 48, 64).sites().size());
    assertEquals(GateUnit.EVERYWHERE, GateUnit.parse("everywhere"));
  }

  @Test
  void layersAreResidualUnits() {
    assertEquals(
        GateSites.layers(chain()), GatePlacement.of(chain(), GateUnit.LAYERS, 60, 80).sites());
  }
}
