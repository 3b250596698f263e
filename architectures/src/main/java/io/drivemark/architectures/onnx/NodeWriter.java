package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Writes the ONNX nodes that one node of a network becomes, and the constants they read. One use a
 * node; not thread-safe.
 */
final class NodeWriter {
  private final Node node;
  private final int opset;
  private final Function<String, Shape> shapes;
  private final Function<String, Shape> stored;
  private final List<NodeProto> made = new ArrayList<>();
  private final List<TensorProto> constants = new ArrayList<>();

  /** As {@link Lowering#lower}. */
  NodeWriter(Node node, int opset, Function<String, Shape> shapes, Function<String, Shape> stored) {
    this.node = node;
    this.opset = opset;
    this.shapes = shapes;
    this.stored = stored;
  }

  Node node() {
    return node;
  }

  int opset() {
    return opset;
  }

  Lowering.Result result() {
    return new Lowering.Result(List.copyOf(made), List.copyOf(constants));
  }

  /** What has been written elsewhere. */
  void add(Lowering.Result other) {
    made.addAll(other.nodes());
    constants.addAll(other.constants());
  }

  /** The input as a value of another rank: as it stands in the file, or through a Reshape. */
  String viewed(int index, Shape wanted, String what) {
    if (stored.apply(in(index)).equals(wanted)) {
      return in(index);
    }
    String view = value(what);
    long[] extents = new long[wanted.rank()];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = wanted.extent(i);
    }
    add("Reshape", List.of(in(index), vector(what + ".shape", extents)), view);
    return view;
  }

  void identity() {
    last("Identity", List.of(in(0)));
  }

  /** The node itself under an ONNX name: same inputs, same outputs. */
  void same(String type, AttributeProto... attributes) {
    last(type, node.inputs(), attributes);
  }

  /** The last node made: it carries the outputs. */
  void last(String type, List<String> inputs, AttributeProto... attributes) {
    emit(type, node.name(), inputs, node.outputs(), attributes);
  }

  void add(String type, List<String> inputs, String output, AttributeProto... attributes) {
    emit(type, output, inputs, List.of(output), attributes);
  }

  private void emit(
      String type,
      String name,
      List<String> inputs,
      List<String> outputs,
      AttributeProto... attributes) {
    made.add(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(name)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(List.of(attributes))
            .build());
  }

  String value(String what) {
    return node.name() + "//" + what;
  }

  String constant(String what, Tensor tensor) {
    String name = Weight.CONSTANT_PREFIX + node.name() + "//" + what;
    constants.add(Protos.tensor(name, tensor, tensor.shape()));
    return name;
  }

  String vector(String what, List<Integer> values) {
    return vector(what, values.stream().mapToLong(Integer::longValue).toArray());
  }

  String vector(String what, long... values) {
    return constant(what, Tensor.ofLongs(values));
  }

  /** A float tensor of no elements. */
  String nothing(String what) {
    return constant(what, Tensor.of(Shape.of(0), new float[0]));
  }

  String scalar(String what, float value) {
    return constant(what, Tensor.of(Shape.of(), new float[] {value}));
  }

  String in(int index) {
    return node.inputs().get(index);
  }

  Shape shape(int index) {
    return shapeOf(in(index));
  }

  Shape shapeOf(String value) {
    return shapes.apply(value);
  }

  Shape known(int index) {
    return known(in(index));
  }

  /** The shape of the only output; not looked up, since a reader does not know it yet. */
  Shape output() {
    return node.op().outputShapes(node.inputs().stream().map(shapes).toList()).get(0);
  }

  Shape known(String value) {
    Shape shape = shapes.apply(value);
    if (!shape.isKnown()) {
      throw new IllegalArgumentException(
          node.op().getClass().getSimpleName()
              + " needs the shape of "
              + value
              + ", found "
              + shape);
    }
    return shape;
  }
}
