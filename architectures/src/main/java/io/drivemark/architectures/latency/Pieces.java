package io.drivemark.architectures.latency;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.PRelu;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.StopGradient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cuts a network into pieces. Stateless. */
final class Pieces {
  private final Network network;
  private final Map<String, Shape> shapes;
  private final Map<String, List<Node>> readers = new HashMap<>();
  private final Set<String> positions = new HashSet<>();

  private Pieces(Network network, int height, int width) {
    this.network = network;
    this.shapes = network.shapesAt(height, width);
    for (Node node : network.nodes()) {
      node.inputs().forEach(i -> readers.computeIfAbsent(i, k -> new ArrayList<>()).add(node));
      if (node.op() instanceof MaxPool pool && pool.indices()) {
        positions.add(node.outputs().get(1));
      }
    }
  }

  /**
   * The pieces that output 0 needs, by the name of their first node, in the network's order. Nodes
   * that do nothing at inference, and such as cannot be run alone (their shapes are unknown, or
   * they read no map), are in none.
   */
  static Map<String, Piece> of(Network network, int height, int width) {
    return new Pieces(network, height, width).cut();
  }

  private Map<String, Piece> cut() {
    Map<String, Piece> pieces = new LinkedHashMap<>();
    Set<Node> taken = new HashSet<>();
    for (Node node : Cost.needed(network, network.outputs().subList(0, 1))) {
      if (taken.contains(node) || isNothing(node.op()) || isStored(node) || !isKnown(node)) {
        continue;
      }
      List<Piece.Operand> operands =
          node.inputs().stream().map(i -> new Piece.Operand(kind(i), shapes.get(i))).toList();
      Piece piece = new Piece(node.op(), operands, followers(node, taken));
      if (piece.standsAlone()) {
        pieces.put(node.name(), piece);
      }
    }
    return pieces;
  }

  private List<Piece.Follower> followers(Node first, Set<Node> taken) {
    List<Piece.Follower> followers = new ArrayList<>();
    if (!(first.op() instanceof Conv2d || first.op() instanceof ConvTranspose2d)) {
      return followers;
    }
    String at = first.output();
    while (!network.outputs().contains(at)) {
      List<Node> next = readers.getOrDefault(at, List.of());
      if (next.size() != 1 || !follows(next.get(0), at)) {
        break;
      }
      Node node = next.get(0);
      taken.add(node);
      if (!isNothing(node.op())) {
        followers.add(
            new Piece.Follower(
                node.op(), node.inputs().stream().skip(1).map(shapes::get).toList()));
      }
      at = node.output();
    }
    return followers;
  }

  /** Constants, and what reads and writes other element types: they cannot be timed alone. */
  private static boolean isStored(Node node) {
    return node.op() instanceof Opaque opaque && opaque.isCounted();
  }

  private boolean follows(Node node, String map) {
    Op op = node.op();
    return (op instanceof BatchNorm
            || op instanceof Activation
            || op instanceof PRelu
            || op instanceof Gate
            || isNothing(op))
        && node.inputs().get(0).equals(map)
        && node.inputs().stream().skip(1).allMatch(network.weights()::containsKey);
  }

  private static boolean isNothing(Op op) {
    return op instanceof Dropout || op instanceof Identity || op instanceof StopGradient;
  }

  private boolean isKnown(Node node) {
    return node.inputs().stream().allMatch(i -> shapes.get(i).isKnown())
        && node.outputs().stream().allMatch(o -> shapes.get(o).isKnown());
  }

  private Piece.Kind kind(String value) {
    boolean weight = network.weights().containsKey(value);
    if (positions.contains(value) || weight && !network.weights().get(value).tensor().isFloat()) {
      return Piece.Kind.INDICES;
    }
    return weight ? Piece.Kind.WEIGHT : Piece.Kind.MAP;
  }
}
