package io.drivemark.architectures.onnx;

import static io.drivemark.architectures.onnx.Protos.of;
import static io.drivemark.architectures.onnx.Protos.ofAll;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.drivemark.architectures.graph.AdaptivePooling;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.AdaptiveAveragePool;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolLike;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolScaled;
import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.ChannelShuffle;
import io.drivemark.architectures.graph.op.Concat;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.graph.op.Gather;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.MatMul;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.PRelu;
import io.drivemark.architectures.graph.op.Pad;
import io.drivemark.architectures.graph.op.PadToMultiple;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.ReduceMean;
import io.drivemark.architectures.graph.op.Reshape;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.ResizeScaled;
import io.drivemark.architectures.graph.op.ResizeTo;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import io.drivemark.architectures.graph.op.Softmax;
import io.drivemark.architectures.graph.op.Split;
import io.drivemark.architectures.graph.op.Transpose;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Turns one node of a network into standard ONNX nodes at known sizes. Operators that speak of
 * another value's size become operators with constants; a node that changes nothing at this size
 * becomes Identity. One use a node; not thread-safe.
 */
final class Lowering {
  /** What one node becomes. */
  record Result(List<NodeProto> nodes, List<TensorProto> constants) {}

  private final Node node;
  private final int opset;
  private final Function<String, Shape> shapes;
  private final Function<String, Shape> stored;
  private final List<NodeProto> made = new ArrayList<>();
  private final List<TensorProto> constants = new ArrayList<>();

  private Lowering(
      Node node, int opset, Function<String, Shape> shapes, Function<String, Shape> stored) {
    this.node = node;
    this.opset = opset;
    this.shapes = shapes;
    this.stored = stored;
  }

  /**
   * Lowers a node.
   *
   * @param opset version of the ONNX operators to use, 11 to 20
   * @param shapes the shape of each value
   * @param stored the shape each value has in the file, where slopes and masks may stand as [C, 1,
   *     1] and [1, C, 1, 1]
   * @throws IllegalArgumentException if the operator needs a shape that is unknown
   */
  static Result lower(
      Node node, int opset, Function<String, Shape> shapes, Function<String, Shape> stored) {
    Lowering lowering = new Lowering(node, opset, shapes, stored);
    lowering.lower(node.op());
    return new Result(List.copyOf(lowering.made), List.copyOf(lowering.constants));
  }

  private void lower(Op op) {
    if (op instanceof Conv2d o) {
      convolution(o);
    } else if (op instanceof ConvTranspose2d o) {
      convolution(o);
    } else if (op instanceof BatchNorm o) {
      same("BatchNormalization", of("epsilon", (float) o.epsilon()));
    } else if (op instanceof Activation o) {
      activation(o);
    } else if (op instanceof PRelu) {
      Shape slope = Shape.of(Math.toIntExact(shape(1).elements()), 1, 1);
      last("PRelu", List.of(in(0), viewed(1, slope, "slope")));
    } else if (op instanceof Gate) {
      Shape mask = Shape.of(1, shape(1).extent(-1), 1, 1);
      last("Mul", List.of(in(0), viewed(1, mask, "mask")));
    } else if (op instanceof Elementwise o) {
      same(
          switch (o.kind()) {
            case ADD -> "Add";
            case SUB -> "Sub";
            case MUL -> "Mul";
            case DIV -> "Div";
          });
    } else if (op instanceof MatMul) {
      same("MatMul");
    } else if (op instanceof Softmax o) {
      if (opset < 13 && o.axis() != -1 && o.axis() != shape(0).rank() - 1) {
        throw new IllegalArgumentException(
            "Softmax over axis " + o.axis() + " cannot be written in opset " + opset);
      }
      same("Softmax", of("axis", o.axis()));
    } else if (op instanceof ArgMax o) {
      same("ArgMax", of("axis", o.axis()), of("keepdims", o.keepAxis() ? 1 : 0));
    } else if (op instanceof Identity) {
      same("Identity");
    } else if (op instanceof Dropout o) {
      dropout(o);
    } else if (op instanceof Opaque o) {
      made.add(Opaques.restore(o, node));
    } else {
      lowerLayout(op);
    }
  }

  private void lowerLayout(Op op) {
    if (op instanceof Concat o) {
      same("Concat", of("axis", o.axis()));
    } else if (op instanceof Split o) {
      if (opset < 13) {
        same("Split", of("axis", o.axis()), ofAll("split", longs(o.sizes())));
      } else {
        last("Split", List.of(in(0), vector("sizes", longs(o.sizes()))), of("axis", o.axis()));
      }
    } else if (op instanceof Slice o) {
      last(
          "Slice",
          List.of(
              in(0),
              vector("starts", longs(o.starts())),
              vector("ends", longs(o.ends())),
              vector("axes", longs(o.axes()))));
    } else if (op instanceof Pad o) {
      pad(o.before(), o.after(), o.value());
    } else if (op instanceof PadToMultiple) {
      Shape x = known(0);
      Shape y = output();
      int h = y.height() - x.height();
      int w = y.width() - x.width();
      if (h == 0 && w == 0) {
        identity();
      } else {
        pad(List.of(0, 0, 0, 0), List.of(0, 0, h, w), 0);
      }
    } else if (op instanceof CropLike) {
      Shape y = known(1);
      if (sameSize(known(0), y)) {
        identity();
      } else {
        last(
            "Slice",
            List.of(
                in(0),
                vector("starts", 0, 0),
                vector("ends", y.height(), y.width()),
                vector("axes", 2, 3)));
      }
    } else if (op instanceof Reshape o) {
      last("Reshape", List.of(in(0), vector("shape", longs(o.extents()))));
    } else if (op instanceof Transpose o) {
      same("Transpose", ofAll("perm", longs(o.order())));
    } else if (op instanceof ChannelShuffle o) {
      channelShuffle(o.groups());
    } else if (op instanceof Gather o) {
      same("Gather", of("axis", o.axis()));
    } else {
      lowerSpatial(op);
    }
  }

  private void lowerSpatial(Op op) {
    if (op instanceof Resize o) {
      Tensor scales =
          Tensor.of(Shape.of(4), new float[] {1, 1, (float) o.scaleH(), (float) o.scaleW()});
      resize(o.mode(), constant("scales", scales), "");
    } else if (op instanceof ResizeLike o) {
      resize(o.mode(), known(1).height(), known(1).width());
    } else if (op instanceof ResizeTo o) {
      resize(o.mode(), o.height(), o.width());
    } else if (op instanceof MaxPool o) {
      same("MaxPool", window(o.kernel(), o.stride(), o.padding(), of("ceil_mode", bit(o.ceil()))));
    } else if (op instanceof MaxUnpool o) {
      same(
          "MaxUnpool",
          ofAll("kernel_shape", o.kernel().h(), o.kernel().w()),
          ofAll("strides", o.stride().h(), o.stride().w()));
    } else if (op instanceof AveragePool o) {
      same(
          "AveragePool",
          window(
              o.kernel(),
              o.stride(),
              o.padding(),
              of("ceil_mode", bit(o.ceil())),
              of("count_include_pad", bit(o.countPadding()))));
    } else if (op instanceof ResizeScaled o) {
      resize(o.mode(), output().height(), output().width());
    } else if (op instanceof AdaptiveAveragePool
        || op instanceof AdaptiveAveragePoolLike
        || op instanceof AdaptiveAveragePoolScaled) {
      adaptivePool();
    } else if (op instanceof GlobalPool o) {
      same(o.kind() == GlobalPool.Kind.AVERAGE ? "GlobalAveragePool" : "GlobalMaxPool");
    } else if (op instanceof ReduceMean o) {
      if (opset < 18) {
        same("ReduceMean", ofAll("axes", longs(o.axes())), of("keepdims", bit(o.keepAxes())));
      } else {
        last(
            "ReduceMean",
            List.of(in(0), vector("axes", longs(o.axes()))),
            of("keepdims", bit(o.keepAxes())));
      }
    } else {
      throw new IllegalArgumentException("operator " + op + " has no ONNX form");
    }
  }

  private void convolution(Conv2d o) {
    Padding p = o.padding();
    same(
        "Conv",
        kernel(),
        ofAll("strides", o.stride().h(), o.stride().w()),
        ofAll("pads", p.top(), p.left(), p.bottom(), p.right()),
        ofAll("dilations", o.dilation().h(), o.dilation().w()),
        of("group", o.groups()));
  }

  private void convolution(ConvTranspose2d o) {
    Padding p = o.padding();
    same(
        "ConvTranspose",
        kernel(),
        ofAll("strides", o.stride().h(), o.stride().w()),
        ofAll("pads", p.top(), p.left(), p.bottom(), p.right()),
        ofAll("output_padding", o.outputPadding().h(), o.outputPadding().w()),
        ofAll("dilations", o.dilation().h(), o.dilation().w()),
        of("group", o.groups()));
  }

  private AttributeProto kernel() {
    Shape weight = shape(1);
    return ofAll("kernel_shape", weight.extent(2), weight.extent(3));
  }

  private void activation(Activation o) {
    float a = (float) o.a();
    float b = (float) o.b();
    switch (o.kind()) {
      case RELU -> same("Relu");
      case LEAKY_RELU -> same("LeakyRelu", of("alpha", a));
      case ELU -> same("Elu", of("alpha", a));
      case SIGMOID -> same("Sigmoid");
      case TANH -> same("Tanh");
      case HARD_SIGMOID -> same("HardSigmoid", of("alpha", a), of("beta", b));
      case HARD_SWISH -> {
        if (opset >= 14) {
          same("HardSwish");
        } else {
          String gate = value("gate");
          add("HardSigmoid", List.of(in(0)), gate, of("alpha", 1f / 6), of("beta", 0.5f));
          last("Mul", List.of(in(0), gate));
        }
      }
      case CLIP -> last("Clip", List.of(in(0), scalar("min", a), scalar("max", b)));
      case EXP -> same("Exp");
      case SQRT -> same("Sqrt");
    }
  }

  private void dropout(Dropout o) {
    float p = (float) o.probability();
    if (opset < 12) {
      same("Dropout", of("ratio", p));
    } else {
      last("Dropout", List.of(in(0), scalar("ratio", p)));
    }
  }

  private void pad(List<Integer> before, List<Integer> after, double value) {
    List<Integer> pads = new ArrayList<>(before);
    pads.addAll(after);
    List<String> inputs = new ArrayList<>(List.of(in(0), vector("pads", longs(pads))));
    if (value != 0) {
      inputs.add(scalar("value", (float) value));
    }
    last("Pad", inputs, of("mode", "constant"));
  }

  private void channelShuffle(int groups) {
    Shape x = known(0);
    int c = x.channels();
    String grouped = value("grouped");
    String swapped = value("swapped");
    add(
        "Reshape",
        List.of(in(0), vector("grouping", 0, groups, c / groups, x.height(), x.width())),
        grouped);
    add("Transpose", List.of(grouped), swapped, ofAll("perm", 0, 2, 1, 3, 4));
    last("Reshape", List.of(swapped, vector("shape", 0, c, x.height(), x.width())));
  }

  private void adaptivePool() {
    AdaptivePooling.Expansion expansion = AdaptivePooling.expand(node, known(0), output());
    Map<String, Shape> inner = new HashMap<>();
    expansion
        .constants()
        .forEach(
            (name, tensor) -> {
              constants.add(Protos.tensor(name, tensor, tensor.shape()));
              inner.put(name, tensor.shape());
            });
    Function<String, Shape> known =
        value -> inner.containsKey(value) ? inner.get(value) : shapes.apply(value);
    for (Node part : expansion.nodes()) {
      List<Shape> operands = part.inputs().stream().map(known).toList();
      inner.put(part.output(), part.op().outputShapes(operands).get(0));
      Result lowered = lower(part, opset, known, known);
      made.addAll(lowered.nodes());
      constants.addAll(lowered.constants());
    }
  }

  private void resize(ResizeMode mode, int height, int width) {
    Shape x = shape(0);
    if (x.height() == height && x.width() == width) {
      identity();
    } else {
      Shape y = known(0);
      resize(mode, "", vector("sizes", y.extent(0), y.channels(), height, width));
    }
  }

  private void resize(ResizeMode mode, String scales, String sizes) {
    boolean emptyWhereUnused = opset < 13; // operands that were not optional then
    String region = emptyWhereUnused ? nothing("roi") : "";
    String factors = emptyWhereUnused && scales.isEmpty() ? nothing("scales") : scales;
    List<String> inputs = new ArrayList<>(List.of(in(0), region, factors));
    if (!sizes.isEmpty()) {
      inputs.add(sizes);
    }
    if (mode == ResizeMode.NEAREST) {
      last(
          "Resize",
          inputs,
          of("mode", "nearest"),
          of("coordinate_transformation_mode", "asymmetric"),
          of("nearest_mode", "floor"));
    } else {
      boolean corners = mode == ResizeMode.BILINEAR_ALIGN_CORNERS;
      last(
          "Resize",
          inputs,
          of("mode", "linear"),
          of("coordinate_transformation_mode", corners ? "align_corners" : "half_pixel"));
    }
  }

  private static AttributeProto[] window(
      Extent kernel, Extent stride, Padding p, AttributeProto... more) {
    AttributeProto[] all = new AttributeProto[3 + more.length];
    all[0] = ofAll("kernel_shape", kernel.h(), kernel.w());
    all[1] = ofAll("strides", stride.h(), stride.w());
    all[2] = ofAll("pads", p.top(), p.left(), p.bottom(), p.right());
    System.arraycopy(more, 0, all, 3, more.length);
    return all;
  }

  /** The input as a value of another rank: as it stands in the file, or through a Reshape. */
  private String viewed(int index, Shape wanted, String what) {
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

  private void identity() {
    last("Identity", List.of(in(0)));
  }

  /** The node itself under an ONNX name: same inputs, same outputs. */
  private void same(String type, AttributeProto... attributes) {
    last(type, node.inputs(), attributes);
  }

  /** The last node made: it carries the outputs. */
  private void last(String type, List<String> inputs, AttributeProto... attributes) {
    emit(type, node.name(), inputs, node.outputs(), attributes);
  }

  private void add(String type, List<String> inputs, String output, AttributeProto... attributes) {
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

  private String value(String what) {
    return node.name() + "//" + what;
  }

  private String constant(String what, Tensor tensor) {
    String name = Weight.CONSTANT_PREFIX + node.name() + "//" + what;
    constants.add(Protos.tensor(name, tensor, tensor.shape()));
    return name;
  }

  private String vector(String what, long... values) {
    return constant(what, Tensor.ofLongs(values));
  }

  /** A float tensor of no elements. */
  private String nothing(String what) {
    return constant(what, Tensor.of(Shape.of(0), new float[0]));
  }

  private String scalar(String what, float value) {
    return constant(what, Tensor.of(Shape.of(), new float[] {value}));
  }

  private String in(int index) {
    return node.inputs().get(index);
  }

  private Shape shape(int index) {
    return shapes.apply(in(index));
  }

  private Shape known(int index) {
    return known(in(index));
  }

  /** The shape of the only output; not looked up, since a reader does not know it yet. */
  private Shape output() {
    return node.op().outputShapes(node.inputs().stream().map(shapes).toList()).get(0);
  }

  private Shape known(String value) {
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

  private static boolean sameSize(Shape a, Shape b) {
    return a.height() == b.height() && a.width() == b.width();
  }

  private static long bit(boolean set) {
    return set ? 1 : 0;
  }

  private static long[] longs(List<Integer> values) {
    return values.stream().mapToLong(Integer::longValue).toArray();
  }
}
