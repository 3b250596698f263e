package io.drivemark.architectures.model;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Transpose;
import io.drivemark.architectures.model.ModelSpec.Output;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * A network that takes images [1, H, W, 3], as one that takes [1, 3, H, W]: the first node turns
 * the image, the last one the scores. Stateless.
 */
final class ChannelsFirst {
  private static final Transpose TO_LAST = new Transpose(List.of(0, 2, 3, 1));
  private static final Transpose TO_FIRST = new Transpose(List.of(0, 3, 1, 2));

  private ChannelsFirst() {}

  /**
   * Turns a network.
   *
   * @param output labels without a channel stay as they are, and so does an answer whose second
   *     extent alone is known: it has its channels first already
   * @throws BadInputException if its input does not have three channels at the end
   */
  static Network of(Network network, Output output) {
    NetworkInput input = network.inputs().get(0);
    Shape taken = input.shape();
    if (!taken.hasRank() || taken.rank() != 4 || taken.extent(3) != 3) {
      throw new BadInputException(
          "network "
              + network.name()
              + ": input "
              + input.name()
              + " is "
              + taken
              + ", with layout: channels-last expected [1, height, width, 3]");
    }
    String image = input.name() + ".channels-first";
    Shape turned = Shape.of(taken.extent(0), 3, taken.extent(1), taken.extent(2));
    List<Node> nodes = new ArrayList<>();
    nodes.add(new Node(image + ".turn", TO_LAST, List.of(image), List.of(input.name())));
    nodes.addAll(network.nodes());
    List<String> outputs = new ArrayList<>(network.outputs());
    if (isTurned(network.shapes(List.of(taken)).get(outputs.get(0)), output)) {
      String scores = outputs.get(0);
      String last = scores + ".channels-first";
      nodes.add(new Node(last + ".turn", TO_FIRST, List.of(scores), List.of(last)));
      outputs.set(0, last);
    }
    return new Network(
        network.name(),
        List.of(new NetworkInput(image, turned)),
        nodes,
        network.weights().values(),
        outputs,
        network.metadata());
  }

  private static boolean isTurned(Shape answer, Output output) {
    if (!answer.hasRank() || answer.rank() != 4) {
      return output != Output.LABELS;
    }
    boolean first = answer.extent(1) != Shape.UNKNOWN && answer.extent(3) == Shape.UNKNOWN;
    return output == Output.LABELS ? answer.extent(3) == 1 : !first;
  }
}
