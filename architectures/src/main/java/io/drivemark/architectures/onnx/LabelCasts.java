package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Identity;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Casts that exporters put behind the ArgMax of a network that answers with labels. Where only the
 * answer reads it, such a cast changes no label, and stands for the labels themselves. Immutable.
 */
final class LabelCasts {
  private static final Set<DataType> HOLDING_EVERY_CLASS =
      Set.of(
          DataType.UINT8,
          DataType.INT16,
          DataType.UINT16,
          DataType.INT32,
          DataType.UINT32,
          DataType.INT64,
          DataType.UINT64,
          DataType.FLOAT,
          DataType.DOUBLE);

  private final Set<String> labels = new HashSet<>();
  private final Set<String> read = new HashSet<>();

  LabelCasts(GraphProto graph) {
    for (NodeProto node : graph.getNodeList()) {
      if (node.getOpType().equals("ArgMax") && Opaques.domain(node.getDomain()).isEmpty()) {
        labels.addAll(node.getOutputList());
      }
      read.addAll(node.getInputList());
    }
  }

  /** The node as one that changes nothing, if it is such a cast. */
  Optional<Node> read(NodeProto node, String name) {
    boolean cast =
        node.getOpType().equals("Cast")
            && Opaques.domain(node.getDomain()).isEmpty()
            && node.getInputCount() == 1
            && node.getOutputCount() == 1
            && labels.contains(node.getInput(0))
            && !read.contains(node.getOutput(0));
    DataType to = cast ? DataType.forNumber(new Attributes(node).integer("to", 0)) : null;
    return to != null && HOLDING_EVERY_CLASS.contains(to)
        ? Optional.of(
            new Node(name, new Identity(), List.of(node.getInput(0)), List.of(node.getOutput(0))))
        : Optional.empty();
  }
}
