package io.drivemark.architectures.graph;

import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.MatMul;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.Reshape;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Transpose;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Adaptive average pooling at a known size, said with operators that every runtime has. Cell i of
 * an axis covers ⌊i·from/to⌋ to ⌈(i + 1)·from/to⌉. Where the cells are equally long and do not
 * overlap it is a plain average pool. Where they repeat after a few (3 to 2, as in ESPNetv2) it is
 * a strided depthwise convolution with constant kernels, one a cell of the period, whose results
 * are interleaved. Else it is a product with a constant matrix on either side. Stateless.
 */
public final class AdaptivePooling {
  /** The longest period, in input extents, that is worth a convolution. */
  private static final int LONGEST_PERIOD = 8;

  private AdaptivePooling() {}

  /**
   * What replaces an adaptive pool.
   *
   * @param nodes in order; the last one has the name and the output of the replaced node, the
   *     others and their values are called {@code NAME//…}
   * @param constants what they read besides, names {@code const/NAME//…}
   */
  public record Expansion(List<Node> nodes, Map<String, Tensor> constants) {}

  /**
   * Replaces an adaptive pool.
   *
   * @param node the pool; its first input is pooled
   * @param in known shape of its input [N, C, H, W]
   * @param out known shape of its output [N, C, h, w]
   */
  public static Expansion expand(Node node, Shape in, Shape out) {
    Writer writer = new Writer(node);
    Axis rows = new Axis(in.height(), out.height());
    Axis columns = new Axis(in.width(), out.width());
    if (rows.kept() && columns.kept()) {
      writer.last(new Identity(), writer.input);
    } else if (out.height() == 1 && out.width() == 1) {
      writer.last(new GlobalPool(GlobalPool.Kind.AVERAGE), writer.input);
    } else if (rows.cells() == 1 && columns.cells() == 1) {
      Extent cell = new Extent(rows.period(), columns.period());
      writer.last(new AveragePool(cell, cell, Padding.NONE, false, true), writer.input);
    } else if (rows.period() <= LONGEST_PERIOD && columns.period() <= LONGEST_PERIOD) {
      writer.interleaved(rows, columns, in.channels());
    } else {
      writer.products(rows, columns);
    }
    return new Expansion(List.copyOf(writer.nodes), writer.constants);
  }

  /** One axis: windows repeat every {@code period} inputs, which give {@code cells} outputs. */
  private record Axis(int from, int to) {
    private int divisor() {
      return BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValue();
    }

    boolean kept() {
      return from == to;
    }

    int period() {
      return from / divisor();
    }

    int cells() {
      return to / divisor();
    }

    int periods() {
      return divisor();
    }

    int start(int cell) {
      return (int) ((long) cell * from / to);
    }

    int end(int cell) {
      return (int) (((long) (cell + 1) * from + to - 1) / to);
    }

    float share(int cell, int at) {
      return at >= start(cell) && at < end(cell) ? 1f / (end(cell) - start(cell)) : 0;
    }
  }

  /** The nodes being written. */
  private static final class Writer {
    private final Node node;
    private final String input;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Tensor> constants = new LinkedHashMap<>();

    Writer(Node node) {
      this.node = node;
      this.input = node.inputs().get(0);
    }

    void last(Op op, String... inputs) {
      nodes.add(new Node(node.name(), op, List.of(inputs), node.outputs()));
    }

    void interleaved(Axis rows, Axis columns, int channels) {
      Extent period = new Extent(rows.period(), columns.period());
      int cells = rows.cells() * columns.cells();
      float[] kernels = new float[channels * cells * period.h() * period.w()];
      int at = 0;
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < rows.cells(); i++) {
          for (int j = 0; j < columns.cells(); j++) {
            for (int h = 0; h < period.h(); h++) {
              for (int w = 0; w < period.w(); w++) {
                kernels[at++] = rows.share(i, h) * columns.share(j, w);
              }
            }
          }
        }
      }
      Shape shape = Shape.of(channels * cells, 1, period.h(), period.w());
      String weight = constant("kernels", Tensor.sharing(shape, kernels));
      String y =
          add("means", new Conv2d(period, Padding.NONE, Extent.ONE, channels), input, weight);
      y =
          add(
              "split",
              new Reshape(
                  List.of(
                      0,
                      channels,
                      rows.cells(),
                      columns.cells(),
                      rows.periods(),
                      columns.periods())),
              y);
      y = add("turned", new Transpose(List.of(0, 1, 4, 2, 5, 3)), y);
      last(new Reshape(List.of(0, channels, rows.to(), columns.to())), y);
    }

    void products(Axis rows, Axis columns) {
      String y = input;
      if (!columns.kept()) {
        String right = constant("columns", matrix(columns, true));
        if (rows.kept()) {
          last(new MatMul(), y, right);
          return;
        }
        y = add("narrow", new MatMul(), y, right);
      }
      last(new MatMul(), constant("rows", matrix(rows, false)), y);
    }

    /** [to, from], or its transpose: row i holds 1/length in its window. */
    private static Tensor matrix(Axis axis, boolean transposed) {
      float[] values = new float[Math.multiplyExact(axis.from(), axis.to())];
      for (int i = 0; i < axis.to(); i++) {
        for (int j = axis.start(i); j < axis.end(i); j++) {
          values[transposed ? j * axis.to() + i : i * axis.from() + j] = axis.share(i, j);
        }
      }
      Shape shape =
          transposed ? Shape.of(axis.from(), axis.to()) : Shape.of(axis.to(), axis.from());
      return Tensor.sharing(shape, values);
    }

    private String add(String what, Op op, String... inputs) {
      String name = node.name() + "//" + what;
      nodes.add(new Node(name, op, List.of(inputs), List.of(name)));
      return name;
    }

    private String constant(String what, Tensor tensor) {
      String name = Weight.CONSTANT_PREFIX + node.name() + "//" + what;
      constants.put(name, tensor);
      return name;
    }
  }
}
