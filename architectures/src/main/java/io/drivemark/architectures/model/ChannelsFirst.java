package io.drivemark.architectures.model;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Transpose;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a network's image or its output 0 from channels last to channels first by one more node.
 * Stateless.
 */
final class ChannelsFirst {
  private static final Transpose TO_LAST = new Transpose(List.of(0, 2, 3, 1));
  private static final Transpose TO_FIRST = new Transpose(List.of(0, 3, 1, 2));

  private ChannelsFirst() {}

  /** A network that takes [1, H, W, 3], as one that takes [1, 3, H, W]. */
  static Network input(Network network) {
    NetworkInput input = network.inputs().get(0);
    Shape taken = input.shape();
    String image = input.name() + ".channels-first";
    Shape turned =
        taken.hasRank()
            ? Shape.of(taken.extent(0), 3, taken.extent(1), taken.extent(2))
            : Shape.of(Shape.UNKNOWN, 3, Shape.UNKNOWN, Shape.UNKNOWN);
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Node(image + ".turn", TO_LAST, List.of(image), List.of(input.name())));
    nodes.addAll(network.nodes());
    return new Network(
        network.name(),
        List.of(new NetworkInput(image, turned)),
        nodes,
        network.weights().values(),
        network.outputs(),
        network.metadata());
  }

  /** A network whose output 0 is [1, h, w, K], as one whose is [1, K, h, w]. */
  static Network output(Network network) {
    String scores = network.outputs().get(0);
    String first = scores + ".channels-first";
    List<Node> nodes = new ArrayList<>(network.nodes());
    nodes.add(new Node(first + ".turn", TO_FIRST, List.of(scores), List.of(first)));
    List<String> outputs = new ArrayList<>(network.outputs());
    outputs.set(0, first);
    return new Network(
        network.name(),
        network.inputs(),
        nodes,
        network.weights().values(),
        outputs,
        network.metadata());
  }
}
