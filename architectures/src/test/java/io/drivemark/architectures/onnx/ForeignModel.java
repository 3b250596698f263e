package io.drivemark.architectures.onnx;

import static io.drivemark.architectures.onnx.Protos.of;
import static io.drivemark.architectures.onnx.Protos.ofAll;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Shape;
import java.util.List;
import java.util.Random;

/** A small segmentation network as another tool would write it: free sizes, nodes without names. */
final class ForeignModel {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("theirs");
  private final Random random = new Random(3);
  private final int opset;

  private ForeignModel(int opset) {
    this.opset = opset;
  }

  /**
   * Convolution, Relu, perhaps an operator that we do not know (Abs, which changes nothing here),
   * pooling, Resize as the operator set wants it, convolution to five classes.
   */
  static ModelProto written(int opset, boolean withUnknown) {
    ForeignModel made = new ForeignModel(opset);
    made.graph.addInput(made.image(TensorProto.DataType.FLOAT));
    made.conv("image", 3, 4, 3, "a");
    made.node("Relu", List.of("a"), "b");
    made.node(withUnknown ? "Abs" : "Identity", List.of("b"), "c");
    made.node("MaxPool", List.of("c"), "d", ofAll("kernel_shape", 2, 2), ofAll("strides", 2, 2));
    made.resize("d", "e");
    made.conv("e", 4, 5, 1, "scores");
    made.graph.addOutput(ValueInfoProto.newBuilder().setName("scores"));
    return made.model();
  }

  /** The same with another type of input. */
  static ModelProto taking(TensorProto.DataType type) {
    ModelProto.Builder model = written(13, false).toBuilder();
    model.getGraphBuilder().setInput(0, new ForeignModel(13).image(type));
    return model.build();
  }

  private ValueInfoProto image(TensorProto.DataType type) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("batch");
    shape.addDimBuilder().setDimValue(3);
    shape.addDimBuilder().setDimParam("height");
    shape.addDimBuilder().setDimParam("width");
    return ValueInfoProto.newBuilder()
        .setName("image")
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }

  private void conv(String x, int in, int out, int kernel, String y) {
    float[] weight = new float[out * in * kernel * kernel];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) random.nextGaussian();
    }
    String name = "weight_of_" + y;
    constant(name, Tensor.of(Shape.of(out, in, kernel, kernel), weight));
    int pad = kernel / 2;
    node("Conv", List.of(x, name), y, ofAll("pads", pad, pad, pad, pad));
  }

  private void resize(String x, String y) {
    constant("factors", Tensor.of(Shape.of(4), new float[] {1, 1, 2, 2}));
    AttributeProto[] how = {
      of("mode", "linear"), of("coordinate_transformation_mode", "half_pixel")
    };
    if (opset < 13) {
      constant("roi", Tensor.of(Shape.of(0), new float[0]));
      node("Resize", List.of(x, "roi", "factors"), y, how);
    } else {
      node("Resize", List.of(x, "", "factors"), y, how);
    }
  }

  private void constant(String name, Tensor tensor) {
    graph.addInitializer(Protos.tensor(name, tensor, tensor.shape()));
  }

  private void node(String type, List<String> in, String out, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .addAllInput(in)
            .addOutput(out)
            .addAllAttribute(List.of(attributes)));
  }

  private ModelProto model() {
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .setProducerName("another tool")
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
        .setGraph(graph)
        .build();
  }
}
