package io.drivemark.architectures.sheet;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.onnx.ForeignOperator;
import io.drivemark.architectures.pruning.ChannelGroups;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A foreign operator and what it stops: the network runs all the same, on the engine that knows the
 * operator. Immutable.
 *
 * @param operator which
 * @param unknownCost nodes behind it whose cost is not known, itself included
 * @param fixedLayers convolutions before and behind it whose filters cannot be removed because of
 *     it
 * @param nodes how many nodes the network has
 */
public record Obstacle(
    ForeignOperator operator, List<String> unknownCost, List<String> fixedLayers, int nodes) {
  private static final int NAMED = 6;

  public Obstacle {
    unknownCost = List.copyOf(unknownCost);
    fixedLayers = List.copyOf(fixedLayers);
  }

  /** The obstacles of a network, in execution order; none if it has no foreign operators. */
  public static List<Obstacle> of(Network network) {
    List<ForeignOperator> foreign = ForeignOperator.of(network);
    if (foreign.isEmpty()) {
      return List.of();
    }
    List<Node> needed = Cost.needed(network, network.outputs());
    Map<String, Shape> shapes =
        network.shapes(network.inputs().stream().map(NetworkInput::shape).toList());
    List<Obstacle> all = new ArrayList<>();
    for (ForeignOperator operator : foreign) {
      List<Node> behind = behind(needed, operator.node());
      List<String> unknown =
          behind.stream()
              .filter(
                  n ->
                      n.name().equals(operator.node())
                          || n.outputs().stream().anyMatch(o -> !shapes.get(o).hasRank()))
              .map(Node::name)
              .toList();
      all.add(new Obstacle(operator, unknown, fixed(network, behind, operator), needed.size()));
    }
    return List.copyOf(all);
  }

  /** A node and all that depend on it. */
  private static List<Node> behind(List<Node> nodes, String first) {
    Set<String> reached = new HashSet<>();
    List<Node> behind = new ArrayList<>();
    for (Node node : nodes) {
      if (node.name().equals(first) || node.inputs().stream().anyMatch(reached::contains)) {
        reached.addAll(node.outputs());
        behind.add(node);
      }
    }
    return behind;
  }

  private static List<String> fixed(Network network, List<Node> behind, ForeignOperator operator) {
    ChannelGroups groups = ChannelGroups.of(network);
    List<String> fixed = new ArrayList<>();
    for (ChannelGroups.Family family : groups.families()) {
      if (family.lock().filter(l -> l.contains(" " + operator.node() + " ")).isPresent()) {
        family.producers().stream().filter(p -> !p.equals(operator.node())).forEach(fixed::add);
      }
    }
    for (Node node : behind) {
      boolean convolution = node.op() instanceof Conv2d || node.op() instanceof ConvTranspose2d;
      if (convolution && groups.unitsOf(node.output()).isEmpty()) {
        fixed.add(node.name());
      }
    }
    return fixed.stream().filter(name -> isConvolution(network, name)).distinct().toList();
  }

  private static boolean isConvolution(Network network, String name) {
    return network.nodes().stream()
        .filter(n -> n.name().equals(name))
        .anyMatch(n -> n.op() instanceof Conv2d || n.op() instanceof ConvTranspose2d);
  }

  /** What it is and what it stops, one sentence. */
  public String sentence() {
    if (operator.isTorchScript()) {
      return operator.phrase()
          + " is kept as a whole: only engine pytorch runs it, its cost is not known, nothing of it"
          + " can be pruned or trained, and it cannot be written as ONNX";
    }
    return operator.phrase()
        + " is not known here and kept as it is: engine pytorch cannot run it, onnxruntime does;"
        + " the cost of "
        + unknownCost.size()
        + " of "
        + nodes
        + " operators is not known ("
        + names(unknownCost)
        + "); "
        + (fixedLayers.isEmpty()
            ? "it keeps no filters from being removed"
            : "filters of " + names(fixedLayers) + " cannot be removed");
  }

  private static String names(List<String> all) {
    return String.join(", ", all.subList(0, Math.min(NAMED, all.size())))
        + (all.size() > NAMED ? " and " + (all.size() - NAMED) + " more" : "");
  }
}
