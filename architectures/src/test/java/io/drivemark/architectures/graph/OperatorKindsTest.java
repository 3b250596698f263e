package io.drivemark.architectures.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.zoo.Architectures;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorKindsTest {
  private static final Network SKIPNET = Architectures.build("skipnet-mobilenet", Map.of(), 11, 1);

  @Test
  void layersWhoseSpeedDiffersHaveDifferentNames() {
    assertEquals("3×3 convolution", kind(SKIPNET, "conv1"));
    assertEquals("depthwise convolution", kind(SKIPNET, "unit1.dw"));
    assertEquals("1×1 convolution", kind(SKIPNET, "unit1.pw"));
    assertEquals("transposed convolution", kind(SKIPNET, "up1"));
    assertEquals("sum or product of maps", kind(SKIPNET, "sum8"));
    Network enet = Architectures.build("enet", Map.of(), 11, 1);
    assertEquals("dilated convolution", kind(enet, "stage2.2.middle"));
    assertEquals("max pool", kind(enet, "initial.pool"));
    assertEquals("change of memory layout", OperatorKinds.ofRuntime("ReorderInput"));
    assertEquals("fused mat mul", OperatorKinds.ofRuntime("FusedMatMul"));
  }

  private static String kind(Network network, String node) {
    return OperatorKinds.kind(network, node(network, node));
  }

  private static Node node(Network network, String name) {
    return network.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
  }
}
