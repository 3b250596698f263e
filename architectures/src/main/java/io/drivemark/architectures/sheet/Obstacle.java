package io.drivemark.architectures.sheet;

import io.drivemark.architectures.engine.onnxruntime.RuntimeOperators;
import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.onnx.ForeignOperator;
import io.drivemark.architectures.pruning.ChannelGroups;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A foreign operator and what it stops: the network runs all the same, on the engine that knows the
 * operator, if one does. Immutable.
 *
 * @param operator which; where several nodes have the same operator, the first
 * @param times how many nodes have it
 * @param runs whether ONNX Runtime knows it, so that an engine can run the network
 * @param prunable whether anything of the network can be pruned
 * @param unknownCost nodes behind it whose cost is not known, itself included
 * @param fixedLayers convolutions before and behind it whose filters cannot be removed because of
 *     it
 * @param nodes how many nodes the network has
 */
public record Obstacle(
    ForeignOperator operator,
    int times,
    boolean runs,
    boolean prunable,
    List<String> unknownCost,
    List<String> fixedLayers,
    int nodes) {
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
    boolean prunable = network.nodes().stream().noneMatch(node -> node.op() instanceof BatchNorm);
    List<Obstacle> all = new ArrayList<>();
    for (List<ForeignOperator> alike : byKind(foreign)) {
      Set<String> first = new HashSet<>();
      alike.forEach(operator -> first.add(operator.node()));
      List<Node> behind = behind(needed, first);
      List<String> unknown =
          behind.stream()
              .filter(n -> isForeign(n, first) || hasNoRank(n, shapes))
              .map(Node::name)
              .toList();
      all.add(
          new Obstacle(
              alike.get(0),
              alike.size(),
              isKnownToTheRuntime(needed, alike.get(0)),
              prunable,
              unknown,
              fixed(network, behind, first),
              needed.size()));
    }
    return List.copyOf(all);
  }

  private static boolean isForeign(Node node, Set<String> foreign) {
    return foreign.contains(node.name())
        && node.op() instanceof Opaque opaque
        && !opaque.isCounted();
  }

  private static boolean hasNoRank(Node node, Map<String, Shape> shapes) {
    return node.outputs().stream().anyMatch(o -> !shapes.get(o).hasRank());
  }

  /** Constants stop something only where nothing else does. */
  private static List<List<ForeignOperator>> byKind(List<ForeignOperator> foreign) {
    Map<String, List<ForeignOperator>> kinds = new LinkedHashMap<>();
    for (ForeignOperator o : foreign) {
      kinds
          .computeIfAbsent(o.domain() + "::" + o.type() + o.opset(), k -> new ArrayList<>())
          .add(o);
    }
    List<List<ForeignOperator>> others =
        kinds.values().stream().filter(k -> !k.get(0).type().equals("Constant")).toList();
    return others.isEmpty() ? List.copyOf(kinds.values()) : others;
  }

  private static boolean isKnownToTheRuntime(List<Node> nodes, ForeignOperator operator) {
    return operator.isTorchScript()
        || nodes.stream()
            .filter(n -> n.name().equals(operator.node()))
            .allMatch(RuntimeOperators::know);
  }

  /** Some nodes and all that depend on them. */
  private static List<Node> behind(List<Node> nodes, Set<String> first) {
    Set<String> reached = new HashSet<>();
    List<Node> behind = new ArrayList<>();
    for (Node node : nodes) {
      if (first.contains(node.name()) || node.inputs().stream().anyMatch(reached::contains)) {
        reached.addAll(node.outputs());
        behind.add(node);
      }
    }
    return behind;
  }

  private static List<String> fixed(Network network, List<Node> behind, Set<String> operators) {
    ChannelGroups groups = ChannelGroups.of(network);
    List<String> fixed = new ArrayList<>();
    for (ChannelGroups.Family family : groups.families()) {
      Optional<String> lock = family.lock();
      if (lock.isPresent()
          && operators.stream().anyMatch(o -> lock.get().contains(" " + o + " "))) {
        family.producers().stream().filter(p -> !operators.contains(p)).forEach(fixed::add);
      }
    }
    for (Node node : behind) {
      boolean convolution = node.op() instanceof Conv2d || node.op() instanceof ConvTranspose2d;
      boolean computed = convolution && !network.weights().containsKey(node.inputs().get(1));
      if (computed || convolution && groups.unitsOf(node.output()).isEmpty()) {
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

  /**
   * Checks that a network can be pruned.
   *
   * @throws BadInputException if a foreign operator stops everything; the message says which and
   *     why
   */
  public static void requirePrunable(Network network) {
    for (Obstacle obstacle : of(network)) {
      if (!obstacle.prunable()) {
        throw new BadInputException(
            "network " + network.name() + " cannot be pruned: " + obstacle.sentence());
      }
    }
  }

  /** What it is and what it stops, one sentence. */
  public String sentence() {
    if (operator.isTorchScript()) {
      return operator.phrase()
          + " is kept as a whole: only engine pytorch runs it, its cost is not known, nothing of it"
          + " can be pruned or trained, and it cannot be written as ONNX";
    }
    return operator.phrase()
        + (times > 1 ? " and " + (times - 1) + " more of its kind" : "")
        + " is not known here and kept as it is: "
        + (runs
            ? "engine pytorch cannot run it, onnxruntime does; "
            : "no engine here runs it, ONNX Runtime does not know it either; export the network"
                + " without it; ")
        + (unknownCost.isEmpty()
            ? ""
            : "the cost of "
                + unknownCost.size()
                + " of "
                + nodes
                + " operators is not known ("
                + names(unknownCost)
                + "); ")
        + pruning();
  }

  private String pruning() {
    if (!prunable) {
      return "nothing of the network can be pruned, since its batch normalisation would have to be"
          + " measured anew on engine pytorch";
    }
    return fixedLayers.isEmpty()
        ? "it keeps no filters from being removed"
        : "filters of " + names(fixedLayers) + " cannot be removed";
  }

  private static String names(List<String> all) {
    return String.join(", ", all.subList(0, Math.min(NAMED, all.size())))
        + (all.size() > NAMED ? " and " + (all.size() - NAMED) + " more" : "");
  }
}
