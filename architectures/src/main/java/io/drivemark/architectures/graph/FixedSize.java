package io.drivemark.architectures.graph;

import io.drivemark.architectures.graph.op.AdaptiveAveragePool;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolLike;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolScaled;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Pad;
import io.drivemark.architectures.graph.op.PadToMultiple;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.ResizeScaled;
import io.drivemark.architectures.graph.op.ResizeTo;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rewrites a network for one input size: operators whose result's size follows from other values
 * (resize-like, crop-like, pad to a multiple, adaptive pooling) become operators with fixed numbers
 * that every runtime has; adaptive pooling is treated by {@link AdaptivePooling}. Results are the
 * same up to rounding. Cost is to be counted on the network as it was, since the constant kernels
 * and matrices of the pooling count as multiply-accumulates. Stateless.
 */
public final class FixedSize {
  private final Map<String, Shape> shapes;
  private final Map<String, Weight> weights;
  private final List<Node> nodes = new ArrayList<>();

  private FixedSize(Network network, Map<String, Shape> shapes) {
    this.shapes = shapes;
    this.weights = new LinkedHashMap<>(network.weights());
  }

  /**
   * The network for one image of this size. Values keep their names; a network without such
   * operators comes back as it is but for its input shape.
   *
   * @throws IllegalArgumentException if the network does not work at this size
   */
  public static Network at(Network network, int height, int width) {
    Map<String, Shape> shapes = network.shapesAt(height, width);
    FixedSize fixed = new FixedSize(network, shapes);
    network.nodes().forEach(fixed::rewrite);
    List<NetworkInput> inputs =
        network.inputs().stream()
            .map(i -> new NetworkInput(i.name(), shapes.get(i.name())))
            .toList();
    return new Network(
        network.name(),
        inputs,
        fixed.nodes,
        fixed.weights.values(),
        network.outputs(),
        network.metadata());
  }

  private void rewrite(Node node) {
    String x = node.inputs().isEmpty() ? "" : node.inputs().get(0);
    Shape in = shapes.get(x);
    Shape out = shapes.get(node.output());
    Op op = node.op();
    if (op instanceof ResizeLike resize) {
      replace(node, resized(resize.mode(), in, out), x);
    } else if (op instanceof ResizeScaled resize) {
      replace(node, resized(resize.mode(), in, out), x);
    } else if (op instanceof CropLike) {
      replace(
          node,
          sameSize(in, out)
              ? new Identity()
              : new Slice(List.of(2, 3), List.of(0, 0), List.of(out.height(), out.width())),
          x);
    } else if (op instanceof PadToMultiple) {
      replace(
          node,
          sameSize(in, out)
              ? new Identity()
              : new Pad(
                  List.of(0, 0, 0, 0),
                  List.of(0, 0, out.height() - in.height(), out.width() - in.width()),
                  0),
          x);
    } else if (op instanceof AdaptiveAveragePool
        || op instanceof AdaptiveAveragePoolLike
        || op instanceof AdaptiveAveragePoolScaled) {
      pool(node, in, out);
    } else {
      nodes.add(node);
    }
  }

  private static Op resized(ResizeMode mode, Shape in, Shape out) {
    return sameSize(in, out) ? new Identity() : new ResizeTo(mode, out.height(), out.width());
  }

  private static boolean sameSize(Shape a, Shape b) {
    return a.height() == b.height() && a.width() == b.width();
  }

  private void replace(Node node, Op op, String... inputs) {
    nodes.add(new Node(node.name(), op, List.of(inputs), node.outputs()));
  }

  private void pool(Node node, Shape in, Shape out) {
    AdaptivePooling.Expansion expansion = AdaptivePooling.expand(node, in, out);
    expansion
        .constants()
        .forEach((name, tensor) -> weights.put(name, Weight.constant(name, tensor)));
    nodes.addAll(expansion.nodes());
  }
}
