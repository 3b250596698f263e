package io.drivemark.architectures.engine.opencv;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Pad;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network as OpenCV's importer computes it rightly: without dead nodes, average pools that count
 * their padding written with a Pad (the importer forgets to count).
 *
 * @param network what is written as ONNX
 * @param inputShape of the image
 * @param outputShapes in the network's order
 */
record Importable(Network network, Shape inputShape, List<Shape> outputShapes) {

  static Importable of(Network network, int height, int width) {
    if (network.inputs().size() != 1) {
      throw new BadInputException(
          "opencv: network "
              + network.name()
              + " takes "
              + network.inputs().size()
              + " inputs; one image is expected");
    }
    try {
      Map<String, Shape> shapes = network.shapesAt(height, width);
      return new Importable(
          new Rewriting(network).network(),
          shapes.get(network.inputs().get(0).name()),
          network.outputs().stream().map(shapes::get).toList());
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          "opencv cannot run network "
              + network.name()
              + " at "
              + height
              + "x"
              + width
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /** The first nodes alone, answering with every value that none of them reads. */
  Importable first(int count) {
    List<Node> nodes = network.nodes().subList(0, count);
    Set<String> read = new HashSet<>();
    nodes.forEach(node -> read.addAll(node.inputs()));
    List<String> ends =
        nodes.stream().flatMap(n -> n.outputs().stream()).filter(o -> !read.contains(o)).toList();
    Network part =
        new Network(
            network.name(),
            network.inputs(),
            nodes,
            network.weights().values().stream().filter(w -> read.contains(w.name())).toList(),
            ends,
            Map.of());
    Map<String, Shape> shapes = network.shapesAt(inputShape.height(), inputShape.width());
    return new Importable(part, inputShape, ends.stream().map(shapes::get).toList());
  }

  /** One rewriting of one network. */
  private static final class Rewriting {
    private final Network original;
    private final List<Node> nodes = new ArrayList<>();

    Rewriting(Network original) {
      this.original = original;
    }

    Network network() {
      Cost.needed(original, original.outputs()).forEach(this::rewrite);
      Set<String> read = new HashSet<>(original.outputs());
      nodes.forEach(node -> read.addAll(node.inputs()));
      return new Network(
          original.name(),
          original.inputs(),
          nodes,
          original.weights().values().stream().filter(w -> read.contains(w.name())).toList(),
          original.outputs(),
          Map.of());
    }

    private void rewrite(Node node) {
      List<String> inputs = node.inputs();
      checkWeights(node, inputs);
      if (node.op() instanceof AveragePool pool
          && pool.countPadding()
          && !pool.padding().equals(Padding.NONE)) {
        if (pool.ceil()) {
          throw new IllegalArgumentException(
              "operator AveragePool of node "
                  + node.name()
                  + " counts padding and rounds up; use the engine onnxruntime or pytorch");
        }
        Padding p = pool.padding();
        String padded = node.name() + "//padded";
        Pad pad =
            new Pad(List.of(0, 0, p.top(), p.left()), List.of(0, 0, p.bottom(), p.right()), 0);
        nodes.add(new Node(padded, pad, inputs, List.of(padded)));
        AveragePool bare =
            new AveragePool(pool.kernel(), pool.stride(), Padding.NONE, false, false);
        nodes.add(new Node(node.name(), bare, List.of(padded), node.outputs()));
      } else {
        nodes.add(new Node(node.name(), node.op(), inputs, node.outputs()));
      }
    }

    /** The importer takes weights that are worked out at run time for zeros. */
    private void checkWeights(Node node, List<String> inputs) {
      boolean weighted =
          node.op() instanceof Conv2d
              || node.op() instanceof ConvTranspose2d
              || node.op() instanceof BatchNorm;
      for (String input : inputs.subList(weighted ? 1 : inputs.size(), inputs.size())) {
        if (!original.weights().containsKey(input)) {
          throw new IllegalArgumentException(
              "operator "
                  + node.op().getClass().getSimpleName()
                  + " of node "
                  + node.name()
                  + " has a weight that is worked out at run time ("
                  + input
                  + "); use the engine onnxruntime or pytorch");
        }
      }
    }
  }
}
