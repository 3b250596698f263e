package io.drivemark.architectures.engine.pytorch;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a network as the body of a TorchScript method for given input shapes. Values become local
 * variables, which PyTorch's interpreter releases after their last reader; weights are elements of
 * the list {@code p}, in the network's order. Not thread-safe.
 */
final class ScriptWriter {
  private final Network network;
  private final ScriptMode mode;
  private final Map<String, Shape> shapes;
  private final Map<String, String> expressions = new HashMap<>();
  private final Map<String, Node> makers = new HashMap<>();
  private final StringBuilder body = new StringBuilder();
  private int variables;

  /**
   * @param input shape of the network's only input
   */
  ScriptWriter(Network network, Shape input, ScriptMode mode) {
    this.network = network;
    this.mode = mode;
    this.shapes = network.shapes(List.of(input));
    int index = 0;
    for (String weight : network.weights().keySet()) {
      expressions.put(weight, "p[" + index++ + "]");
    }
    for (Node node : network.nodes()) {
      node.outputs().forEach(o -> makers.put(o, node));
    }
  }

  /**
   * Writes the nodes that the outputs need and returns the lines, indented by four.
   *
   * @param x expression of the network's input
   */
  String write(String x) {
    // Channels last: convolutions need no reordering, which saves a fifth of their time.
    String image = let("torch.contiguous(" + x + ", memory_format=2)");
    expressions.put(network.inputs().get(0).name(), image);
    Set<String> needed = needed();
    for (Node node : network.nodes()) {
      if (node.outputs().stream().anyMatch(needed::contains)) {
        body.append("    # ").append(node.name().replaceAll("\\R", " ")).append('\n');
        Kernels.write(node.op(), new Site(this, node));
      }
    }
    return body.toString();
  }

  /** The expression of a value that is written already. */
  String expression(String value) {
    return expressions.get(value);
  }

  Shape shape(String value) {
    return shapes.get(value);
  }

  Node maker(String value) {
    return makers.get(value);
  }

  ScriptMode mode() {
    return mode;
  }

  String let(String expression) {
    String name = "v" + variables++;
    body.append("    ").append(name).append(" = ").append(expression).append('\n');
    return name;
  }

  void assign(String value, String expression) {
    expressions.put(value, let(expression));
  }

  private Set<String> needed() {
    Set<String> needed = new HashSet<>(network.outputs());
    List<Node> backwards = new ArrayList<>(network.nodes());
    java.util.Collections.reverse(backwards);
    for (Node node : backwards) {
      if (node.outputs().stream().anyMatch(needed::contains)) {
        needed.addAll(node.inputs());
      }
    }
    return needed;
  }
}
