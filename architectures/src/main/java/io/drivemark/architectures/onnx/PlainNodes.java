package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.Concat;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.Gather;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.MatMul;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.PRelu;
import io.drivemark.architectures.graph.op.Pad;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.ReduceMean;
import io.drivemark.architectures.graph.op.Reshape;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import io.drivemark.architectures.graph.op.Softmax;
import io.drivemark.architectures.graph.op.Split;
import io.drivemark.architectures.graph.op.Transpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Reads standard ONNX nodes as operators of ours, for operator sets 7 to 23. A node whose meaning
 * is not exactly one of our operators is not read: the caller keeps it whole. Not thread-safe.
 */
final class PlainNodes {
  private final int opset;
  private final Function<String, Optional<Tensor>> constants;
  private final Function<String, Shape> shapes;

  private NodeProto node;
  private Attributes at;
  private int operands;

  /**
   * @param opset version of the default operator set
   * @param constants values that do not depend on the input
   * @param shapes the shape of a value as it stands in the file, as far as it is known
   */
  PlainNodes(
      int opset, Function<String, Optional<Tensor>> constants, Function<String, Shape> shapes) {
    this.opset = opset;
    this.constants = constants;
    this.shapes = shapes;
  }

  /** The node as one of ours, or empty. */
  Optional<Node> read(NodeProto proto, String name) {
    node = proto;
    at = new Attributes(proto);
    if (!Opaques.domain(proto.getDomain()).isEmpty() || proto.getInputCount() == 0) {
      return Optional.empty();
    }
    Op op = op();
    if (op == null || operands == 0) {
      return Optional.empty();
    }
    List<String> outputs = new ArrayList<>(proto.getOutputList());
    while (!outputs.isEmpty() && outputs.get(outputs.size() - 1).isEmpty()) {
      outputs.remove(outputs.size() - 1);
    }
    boolean twoMade = op instanceof MaxPool pool && pool.indices();
    int made = op instanceof Split split ? split.sizes().size() : twoMade ? 2 : 1;
    List<String> inputs = proto.getInputList().subList(0, Math.min(operands, inputs()));
    if (outputs.size() != made || outputs.contains("") || inputs.contains("")) {
      return Optional.empty();
    }
    return Optional.of(new Node(name, op, inputs, outputs));
  }

  /** The operator, or null; sets how many of the inputs are its operands. */
  private Op op() {
    operands = 1;
    return switch (node.getOpType()) {
      case "Relu" -> Activation.relu();
      case "LeakyRelu" -> new Activation(Activation.Kind.LEAKY_RELU, at.number("alpha", 0.01), 0);
      case "Elu" -> new Activation(Activation.Kind.ELU, at.number("alpha", 1), 0);
      case "Sigmoid" -> Activation.of(Activation.Kind.SIGMOID);
      case "Tanh" -> Activation.of(Activation.Kind.TANH);
      case "HardSigmoid" ->
          new Activation(
              Activation.Kind.HARD_SIGMOID, at.number("alpha", 0.2), at.number("beta", 0.5));
      case "HardSwish" -> Activation.of(Activation.Kind.HARD_SWISH);
      case "Exp" -> Activation.of(Activation.Kind.EXP);
      case "Sqrt" -> Activation.of(Activation.Kind.SQRT);
      case "Clip" -> clip();
      case "PRelu" -> pRelu();
      case "Add" -> elementwise(Elementwise.Kind.ADD);
      case "Sub" -> elementwise(Elementwise.Kind.SUB);
      case "Mul" -> elementwise(Elementwise.Kind.MUL);
      case "Div" -> elementwise(Elementwise.Kind.DIV);
      case "Sum" -> inputs() == 2 ? elementwise(Elementwise.Kind.ADD) : null;
      case "MatMul" -> with(2, new MatMul());
      case "Softmax" -> softmax();
      case "ArgMax" ->
          at.flag("select_last_index", false)
              ? null
              : new ArgMax(at.integer("axis", 0), at.flag("keepdims", true));
      case "Identity" -> new Identity();
      case "Dropout" -> dropout();
      default -> layout();
    };
  }

  private Op layout() {
    return switch (node.getOpType()) {
      case "Concat" -> with(inputs(), new Concat(at.integer("axis", 1)));
      case "Split" -> split();
      case "Slice" -> slice();
      case "Pad" -> pad();
      case "Reshape" -> reshape();
      case "Flatten" -> at.integer("axis", 1) == 1 ? new Reshape(List.of(0, -1)) : null;
      case "Transpose" -> at.has("perm") ? new Transpose(at.integers("perm", List.of())) : null;
      case "Gather" ->
          shape(1).hasRank() && shape(1).rank() == 1
              ? with(2, new Gather(at.integer("axis", 0)))
              : null;
      default -> spatial();
    };
  }

  private Op spatial() {
    return switch (node.getOpType()) {
      case "Conv" -> convolution();
      case "ConvTranspose" -> transposedConvolution();
      case "BatchNormalization" ->
          at.flag("training_mode", false) || !at.flag("spatial", true)
              ? null
              : with(5, new BatchNorm(at.number("epsilon", 1e-5)));
      case "MaxPool" -> maxPool();
      case "MaxUnpool" -> maxUnpool();
      case "AveragePool" -> averagePool();
      case "GlobalAveragePool" -> new GlobalPool(GlobalPool.Kind.AVERAGE);
      case "GlobalMaxPool" -> new GlobalPool(GlobalPool.Kind.MAX);
      case "ReduceMean" -> reduceMean();
      case "Resize" -> new PlainResize(node, at, opset, this::constant).resize();
      case "Upsample" -> new PlainResize(node, at, opset, this::constant).upsample();
      default -> null;
    };
  }

  /** Says that the operator reads the first {@code count} inputs; fewer cannot be read. */
  private Op with(int count, Op op) {
    operands = inputs() >= count ? count : 0;
    return op;
  }

  private Op elementwise(Elementwise.Kind kind) {
    return with(2, new Elementwise(kind));
  }

  private Op convolution() {
    Window window = window(weightKernel());
    if (window == null) {
      return null;
    }
    return with(
        given(2) ? 3 : 2,
        new Conv2d(window.stride, window.padding, window.dilation, at.integer("group", 1)));
  }

  private Op transposedConvolution() {
    Window window = window(weightKernel());
    List<Integer> more = at.integers("output_padding", List.of(0, 0));
    if (window == null || at.has("output_shape") || more.size() != 2) {
      return null;
    }
    return with(
        given(2) ? 3 : 2,
        new ConvTranspose2d(
            window.stride,
            window.padding,
            new Extent(more.get(0), more.get(1)),
            window.dilation,
            at.integer("group", 1)));
  }

  private List<Integer> weightKernel() {
    Shape weight = shape(1);
    return at.integers(
        "kernel_shape",
        weight.hasRank() && weight.rank() == 4
            ? List.of(weight.extent(2), weight.extent(3))
            : List.of());
  }

  private Op maxPool() {
    Window window = window(at.integers("kernel_shape", List.of()));
    if (window == null
        || !window.dilation.equals(Extent.ONE)
        || at.integer("storage_order", 0) != 0) {
      return null;
    }
    boolean indices = node.getOutputCount() == 2 && !node.getOutput(1).isEmpty();
    return new MaxPool(
        window.kernel, window.stride, window.padding, at.flag("ceil_mode", false), indices);
  }

  private Op maxUnpool() {
    Window window = window(at.integers("kernel_shape", List.of()));
    if (window == null || !window.padding.equals(Padding.NONE) || inputs() != 2) {
      return null;
    }
    return with(2, new MaxUnpool(window.kernel, window.stride));
  }

  private Op averagePool() {
    Window window = window(at.integers("kernel_shape", List.of()));
    if (window == null || !window.dilation.equals(Extent.ONE)) {
      return null;
    }
    return new AveragePool(
        window.kernel,
        window.stride,
        window.padding,
        at.flag("ceil_mode", false),
        at.flag("count_include_pad", false));
  }

  private record Window(Extent kernel, Extent stride, Extent dilation, Padding padding) {}

  /** The sliding window of a two-dimensional operator, or null where it is another kind. */
  private Window window(List<Integer> kernel) {
    String auto = at.text("auto_pad", "NOTSET");
    List<Integer> strides = at.integers("strides", List.of(1, 1));
    List<Integer> dilations = at.integers("dilations", List.of(1, 1));
    List<Integer> pads = at.integers("pads", List.of(0, 0, 0, 0));
    boolean readable =
        kernel.size() == 2
            && strides.size() == 2
            && dilations.size() == 2
            && pads.size() == 4
            && pads.stream().allMatch(p -> p >= 0)
            && (auto.equals("NOTSET") || auto.isEmpty() || auto.equals("VALID"));
    if (!readable) {
      return null;
    }
    return new Window(
        new Extent(kernel.get(0), kernel.get(1)),
        new Extent(strides.get(0), strides.get(1)),
        new Extent(dilations.get(0), dilations.get(1)),
        auto.equals("VALID")
            ? Padding.NONE
            : new Padding(pads.get(0), pads.get(1), pads.get(2), pads.get(3)));
  }

  private Op clip() {
    Double low = bound("min", 1);
    Double high = bound("max", 2);
    if (low == null || high == null) {
      return null;
    }
    if (low == 0 && high == Double.POSITIVE_INFINITY) {
      return Activation.relu();
    }
    boolean finite = !low.isInfinite() && !high.isInfinite();
    return finite ? new Activation(Activation.Kind.CLIP, low, high) : null;
  }

  /** A bound of Clip: infinite where there is none, null where it is worked out at run time. */
  private Double bound(String name, int index) {
    if (opset < 11) {
      float value =
          (float) at.number(name, name.equals("min") ? -Float.MAX_VALUE : Float.MAX_VALUE);
      return Math.abs(value) == Float.MAX_VALUE
          ? Math.copySign(Double.POSITIVE_INFINITY, value)
          : Attributes.shortest(value);
    }
    if (!given(index)) {
      return name.equals("min") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    Tensor value = constant(index).orElse(null);
    return value == null || !value.isFloat() || value.shape().elements() != 1
        ? null
        : (Double) Attributes.shortest(value.sharedFloats()[0]);
  }

  /** Slopes must be one for all or one a channel: [1], [C, 1, 1] or [1, C, 1, 1]. */
  private Op pRelu() {
    Shape slope = shape(1);
    if (!slope.isKnown()) {
      return null;
    }
    boolean perChannel =
        slope.rank() == 3 && slope.extent(1) == 1 && slope.extent(2) == 1
            || slope.rank() == 4
                && slope.extent(0) == 1
                && slope.extent(2) == 1
                && slope.extent(3) == 1;
    return perChannel || slope.elements() == 1 ? with(2, new PRelu()) : null;
  }

  private Op softmax() {
    if (opset >= 13) {
      return new Softmax(at.integer("axis", -1));
    }
    Shape x = shape(0);
    int axis = at.integer("axis", 1);
    boolean last = axis == -1 || x.hasRank() && axis == x.rank() - 1;
    return last ? new Softmax(axis) : null;
  }

  private Op dropout() {
    if (opset < 12) {
      return new Dropout(at.number("ratio", 0.5));
    }
    if (given(2) || !given(1)) {
      return given(2) ? null : new Dropout(0.5);
    }
    return constant(1)
        .filter(Tensor::isFloat)
        .map(ratio -> new Dropout(Attributes.shortest(ratio.sharedFloats()[0])))
        .orElse(null);
  }

  private Op split() {
    int axis = at.integer("axis", 0);
    List<Integer> sizes = null;
    if (opset < 13) {
      sizes = at.integers("split", null);
    } else if (given(1)) {
      sizes = integers(1);
      if (sizes == null) {
        return null;
      }
    }
    Shape x = shape(0);
    if (sizes == null && x.hasRank() && x.extent(axis) != Shape.UNKNOWN) {
      int pieces = node.getOutputCount();
      if (x.extent(axis) % pieces == 0) {
        sizes = Collections.nCopies(pieces, x.extent(axis) / pieces);
      }
    }
    return sizes == null ? null : new Split(axis, sizes);
  }

  private Op slice() {
    List<Integer> starts = opset < 10 ? at.integers("starts", null) : integers(1);
    List<Integer> ends = opset < 10 ? at.integers("ends", null) : integers(2);
    if (starts == null || ends == null || starts.size() != ends.size()) {
      return null;
    }
    List<Integer> all = IntStream.range(0, starts.size()).boxed().toList();
    List<Integer> axes = opset < 10 ? at.integers("axes", all) : given(3) ? integers(3) : all;
    List<Integer> steps = opset >= 10 && given(4) ? integers(4) : List.of(1);
    if (axes == null || steps == null || steps.stream().anyMatch(s -> s != 1)) {
      return null;
    }
    return new Slice(axes, starts, ends);
  }

  private Op pad() {
    List<Integer> pads = opset < 11 ? at.integers("pads", null) : integers(1);
    Double value = 0.0;
    if (opset < 11) {
      value = at.number("value", 0);
    } else if (given(2)) {
      value = bound("value", 2);
    }
    boolean constant = at.text("mode", "constant").equals("constant");
    if (pads == null || value == null || !constant || given(3) || pads.size() % 2 != 0) {
      return null;
    }
    int rank = pads.size() / 2;
    return new Pad(pads.subList(0, rank), pads.subList(rank, 2 * rank), value);
  }

  private Op reshape() {
    List<Integer> extents = opset < 5 ? at.integers("shape", null) : integers(1);
    return extents == null || at.flag("allowzero", false) ? null : new Reshape(extents);
  }

  private Op reduceMean() {
    List<Integer> axes = opset < 18 ? at.integers("axes", null) : given(1) ? integers(1) : null;
    return axes == null || axes.isEmpty() ? null : new ReduceMean(axes, at.flag("keepdims", true));
  }

  private int inputs() {
    return node.getInputCount();
  }

  private boolean given(int index) {
    return index < inputs() && !node.getInput(index).isEmpty();
  }

  private Optional<Tensor> constant(int index) {
    return given(index) ? constants.apply(node.getInput(index)) : Optional.empty();
  }

  private List<Integer> integers(int index) {
    Tensor value = constant(index).orElse(null);
    if (value == null || value.isFloat() || value.shape().rank() > 1) {
      return null;
    }
    return Attributes.integers(Arrays.stream(value.longs()).boxed().toList());
  }

  private Shape shape(int index) {
    return given(index) ? shapes.apply(node.getInput(index)) : Shape.unknown();
  }
}
