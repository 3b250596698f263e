package io.drivemark.architectures.graph;

import io.drivemark.architectures.graph.op.AdaptiveAveragePool;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolLike;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolScaled;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.Gather;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.MatMul;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Pad;
import io.drivemark.architectures.graph.op.PadToMultiple;
import io.drivemark.architectures.graph.op.Padding;
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
 * that every runtime has. Adaptive pooling becomes plain pooling where all its windows are equally
 * long, else a product with a constant matrix. Results are the same up to rounding. Cost is to be
 * counted on the network as it was, since those products count as multiply-accumulates. Stateless.
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
      pool(node, x, in, out);
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

  private void pool(Node node, String x, Shape in, Shape out) {
    Windows rows = new Windows(in.height(), out.height());
    Windows columns = new Windows(in.width(), out.width());
    if (rows.regular() && columns.regular()) {
      replace(
          node,
          new AveragePool(
              new Extent(rows.length(), columns.length()),
              new Extent(rows.step(), columns.step()),
              Padding.NONE,
              false,
              true),
          x);
      return;
    }
    String y = poolAxis(node.name() + ".rows", x, rows, 2);
    y = poolAxis(node.name() + ".columns", y, columns, 3);
    replace(node, new Identity(), y);
  }

  private String poolAxis(String name, String x, Windows windows, int axis) {
    boolean vertical = axis == 2;
    if (windows.regular() || windows.equallyLong()) {
      int step = windows.regular() ? windows.step() : 1;
      String y = x;
      if (windows.length() > 1 || step > 1) {
        Op mean =
            new AveragePool(
                vertical ? new Extent(windows.length(), 1) : new Extent(1, windows.length()),
                vertical ? new Extent(step, 1) : new Extent(1, step),
                Padding.NONE,
                false,
                true);
        y = add(name, mean, x);
      }
      if (windows.regular()) {
        return y;
      }
      String starts = constant(name + ".starts", Tensor.ofLongs(windows.starts()));
      return add(name + ".picked", new Gather(axis), y, starts);
    }
    return vertical
        ? add(name, new MatMul(), constant(name + ".means", windows.matrix(false)), x)
        : add(name, new MatMul(), x, constant(name + ".means", windows.matrix(true)));
  }

  private String add(String name, Op op, String... inputs) {
    nodes.add(new Node(name, op, List.of(inputs), List.of(name)));
    return name;
  }

  private String constant(String name, Tensor tensor) {
    Weight weight = Weight.constant(Weight.CONSTANT_PREFIX + name, tensor);
    weights.put(weight.name(), weight);
    return weight.name();
  }

  /** The windows of adaptive pooling along one axis: i covers ⌊i·from/to⌋ to ⌈(i + 1)·from/to⌉. */
  private record Windows(int from, int to) {
    int start(int i) {
      return (int) ((long) i * from / to);
    }

    int end(int i) {
      return (int) (((long) (i + 1) * from + to - 1) / to);
    }

    int length() {
      return end(0);
    }

    boolean equallyLong() {
      for (int i = 1; i < to; i++) {
        if (end(i) - start(i) != length()) {
          return false;
        }
      }
      return true;
    }

    /** Equally long and equally far apart, without rest. */
    boolean regular() {
      return from % to == 0;
    }

    int step() {
      return from / to;
    }

    long[] starts() {
      long[] starts = new long[to];
      for (int i = 0; i < to; i++) {
        starts[i] = start(i);
      }
      return starts;
    }

    /** [to, from], or its transpose: row i holds 1/length in its window. */
    Tensor matrix(boolean transposed) {
      float[] values = new float[Math.multiplyExact(from, to)];
      for (int i = 0; i < to; i++) {
        for (int j = start(i); j < end(i); j++) {
          values[transposed ? j * to + i : i * from + j] = 1f / (end(i) - start(i));
        }
      }
      return Tensor.sharing(transposed ? Shape.of(from, to) : Shape.of(to, from), values);
    }
  }
}
