package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A node as it stands in an ONNX file, with what is known of the values it reads. Immutable.
 *
 * @param opset version of the default operator set
 * @param constants values that do not depend on the input
 * @param shapes the shape of a value as it stands in the file, as far as it is known
 */
record NodeView(
    NodeProto node,
    Attributes at,
    int opset,
    Function<String, Optional<Tensor>> constants,
    Function<String, Shape> shapes) {
  /** Of sizes, axes or pads that a node of ours has; nodes with more are kept as they are. */
  private static final int MOST_INTEGERS = 1024;

  /** How many inputs it names. */
  int inputs() {
    return node.getInputCount();
  }

  /** Whether it has this input; those in the middle may be left empty. */
  boolean given(int index) {
    return index < inputs() && !node.getInput(index).isEmpty();
  }

  /** The input as a constant; empty if it is none. */
  Optional<Tensor> constant(int index) {
    return given(index) ? constants.apply(node.getInput(index)) : Optional.empty();
  }

  /** The input as constant whole numbers, or null if they are none or too many. */
  List<Integer> integers(int index) {
    Tensor value = constant(index).orElse(null);
    if (value == null
        || value.isFloat()
        || value.shape().rank() > 1
        || value.shape().elements() > MOST_INTEGERS) {
      return null;
    }
    return Attributes.integers(Arrays.stream(value.longs()).boxed().toList());
  }

  /** The shape of the input, as far as it is known. */
  Shape shape(int index) {
    return given(index) ? shapes.apply(node.getInput(index)) : Shape.unknown();
  }
}
