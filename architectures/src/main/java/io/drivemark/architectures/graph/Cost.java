package io.drivemark.architectures.graph;

import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one execution of a network takes: learned parameters, multiply-accumulates and memory of the
 * intermediate values, for one image. Only nodes that the counted outputs need are counted.
 * Immutable.
 *
 * <p>A 3×3 convolution from 16 to 32 channels without bias on a map that stays 10×10 has 4 608
 * parameters and 460 800 multiply-accumulates.
 *
 * @param parameters learned values that the counted nodes read, in whatever type they are stored
 * @param macs multiply-accumulates of convolutions and matrix products; all else counts 0
 * @param activationBytes bytes of all values the counted nodes make, together
 * @param peakActivationBytes most bytes of values that are needed at one time when the nodes run in
 *     their order and a value is dropped after its last reader; the network's input counts
 * @param nodes the same node by node, in execution order
 * @param uncounted nodes whose shapes are unknown (behind foreign operators); where there are any,
 *     the multiply-accumulates and bytes are lower bounds
 * @param parametersExact whether the parameters are all there are; else foreign operators read
 *     stored values that cannot be told to be learned
 */
public record Cost(
    long parameters,
    long macs,
    long activationBytes,
    long peakActivationBytes,
    List<NodeCost> nodes,
    List<String> uncounted,
    boolean parametersExact) {

  private static final long BYTES_PER_VALUE = 4;

  /**
   * The cost of one node.
   *
   * @param node its name
   * @param operator what it computes, for example {@code Conv2d}
   * @param parameters learned values it reads; one that several nodes read counts at the first
   * @param macs multiply-accumulates
   * @param activationBytes bytes of the values it makes
   */
  public record NodeCost(
      String node, String operator, long parameters, long macs, long activationBytes) {}

  public Cost {
    nodes = List.copyOf(nodes);
    uncounted = List.copyOf(uncounted);
  }

  /**
   * Whether every counted node is one we know and its shapes too, so that no figure is a lower
   * bound.
   */
  public boolean exact() {
    return uncounted.isEmpty();
  }

  /**
   * The cost of output 0 for an input [1, C, height, width]: what inference takes.
   *
   * @throws IllegalArgumentException if the network cannot take this size
   */
  public static Cost of(Network network, int height, int width) {
    return of(network, height, width, network.outputs().subList(0, 1));
  }

  /** The cost of all outputs, auxiliary heads included. */
  public static Cost ofAllOutputs(Network network, int height, int width) {
    return of(network, height, width, network.outputs());
  }

  /** The cost of some values. */
  public static Cost of(Network network, int height, int width, Collection<String> values) {
    Map<String, Shape> shapes = network.shapesAt(height, width);
    List<Node> needed = needed(network, values);
    StoredParameters stored = StoredParameters.of(network, values);
    List<NodeCost> nodes = new ArrayList<>();
    List<String> uncounted = new ArrayList<>();
    for (Node node : needed) {
      long parameters = stored.byNode().getOrDefault(node.name(), 0L);
      List<Shape> inputs = node.inputs().stream().map(shapes::get).toList();
      List<Shape> outputs = node.outputs().stream().map(shapes::get).toList();
      boolean known = !isUncounted(node, shapes);
      if (!known) {
        uncounted.add(node.name());
      }
      nodes.add(
          new NodeCost(
              node.name(),
              node.op().getClass().getSimpleName(),
              parameters,
              known ? node.op().macs(inputs, outputs) : 0,
              outputs.stream().mapToLong(Cost::bytes).sum()));
    }
    return new Cost(
        nodes.stream().mapToLong(NodeCost::parameters).sum(),
        nodes.stream().mapToLong(NodeCost::macs).sum(),
        nodes.stream().mapToLong(NodeCost::activationBytes).sum(),
        peak(network, needed, shapes, values),
        nodes,
        uncounted,
        stored.exact());
  }

  /**
   * Whether the multiply-accumulates of a node are not known: it is foreign, or its shapes are not
   * known.
   *
   * @param shapes of all values it reads and makes, as far as they are known
   */
  public static boolean isUncounted(Node node, Map<String, Shape> shapes) {
    boolean counted = !(node.op() instanceof Opaque opaque) || opaque.isCounted();
    return !counted
        || node.inputs().stream().anyMatch(i -> !isSized(shapes.get(i)))
        || node.outputs().stream().anyMatch(o -> !isSized(shapes.get(o)));
  }

  private static boolean isSized(Shape shape) {
    return shape.isKnown();
  }

  /** The nodes that some values need, in execution order. */
  public static List<Node> needed(Network network, Collection<String> values) {
    Set<String> wanted = new HashSet<>(values);
    List<Node> needed = new ArrayList<>();
    for (int i = network.nodes().size() - 1; i >= 0; i--) {
      Node node = network.nodes().get(i);
      if (node.outputs().stream().anyMatch(wanted::contains)) {
        wanted.addAll(node.inputs());
        needed.add(node);
      }
    }
    Collections.reverse(needed);
    return needed;
  }

  private static long peak(
      Network network, List<Node> needed, Map<String, Shape> shapes, Collection<String> values) {
    Map<String, Integer> lastReader = new HashMap<>();
    for (int i = 0; i < needed.size(); i++) {
      for (String input : needed.get(i).inputs()) {
        lastReader.put(input, i);
      }
    }
    values.forEach(v -> lastReader.put(v, needed.size()));
    long live = network.inputs().stream().mapToLong(i -> bytes(shapes.get(i.name()))).sum();
    long peak = live;
    for (int i = 0; i < needed.size(); i++) {
      Node node = needed.get(i);
      for (String output : node.outputs()) {
        live += bytes(shapes.get(output));
      }
      peak = Math.max(peak, live);
      for (String input : new HashSet<>(node.inputs())) {
        if (lastReader.get(input) == i && !network.weights().containsKey(input)) {
          live -= bytes(shapes.get(input));
        }
      }
      for (String output : node.outputs()) {
        if (!lastReader.containsKey(output)) {
          live -= bytes(shapes.get(output));
        }
      }
    }
    return peak;
  }

  private static long bytes(Shape shape) {
    return shape.isKnown() ? BYTES_PER_VALUE * shape.elements() : 0;
  }
}
