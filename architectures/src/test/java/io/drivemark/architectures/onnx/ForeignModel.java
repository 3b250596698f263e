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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A small segmentation network as another tool would write it: free sizes, nodes without names. */
public final class ForeignModel {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("theirs");
  private final Random random = new Random(3);
  private final int opset;

  /**
   * A network that takes [1, 6, 8, 3] and gives scores [1, 6, 8, 12]: a fixed size, channels last,
   * as converters from TensorFlow write it.
   */
  public static ModelProto channelsLast() {
    ForeignModel made = taking(1, 6, 8, 3);
    made.node("Transpose", List.of("image"), "first", ofAll("perm", 0, 3, 1, 2));
    made.conv("first", 3, 12, 3, "conv");
    made.node("Transpose", List.of("conv"), "scores", ofAll("perm", 0, 2, 3, 1));
    made.graph.addOutput(ValueInfoProto.newBuilder().setName("scores"));
    return made.model();
  }

  /** A 3×3 convolution from [1, 3, 6, 8] to twelve classes, for this size alone. */
  public static ModelProto ofOneSize() {
    ForeignModel made = taking(1, 3, 6, 8);
    made.conv("image", 3, 12, 3, "scores");
    made.graph.addOutput(ValueInfoProto.newBuilder().setName("scores"));
    return made.model();
  }

  private static ForeignModel taking(long... extents) {
    ForeignModel made = new ForeignModel(13);
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long extent : extents) {
      shape.addDimBuilder().setDimValue(extent);
    }
    made.graph.addInput(made.image(TensorProto.DataType.FLOAT, shape));
    return made;
  }

  private ForeignModel(int opset) {
    this.opset = opset;
  }

  /**
   * Convolution, Relu, perhaps an operator that we do not know (Abs, which changes nothing here),
   * pooling, Resize as the operator set wants it, convolution to five classes.
   */
  public static ModelProto written(int opset, boolean withUnknown) {
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

  /**
   * A convolution with stride 2 resized to the image's size, as PyTorch's exporter writes {@code
   * interpolate(x, size=image.shape[2:])}: what the image's shape is cut from and joined to.
   */
  static ModelProto resizedLikeTheImage() {
    ForeignModel made = halved();
    made.sizesOfTheImage("half");
    return made.resizedTo("half", "sizes");
  }

  /** Likewise, with an operator of one input between. */
  static ModelProto resizedBehind(String operator) {
    ForeignModel made = halved();
    made.node(operator, List.of("half"), "between");
    made.sizesOfTheImage("between");
    return made.resizedTo("between", "sizes");
  }

  private void sizesOfTheImage(String x) {
    node("Shape", List.of("image"), "shape");
    slice("shape", 2, 4, "size");
    node("Shape", List.of(x), "half_shape");
    slice("half_shape", 0, 2, "front");
    node("Concat", List.of("front", "size"), "sizes", of("axis", 0));
  }

  /** Labels of five classes, [1, height, width], in a type of the exporter's choice. */
  static ModelProto labels(TensorProto.DataType type) {
    ForeignModel made = new ForeignModel(13);
    made.graph.addInput(made.image(TensorProto.DataType.FLOAT));
    made.conv("image", 3, 5, 3, "scores");
    made.node("ArgMax", List.of("scores"), "best", of("axis", 1), of("keepdims", 0));
    made.node("Cast", List.of("best"), "labels", of("to", type.getNumber()));
    made.graph.addOutput(ValueInfoProto.newBuilder().setName("labels"));
    return made.model();
  }

  /** Likewise with {@code scale_factor=2}, which the exporter computes extent by extent. */
  static ModelProto resizedByComputedFactor() {
    ForeignModel made = halved();
    made.constant("two", Tensor.of(Shape.of(), new float[] {2}));
    made.node("Shape", List.of("half"), "shape");
    for (int axis = 2; axis < 4; axis++) {
      String a = "axis" + axis;
      made.constant(a, Tensor.ofLongs(Shape.of(), new long[] {axis}));
      made.node("Gather", List.of("shape", a), a + ".extent", of("axis", 0));
      made.node("Cast", List.of(a + ".extent"), a + ".float", of("to", 1));
      made.node("Mul", List.of(a + ".float", "two"), a + ".twice");
      made.node("Floor", List.of(a + ".twice"), a + ".floor");
      made.node("Cast", List.of(a + ".floor"), a + ".whole", of("to", 7));
      made.constant(a + ".first", Tensor.ofLongs(0));
      made.node("Unsqueeze", List.of(a + ".whole", a + ".first"), a + ".vector");
    }
    made.slice("shape", 0, 2, "front");
    made.node("Concat", List.of("front", "axis2.vector", "axis3.vector"), "sizes", of("axis", 0));
    return made.resizedTo("half", "sizes");
  }

  private static ForeignModel halved() {
    ForeignModel made = new ForeignModel(13);
    made.graph.addInput(made.image(TensorProto.DataType.FLOAT));
    made.conv("image", 3, 5, 3, "half", ofAll("strides", 2, 2));
    return made;
  }

  private ModelProto resizedTo(String x, String sizes) {
    node(
        "Resize",
        List.of(x, "", "", sizes),
        "scores",
        of("mode", "linear"),
        of("coordinate_transformation_mode", "half_pixel"));
    graph.addOutput(ValueInfoProto.newBuilder().setName("scores"));
    return model();
  }

  private void slice(String x, long from, long to, String y) {
    constant(y + ".from", Tensor.ofLongs(from));
    constant(y + ".to", Tensor.ofLongs(to));
    constant(y + ".axes", Tensor.ofLongs(0));
    node("Slice", List.of(x, y + ".from", y + ".to", y + ".axes"), y);
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
    return image(type, shape);
  }

  private ValueInfoProto image(TensorProto.DataType type, TensorShapeProto.Builder shape) {
    return ValueInfoProto.newBuilder()
        .setName("image")
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder().setElemType(type.getNumber()).setShape(shape)))
        .build();
  }

  private void conv(String x, int in, int out, int kernel, String y, AttributeProto... attributes) {
    float[] weight = new float[out * in * kernel * kernel];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) random.nextGaussian();
    }
    String name = "weight_of_" + y;
    constant(name, Tensor.of(Shape.of(out, in, kernel, kernel), weight));
    int pad = kernel / 2;
    List<AttributeProto> all = new ArrayList<>(List.of(attributes));
    all.add(ofAll("pads", pad, pad, pad, pad));
    node("Conv", List.of(x, name), y, all.toArray(AttributeProto[]::new));
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
