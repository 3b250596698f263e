package io.drivemark.architectures.graph;

import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * A neural network as a value: an immutable, topologically ordered graph of typed operators with
 * named weights and text metadata. Shapes, cost, channel groups, the ONNX file and the trainable
 * block are all derived from it. Two networks are equal if everything in them is. Safe to share
 * between threads.
 *
 * <p>Output 0 is the logits (or labels) [N, K, h, w]; further outputs are auxiliary heads or taps.
 */
public final class Network {
  private final String name;
  private final List<NetworkInput> inputs;
  private final List<Node> nodes;
  private final Map<String, Weight> weights;
  private final List<String> outputs;
  private final Map<String, String> metadata;

  /**
   * @param name for people
   * @param inputs what it is given
   * @param nodes in an order in which every value is made before it is read
   * @param weights all named values it carries
   * @param outputs names of the values it answers with
   * @param metadata free texts, keys of ours start with {@code drivemark.}
   * @throws IllegalArgumentException if a value is read before it is made, is made twice, a name is
   *     not unique, or an output does not exist
   */
  public Network(
      String name,
      List<NetworkInput> inputs,
      List<Node> nodes,
      Collection<Weight> weights,
      List<String> outputs,
      Map<String, String> metadata) {
    this.name = Objects.requireNonNull(name, "name");
    this.inputs = List.copyOf(inputs);
    this.nodes = List.copyOf(nodes);
    Map<String, Weight> byName = new LinkedHashMap<>();
    Set<String> made = new HashSet<>();
    for (NetworkInput input : inputs) {
      check(made.add(input.name()), "value %s is made twice", input.name());
    }
    for (Weight weight : weights) {
      byName.put(weight.name(), weight);
      check(made.add(weight.name()), "value %s is made twice", weight.name());
    }
    Set<String> nodeNames = new HashSet<>();
    for (Node node : nodes) {
      check(nodeNames.add(node.name()), "two nodes are called %s", node.name());
      for (String input : node.inputs()) {
        check(
            made.contains(input),
            "node %s reads %s, which no earlier node makes",
            node.name(),
            input);
      }
      for (String output : node.outputs()) {
        check(made.add(output), "value %s is made twice", output);
      }
    }
    check(!outputs.isEmpty(), "the network has no output");
    for (String output : outputs) {
      check(made.contains(output), "output %s is made by no node", output);
    }
    this.weights = Collections.unmodifiableMap(byName);
    this.outputs = List.copyOf(outputs);
    this.metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  public String name() {
    return name;
  }

  public List<NetworkInput> inputs() {
    return inputs;
  }

  /** The nodes, each after those whose values it reads. */
  public List<Node> nodes() {
    return nodes;
  }

  /** All weights by name, in definition order. */
  public Map<String, Weight> weights() {
    return weights;
  }

  /** Output names; the first is the logits. */
  public List<String> outputs() {
    return outputs;
  }

  /** Free texts, sorted by key. */
  public Map<String, String> metadata() {
    return metadata;
  }

  /** The number of learned values, of those that are seen here. */
  public long parameters() {
    return weights.values().stream()
        .filter(w -> w.role() == Weight.Role.LEARNED)
        .mapToLong(w -> w.tensor().shape().elements())
        .sum();
  }

  /** Whether it is a TorchScript file as a whole, whose weights and operators are not seen here. */
  public boolean isTorchScript() {
    return nodes.stream().anyMatch(n -> n.op() instanceof Opaque whole && whole.isTorchScript());
  }

  /** The same network under another name. */
  public Network withName(String other) {
    return new Network(other, inputs, nodes, weights.values(), outputs, metadata);
  }

  /**
   * The same network with some weights replaced.
   *
   * @param replaced tensors by weight name, each of the weight's own shape
   * @throws IllegalArgumentException if a name is unknown or a shape differs
   */
  public Network withTensors(Map<String, Tensor> replaced) {
    for (String key : replaced.keySet()) {
      check(weights.containsKey(key), "there is no weight called %s", key);
    }
    List<Weight> all = new ArrayList<>();
    for (Weight weight : weights.values()) {
      Tensor tensor = replaced.get(weight.name());
      all.add(tensor == null ? weight : weight.withTensor(tensor));
    }
    return new Network(name, inputs, nodes, all, outputs, metadata);
  }

  /** The same network with these texts added to its metadata. */
  public Network withMetadata(Map<String, String> added) {
    Map<String, String> all = new TreeMap<>(metadata);
    all.putAll(added);
    return new Network(name, inputs, nodes, weights.values(), outputs, all);
  }

  /** The same network answering with other values; nodes that no output needs stay. */
  public Network withOutputs(List<String> others) {
    return new Network(name, inputs, nodes, weights.values(), others, metadata);
  }

  /** The network with its first output alone and only what that needs: no auxiliary heads. */
  public Network forInference() {
    return forInference(outputs.subList(0, 1));
  }

  /**
   * The network with some of its outputs and only what these need.
   *
   * @param kept names of outputs, in the order of the new network's
   */
  public Network forInference(List<String> kept) {
    List<Node> needed = Cost.needed(this, kept);
    Set<String> read = new HashSet<>();
    needed.forEach(node -> read.addAll(node.inputs()));
    List<Weight> used = weights.values().stream().filter(w -> read.contains(w.name())).toList();
    return new Network(name, inputs, needed, used, kept, metadata);
  }

  /**
   * The shape of every value for given input shapes.
   *
   * @param inputShapes one a network input
   * @throws IllegalArgumentException if shapes do not fit; the message names the node
   */
  public Map<String, Shape> shapes(List<Shape> inputShapes) {
    check(
        inputShapes.size() == inputs.size(),
        "%s input shapes expected, found %s",
        inputs.size(),
        inputShapes.size());
    Map<String, Shape> shapes = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      shapes.put(inputs.get(i).name(), inputShapes.get(i));
    }
    weights.forEach((key, weight) -> shapes.put(key, weight.tensor().shape()));
    for (Node node : nodes) {
      List<Shape> made;
      try {
        made = node.op().outputShapes(node.inputs().stream().map(shapes::get).toList());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "network " + name + ", node " + node.name() + ": " + e.getMessage(), e);
      }
      check(
          made.size() == node.outputs().size(),
          "node %s names %s outputs, its operator makes %s",
          node.name(),
          node.outputs().size(),
          made.size());
      for (int i = 0; i < made.size(); i++) {
        shapes.put(node.outputs().get(i), made.get(i));
      }
    }
    return shapes;
  }

  /** The shape of every value for one image of this size: input [1, C, height, width]. */
  public Map<String, Shape> shapesAt(int height, int width) {
    if (inputs.isEmpty()) {
      throw new BadInputException(
          "network " + name + " takes no input, expected an image [1, 3, height, width]");
    }
    return shapes(List.of(Shape.of(1, inputs.get(0).shape().channels(), height, width)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network n
        && name.equals(n.name)
        && inputs.equals(n.inputs)
        && nodes.equals(n.nodes)
        && List.copyOf(weights.values()).equals(List.copyOf(n.weights.values()))
        && outputs.equals(n.outputs)
        && metadata.equals(n.metadata);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, inputs, nodes, outputs, metadata);
  }

  @Override
  public String toString() {
    return "Network[" + name + ", " + nodes.size() + " nodes, " + parameters() + " parameters]";
  }

  private void check(boolean condition, String message, Object... arguments) {
    if (!condition) {
      throw new IllegalArgumentException(
          "network " + name + ": " + String.format(java.util.Locale.ROOT, message, arguments));
    }
  }
}
