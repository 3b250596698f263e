package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.drivemark.architectures.graph.Port;
import io.drivemark.architectures.graph.op.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What an ONNX file declares of its inputs and outputs. Stateless. */
final class Ports {
  private Ports() {}

  /** The values a caller gives: inputs that are no initialisers. */
  static List<Port> inputs(GraphProto graph) {
    Set<String> held = new HashSet<>();
    graph.getInitializerList().forEach(i -> held.add(i.getName()));
    return graph.getInputList().stream()
        .filter(input -> !held.contains(input.getName()))
        .map(Ports::of)
        .toList();
  }

  static List<Port> outputs(GraphProto graph) {
    return graph.getOutputList().stream().map(Ports::of).toList();
  }

  private static Port of(ValueInfoProto value) {
    TypeProto type = value.getType();
    if (!type.hasTensorType()) {
      return new Port(value.getName(), "", Shape.unknown());
    }
    return new Port(
        value.getName(), element(type.getTensorType().getElemType()), shape(type.getTensorType()));
  }

  private static String element(int number) {
    TensorProto.DataType type = ElementTypes.of(number);
    return type == TensorProto.DataType.UNDEFINED ? "" : ElementTypes.name(type);
  }

  /** Free extents, also those written as 0 or less, are unknown. */
  private static Shape shape(TypeProto.Tensor type) {
    if (!type.hasShape()) {
      return Shape.unknown();
    }
    int[] extents = new int[type.getShape().getDimCount()];
    for (int i = 0; i < extents.length; i++) {
      TensorShapeProto.Dimension dim = type.getShape().getDim(i);
      boolean fixed = dim.hasDimValue() && dim.getDimValue() > 0;
      extents[i] = fixed ? Math.toIntExact(dim.getDimValue()) : Shape.UNKNOWN;
    }
    return Shape.of(extents);
  }
}
