package io.drivemark.architectures.pruning;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Weight;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network without some of its removable units: whatever read a unit's result, skip connections
 * included, reads what the unit was given. Multiply-accumulates fall by exactly the units'. The
 * names of what stays stay. Stateless.
 */
public final class LayerRemoval {
  private LayerRemoval() {}

  /**
   * The shallower network.
   *
   * @param units of this network, in any order
   */
  public static Network apply(Network network, Collection<RemovableUnit> units) {
    Map<String, String> instead = new HashMap<>();
    Set<String> dropped = new HashSet<>();
    for (RemovableUnit unit : units) {
      instead.put(unit.exit(), unit.entry());
      dropped.addAll(unit.nodes());
    }
    List<Node> nodes = new ArrayList<>();
    Set<String> readBefore = new HashSet<>();
    Set<String> readAfter = new HashSet<>();
    for (Node node : network.nodes()) {
      readBefore.addAll(node.inputs());
      if (!dropped.contains(node.name())) {
        List<String> inputs = node.inputs().stream().map(i -> last(i, instead)).toList();
        readAfter.addAll(inputs);
        nodes.add(new Node(node.name(), node.op(), inputs, node.outputs()));
      }
    }
    List<Weight> weights =
        network.weights().values().stream()
            .filter(w -> readAfter.contains(w.name()) || !readBefore.contains(w.name()))
            .toList();
    return new Network(
        network.name(), network.inputs(), nodes, weights, network.outputs(), network.metadata());
  }

  /** Units may follow each other. */
  private static String last(String value, Map<String, String> instead) {
    String at = value;
    while (instead.containsKey(at)) {
      at = instead.get(at);
    }
    return at;
  }
}
