package io.drivemark.architectures.pruning;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The layers that make a network's answer: their maps reach its first output with nothing but
 * enlarging and summing up behind them, so that their channels are classes, or what else is
 * answered. Stateless.
 */
public final class ScoreLayers {
  private ScoreLayers() {}

  /**
   * The names of these convolutions, and of the transposed ones that enlarge what they make.
   *
   * @param nodes that the first output needs, in the network's order
   * @param shapes of all their values
   */
  public static Set<String> of(Network network, List<Node> nodes, Map<String, Shape> shapes) {
    Set<String> scores = new HashSet<>();
    Set<String> classSpace = new HashSet<>(Set.of(network.outputs().get(0)));
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (node.outputs().stream().noneMatch(classSpace::contains)) {
        continue;
      }
      boolean transposed = node.op() instanceof ConvTranspose2d;
      if (transposed || node.op() instanceof Conv2d) {
        scores.add(node.name());
      }
      boolean ends = node.op() instanceof Conv2d || transposed && !keepsChannels(node, shapes);
      if (!ends) {
        node.inputs().stream()
            .filter(in -> !network.weights().containsKey(in))
            .forEach(classSpace::add);
      }
    }
    return scores;
  }

  private static boolean keepsChannels(Node node, Map<String, Shape> shapes) {
    return shapes.get(node.inputs().get(0)).channels() == shapes.get(node.output()).channels();
  }
}
