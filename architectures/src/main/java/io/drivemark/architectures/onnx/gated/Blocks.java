package io.drivemark.architectures.onnx.gated;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * ONNX Runtime's own layout: maps lie as [C/b, H, W, b], filters as [O/b, I/b, kH, kW, b, b], those
 * that read fewer than b channels as [O/b, I, kH, kW, b]. Whole blocks are gathered: one Gather a
 * convolution, by a grid of block numbers.
 *
 * @param block b, the processor's own
 */
record Blocks(int block) implements Layout {
  static final String DOMAIN = "com.microsoft.nchwc";

  private static final Set<String> POOLS =
      Set.of("MaxPool", "AveragePool", "GlobalMaxPool", "GlobalAveragePool", "Upsample");
  private static final Set<String> POINTWISE =
      Set.of("Relu", "LeakyRelu", "Elu", "Tanh", "HardSwish", "Identity");

  @Override
  public int smallest() {
    return block;
  }

  @Override
  public int piece(int unit) {
    return block;
  }

  @Override
  public boolean convolves(NodeProto node, TensorProto weight) {
    return node.getDomain().equals(DOMAIN)
        && node.getOpType().equals("Conv")
        && weight != null
        && weight.getDims(0) % block == 0
        && node.getAttributeList().stream()
            .noneMatch(a -> a.getName().equals("group") && a.getI() != 1);
  }

  @Override
  public boolean keepsZeros(NodeProto node, Edited to) {
    return node.getDomain().equals(DOMAIN)
        ? POOLS.contains(node.getOpType())
        : node.getDomain().isEmpty() && POINTWISE.contains(node.getOpType());
  }

  @Override
  public boolean isReordering(NodeProto node) {
    return node.getDomain().equals(DOMAIN) && node.getOpType().equals("ReorderOutput");
  }

  @Override
  public String filters(
      Indices write, NodeProto node, String weight, Optional<Live> out, Optional<Live> in) {
    Edited to = write.to();
    TensorProto tensor = to.tensor(weight);
    long o = tensor.getDims(0);
    long i = tensor.getDims(1);
    long h = tensor.getDims(2);
    long w = tensor.getDims(3);
    long size = (long) block * block * h * w;
    if (in.isEmpty()) {
      String data = to.viewed(weight, o / block, i * block * h * w);
      String rows = to.gather(weight + ".gather", data, out.orElseThrow().index(), 0);
      return to.reshape(weight + ".live", rows, -1, i, h, w);
    }
    if (out.isEmpty()) {
      String data = to.viewed(weight, o / block, i / block, size);
      String columns = to.gather(weight + ".gather", data, in.get().index(), 1);
      return to.reshape(weight + ".live", columns, o, -1, h, w);
    }
    String data = to.viewed(weight, o / block * (i / block), size);
    String blocks = to.gather(weight + ".gather", data, write.grid(out.get(), in.get()), 0);
    String shape =
        to.op(
            "Concat",
            weight + ".shape",
            List.of(write.count(out.get()), write.count(in.get()), to.vector(h, w)),
            Edited.integer("axis", 0));
    return to.op("Reshape", weight + ".live", List.of(blocks, shape));
  }
}
