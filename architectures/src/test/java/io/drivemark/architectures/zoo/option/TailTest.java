package io.drivemark.architectures.zoo.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.zoo.Architectures;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TailTest {
  private static final Network SKIPNET = Architectures.build("skipnet-mobilenet", Map.of(), 11, 1);

  @Test
  void onlyTheLastStepOfANetworkThatCanDoWithoutItHasAnAlternative() {
    assertEquals(Optional.of("tail=bilinear"), instead("skipnet-mobilenet", "up1"));
    assertEquals(Optional.empty(), instead("skipnet-mobilenet", "up8"), "it is not the last");
    assertEquals(Optional.empty(), instead("enet", "up1"), "there is no such option");
    assertEquals(Optional.empty(), instead("foreign", "up1"));
  }

  private static Optional<String> instead(String architecture, String node) {
    return Tail.instead(architecture, Map.of(), SKIPNET, node(SKIPNET, node));
  }

  private static Node node(Network network, String name) {
    return network.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
  }
}
