package io.drivemark.architectures.graph;

import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Pad;
import io.drivemark.architectures.graph.op.PadToMultiple;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a network's decoder begins: at the first node that enlarges a map. What only pads does not,
 * nor does what spreads a global average over the map again. Stateless.
 */
public final class Upsampling {
  private Upsampling() {}

  /**
   * The values that lie behind an enlargement: outputs of nodes that enlarge and of all that reads
   * such values, directly or not.
   *
   * @param nodes in the network's order
   * @param shapes of all their values, for the image size at hand
   */
  public static Set<String> values(List<Node> nodes, Map<String, Shape> shapes) {
    Set<String> upsampled = new HashSet<>();
    for (Node node : nodes) {
      if (enlarges(node, shapes) || node.inputs().stream().anyMatch(upsampled::contains)) {
        upsampled.addAll(node.outputs());
      }
    }
    return upsampled;
  }

  /** The values that a node makes by enlarging what it reads. */
  public static Set<String> enlarged(List<Node> nodes, Map<String, Shape> shapes) {
    Set<String> enlarged = new HashSet<>();
    nodes.stream().filter(n -> enlarges(n, shapes)).forEach(n -> enlarged.addAll(n.outputs()));
    return enlarged;
  }

  private static boolean enlarges(Node node, Map<String, Shape> shapes) {
    Shape from = node.inputs().isEmpty() ? null : shapes.get(node.inputs().get(0));
    Shape to = shapes.get(node.output());
    return isMap(from)
        && isMap(to)
        && (from.height() > 1 || from.width() > 1 || doubles(node.op()))
        && to.height() > from.height()
        && !pads(node.op());
  }

  /** A step up, even from a single pixel; a global average is spread at once. */
  private static boolean doubles(Op op) {
    return op instanceof Resize o && o.scaleH() == 2 && o.scaleW() == 2;
  }

  /** Operators whose output exceeds their input by their padding alone. */
  private static boolean pads(Op op) {
    return op instanceof Pad
        || op instanceof PadToMultiple
        || op instanceof Conv2d
        || op instanceof MaxPool
        || op instanceof AveragePool;
  }

  private static boolean isMap(Shape shape) {
    return shape != null && shape.hasRank() && shape.rank() == 4 && shape.height() != Shape.UNKNOWN;
  }
}
