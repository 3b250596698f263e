package io.drivemark.architectures.onnx;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.Concat;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.graph.op.Gather;
import io.drivemark.architectures.graph.op.MatMul;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.PRelu;
import io.drivemark.architectures.graph.op.Pad;
import io.drivemark.architectures.graph.op.ReduceMean;
import io.drivemark.architectures.graph.op.Reshape;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import io.drivemark.architectures.graph.op.Softmax;
import io.drivemark.architectures.graph.op.Split;
import io.drivemark.architectures.graph.op.Transpose;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a network computes each image of a batch by itself, so that the answer for one image does
 * not depend on how many there are. Decided operator by operator; what is not certain counts as no.
 * Used once; not thread-safe.
 */
final class ImageByImage {
  private final Map<String, Shape> shapes;
  private final Set<String> perImage = new HashSet<>();

  private ImageByImage(Map<String, Shape> shapes) {
    this.shapes = shapes;
  }

  /** Whether that is so for every output; the network has one input [N, …]. */
  static boolean holds(Network network) {
    NetworkInput image = network.inputs().get(0);
    ImageByImage each = new ImageByImage(network.shapes(List.of(image.shape())));
    each.perImage.add(image.name());
    for (Node node : network.nodes()) {
      if (node.inputs().stream().anyMatch(each.perImage::contains)) {
        if (!each.keeps(node)) {
          return false;
        }
        each.perImage.addAll(node.outputs());
      } else if (node.op() instanceof Opaque opaque
          && Opaques.outerValues(opaque).stream().anyMatch(each.perImage::contains)) {
        return false;
      }
    }
    return each.perImage.containsAll(network.outputs());
  }

  private boolean keeps(Node node) {
    Op op = node.op();
    Shape x = shapes.get(node.inputs().get(0));
    boolean first = perImage.contains(node.inputs().get(0));
    boolean alone = first && node.inputs().stream().skip(1).noneMatch(perImage::contains);
    if (op instanceof Opaque opaque) {
      return alone && opaque.isElementwise() && node.inputs().size() == 1;
    }
    if (op instanceof Elementwise) {
      return node.inputs().stream().allMatch(v -> isPerImageOrTheSameForAll(v, node));
    }
    if (op instanceof Conv2d
        || op instanceof ConvTranspose2d
        || op instanceof BatchNorm
        || op instanceof PRelu) {
      return alone;
    }
    if (op instanceof Gate) {
      return alone || first && rankOf(node, 1) == 4;
    }
    if (op instanceof MatMul) {
      return alone && x.hasRank() && x.rank() >= 3 && rankOf(node, 1) == 2;
    }
    if (op instanceof Concat o) {
      return node.inputs().stream().allMatch(perImage::contains) && isInner(o.axis(), x);
    }
    return first && keepsAlone(op, x, alone);
  }

  private static boolean keepsAlone(Op op, Shape x, boolean alone) {
    if (op instanceof Split o) {
      return isInner(o.axis(), x);
    } else if (op instanceof Softmax o) {
      return isInner(o.axis(), x);
    } else if (op instanceof ArgMax o) {
      return isInner(o.axis(), x);
    } else if (op instanceof Gather o) {
      return alone && isInner(o.axis(), x);
    } else if (op instanceof ReduceMean o) {
      return o.axes().stream().allMatch(axis -> isInner(axis, x));
    } else if (op instanceof Slice o) {
      return o.axes().stream().allMatch(axis -> isInner(axis, x));
    } else if (op instanceof Transpose o) {
      return o.order().get(0) == 0;
    } else if (op instanceof Pad o) {
      return o.before().get(0) == 0 && o.after().get(0) == 0;
    } else if (op instanceof Reshape o) {
      return keepsBatch(o, x);
    }
    return true; // activations, pooling and resizing look at one map at a time
  }

  private static boolean isInner(int axis, Shape x) {
    return x.hasRank() && (axis < 0 ? axis + x.rank() : axis) > 0;
  }

  /** The first extent stays what it is, written as "the same" or worked out from the others. */
  private static boolean keepsBatch(Reshape op, Shape x) {
    List<Integer> extents = op.extents();
    if (extents.isEmpty()) {
      return false;
    }
    if (extents.get(0) == 0) {
      return true;
    }
    boolean othersKnown = extents.stream().skip(1).allMatch(e -> e > 0);
    if (extents.get(0) != -1 || !othersKnown || !x.isKnown()) {
      return false;
    }
    long others = extents.stream().skip(1).mapToLong(e -> e).reduce(1, Math::multiplyExact);
    return Math.multiplyExact(others, x.extent(0)) == x.elements();
  }

  private boolean isPerImageOrTheSameForAll(String value, Node node) {
    Shape made = shapes.get(node.output());
    Shape shape = shapes.get(value);
    if (!made.hasRank() || !shape.hasRank()) {
      return false;
    }
    return perImage.contains(value)
        ? shape.rank() == made.rank()
        : shape.rank() < made.rank() || shape.rank() > 0 && shape.extent(0) == 1;
  }

  private int rankOf(Node node, int index) {
    Shape shape = shapes.get(node.inputs().get(index));
    return shape.hasRank() ? shape.rank() : -1;
  }
}
