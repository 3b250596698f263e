package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkInput;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.Opaque;
import java.util.HashMap;
import java.util.Map;

/** The element type of every value of a network; unknown behind foreign operators. Immutable. */
final class ValueTypes {
  private final Map<String, DataType> types = new HashMap<>();

  private ValueTypes() {}

  static ValueTypes of(Network network) {
    ValueTypes known = new ValueTypes();
    for (NetworkInput input : network.inputs()) {
      known.types.put(input.name(), DataType.FLOAT);
    }
    for (Weight weight : network.weights().values()) {
      known.types.put(weight.name(), weight.tensor().isFloat() ? DataType.FLOAT : DataType.INT64);
    }
    for (Node node : network.nodes()) {
      for (int i = 0; i < node.outputs().size(); i++) {
        known.types.put(node.outputs().get(i), known.made(node, i));
      }
    }
    return known;
  }

  /** The type, or UNDEFINED where it is not known. */
  DataType type(String value) {
    return types.getOrDefault(value, DataType.UNDEFINED);
  }

  private DataType made(Node node, int output) {
    if (node.op() instanceof Opaque) {
      return DataType.UNDEFINED;
    }
    if (node.op() instanceof ArgMax || node.op() instanceof MaxPool && output == 1) {
      return DataType.INT64;
    }
    return type(node.inputs().get(0));
  }
}
