package io.drivemark.architectures.onnx.gated;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The layout of standard ONNX: maps [1, C, H, W], filters [O, I, kH, kW], of transposed
 * convolutions [I, O, kH, kW]. Units of any size are gathered. Stateless.
 */
record Plain() implements Layout {
  private static final Set<String> CHANNELWISE =
      Set.of(
          "Relu",
          "LeakyRelu",
          "Elu",
          "Tanh",
          "HardSwish",
          "Identity",
          "AveragePool",
          "GlobalMaxPool",
          "GlobalAveragePool");

  @Override
  public int smallest() {
    return 1;
  }

  @Override
  public int piece(int unit) {
    return unit;
  }

  @Override
  public boolean convolves(NodeProto node, TensorProto weight) {
    return node.getDomain().isEmpty()
        && (node.getOpType().equals("Conv") || node.getOpType().equals("ConvTranspose"))
        && weight != null
        && node.getAttributeList().stream()
            .noneMatch(a -> a.getName().equals("group") && a.getI() != 1);
  }

  @Override
  public boolean keepsZeros(NodeProto node, Edited to) {
    if (!node.getDomain().isEmpty()) {
      return false;
    }
    return switch (node.getOpType()) {
      case "MaxPool" -> node.getOutputCount() == 1;
      case "Dropout" -> node.getOutputCount() == 1;
      case "Resize" -> node.getInputCount() == 3 && !node.getInput(2).isEmpty();
      case "Slice" -> node.getInputCount() == 4 && spatial(to.tensor(node.getInput(3)));
      default -> CHANNELWISE.contains(node.getOpType());
    };
  }

  @Override
  public boolean isReordering(NodeProto node) {
    return false;
  }

  private static boolean spatial(TensorProto axes) {
    return axes != null && Arrays.stream(Stored.longs(axes)).allMatch(a -> a == 2 || a == 3);
  }

  @Override
  public String filters(
      Indices write, NodeProto node, String weight, Optional<Live> out, Optional<Live> in) {
    Edited to = write.to();
    TensorProto tensor = to.tensor(weight);
    boolean transposed = node.getOpType().equals("ConvTranspose");
    Optional<Live> first = transposed ? in : out;
    Optional<Live> second = transposed ? out : in;
    long a = tensor.getDims(0);
    long b = tensor.getDims(1);
    long h = tensor.getDims(2);
    long w = tensor.getDims(3);
    if (second.isEmpty()) {
      Live live = first.orElseThrow();
      String data = to.viewed(weight, live.pieces(), live.piece() * b * h * w);
      String rows = to.gather(weight + ".gather", data, live.index(), 0);
      return to.reshape(weight + ".live", rows, -1, b, h, w);
    }
    Live columns = second.get();
    long size = columns.piece() * h * w;
    if (first.isEmpty()) {
      String data = to.viewed(weight, a, columns.pieces(), size);
      String live = to.gather(weight + ".gather", data, columns.index(), 1);
      return to.reshape(weight + ".live", live, a, -1, h, w);
    }
    String data = to.viewed(weight, a * columns.pieces(), size);
    String grid = write.grid(write.inPiecesOf(first.get(), 1), columns);
    return to.reshape(weight + ".live", to.gather(weight + ".gather", data, grid, 0), 0, -1, h, w);
  }
}
