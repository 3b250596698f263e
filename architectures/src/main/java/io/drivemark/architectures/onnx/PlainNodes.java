package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.Concat;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Gather;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.MatMul;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.PRelu;
import io.drivemark.architectures.graph.op.Pad;
import io.drivemark.architectures.graph.op.ReduceMean;
import io.drivemark.architectures.graph.op.Reshape;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import io.drivemark.architectures.graph.op.Softmax;
import io.drivemark.architectures.graph.op.Split;
import io.drivemark.architectures.graph.op.Transpose;
import java.util.ArrayList;
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

  private NodeView view;
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
    view = new NodeView(proto, new Attributes(proto), opset, constants, shapes);
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
    List<String> inputs = proto.getInputList().subList(0, Math.min(operands, view.inputs()));
    if (outputs.size() != made || outputs.contains("") || inputs.contains("")) {
      return Optional.empty();
    }
    return Optional.of(new Node(name, op, inputs, outputs));
  }

  /** The operator, or null; sets how many of the inputs are its operands. */
  private Op op() {
    operands = 1;
    return switch (view.node().getOpType()) {
      case "Relu" -> Activation.relu();
      case "LeakyRelu" ->
          new Activation(Activation.Kind.LEAKY_RELU, view.at().number("alpha", 0.01), 0);
      case "Elu" -> new Activation(Activation.Kind.ELU, view.at().number("alpha", 1), 0);
      case "Sigmoid" -> Activation.of(Activation.Kind.SIGMOID);
      case "Tanh" -> Activation.of(Activation.Kind.TANH);
      case "HardSigmoid" ->
          new Activation(
              Activation.Kind.HARD_SIGMOID,
              view.at().number("alpha", 0.2),
              view.at().number("beta", 0.5));
      case "HardSwish" -> Activation.of(Activation.Kind.HARD_SWISH);
      case "Exp" -> Activation.of(Activation.Kind.EXP);
      case "Sqrt" -> Activation.of(Activation.Kind.SQRT);
      case "Clip" -> clip();
      case "PRelu" -> pRelu();
      case "Add" -> elementwise(Elementwise.Kind.ADD);
      case "Sub" -> elementwise(Elementwise.Kind.SUB);
      case "Mul" -> elementwise(Elementwise.Kind.MUL);
      case "Div" -> elementwise(Elementwise.Kind.DIV);
      case "Sum" -> view.inputs() == 2 ? elementwise(Elementwise.Kind.ADD) : null;
      case "MatMul" -> with(2, new MatMul());
      case "Softmax" -> softmax();
      case "ArgMax" ->
          view.at().flag("select_last_index", false)
              ? null
              : new ArgMax(view.at().integer("axis", 0), view.at().flag("keepdims", true));
      case "Identity" -> new Identity();
      case "Dropout" -> dropout();
      default -> layout();
    };
  }

  private Op layout() {
    return switch (view.node().getOpType()) {
      case "Concat" -> with(view.inputs(), new Concat(view.at().integer("axis", 1)));
      case "Split" -> split();
      case "Slice" -> slice();
      case "Pad" -> pad();
      case "Reshape" -> reshape();
      case "Flatten" -> view.at().integer("axis", 1) == 1 ? new Reshape(List.of(0, -1)) : null;
      case "Transpose" ->
          view.at().has("perm") ? new Transpose(view.at().integers("perm", List.of())) : null;
      case "Gather" ->
          view.shape(1).hasRank() && view.shape(1).rank() == 1
              ? with(2, new Gather(view.at().integer("axis", 0)))
              : null;
      default -> spatial();
    };
  }

  private Op spatial() {
    return switch (view.node().getOpType()) {
      case "Conv" -> with(biased(), new WindowNodes(view).convolution());
      case "ConvTranspose" -> with(biased(), new WindowNodes(view).transposedConvolution());
      case "BatchNormalization" ->
          view.at().flag("training_mode", false) || !view.at().flag("spatial", true)
              ? null
              : with(5, new BatchNorm(view.at().number("epsilon", 1e-5)));
      case "MaxPool" -> new WindowNodes(view).maxPool();
      case "MaxUnpool" -> with(2, new WindowNodes(view).maxUnpool());
      case "AveragePool" -> new WindowNodes(view).averagePool();
      case "GlobalAveragePool" -> new GlobalPool(GlobalPool.Kind.AVERAGE);
      case "GlobalMaxPool" -> new GlobalPool(GlobalPool.Kind.MAX);
      case "ReduceMean" -> reduceMean();
      case "Resize" -> new PlainResize(view).resize();
      case "Upsample" -> new PlainResize(view).upsample();
      default -> null;
    };
  }

  /** Says that the operator reads the first {@code count} inputs; fewer cannot be read. */
  private Op with(int count, Op op) {
    operands = view.inputs() >= count ? count : 0;
    return op;
  }

  /** Kernel and image, and the bias where there is one. */
  private int biased() {
    return view.given(2) ? 3 : 2;
  }

  private Op elementwise(Elementwise.Kind kind) {
    return with(2, new Elementwise(kind));
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
    if (view.opset() < 11) {
      float value =
          (float) view.at().number(name, name.equals("min") ? -Float.MAX_VALUE : Float.MAX_VALUE);
      return Math.abs(value) == Float.MAX_VALUE
          ? Math.copySign(Double.POSITIVE_INFINITY, value)
          : Attributes.shortest(value);
    }
    if (!view.given(index)) {
      return name.equals("min") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    Tensor value = view.constant(index).orElse(null);
    return value == null || !value.isFloat() || value.shape().elements() != 1
        ? null
        : (Double) Attributes.shortest(value.sharedFloats()[0]);
  }

  /** Slopes must be one for all or one a channel: [1], [C, 1, 1] or [1, C, 1, 1]. */
  private Op pRelu() {
    Shape slope = view.shape(1);
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
    if (view.opset() >= 13) {
      return new Softmax(view.at().integer("axis", -1));
    }
    Shape x = view.shape(0);
    int axis = view.at().integer("axis", 1);
    boolean last = axis == -1 || x.hasRank() && axis == x.rank() - 1;
    return last ? new Softmax(axis) : null;
  }

  private Op dropout() {
    if (view.opset() < 12) {
      return new Dropout(view.at().number("ratio", 0.5));
    }
    if (view.given(2) || !view.given(1)) {
      return view.given(2) ? null : new Dropout(0.5);
    }
    return view.constant(1)
        .filter(Tensor::isFloat)
        .map(ratio -> new Dropout(Attributes.shortest(ratio.sharedFloats()[0])))
        .orElse(null);
  }

  private Op split() {
    int axis = view.at().integer("axis", 0);
    List<Integer> sizes = null;
    if (view.opset() < 13) {
      sizes = view.at().integers("split", null);
    } else if (view.given(1)) {
      sizes = view.integers(1);
      if (sizes == null) {
        return null;
      }
    }
    Shape x = view.shape(0);
    if (sizes == null && x.hasRank() && x.extent(axis) != Shape.UNKNOWN) {
      int pieces = view.node().getOutputCount();
      if (x.extent(axis) % pieces == 0) {
        sizes = Collections.nCopies(pieces, x.extent(axis) / pieces);
      }
    }
    return sizes == null ? null : new Split(axis, sizes);
  }

  private Op slice() {
    List<Integer> starts =
        view.opset() < 10 ? view.at().integers("starts", null) : view.integers(1);
    List<Integer> ends = view.opset() < 10 ? view.at().integers("ends", null) : view.integers(2);
    if (starts == null || ends == null || starts.size() != ends.size()) {
      return null;
    }
    List<Integer> all = IntStream.range(0, starts.size()).boxed().toList();
    List<Integer> axes =
        view.opset() < 10
            ? view.at().integers("axes", all)
            : view.given(3) ? view.integers(3) : all;
    List<Integer> steps = view.opset() >= 10 && view.given(4) ? view.integers(4) : List.of(1);
    if (axes == null || steps == null || steps.stream().anyMatch(s -> s != 1)) {
      return null;
    }
    return new Slice(axes, starts, ends);
  }

  private Op pad() {
    List<Integer> pads = view.opset() < 11 ? view.at().integers("pads", null) : view.integers(1);
    Double value = 0.0;
    if (view.opset() < 11) {
      value = view.at().number("value", 0);
    } else if (view.given(2)) {
      value = bound("value", 2);
    }
    boolean constant = view.at().text("mode", "constant").equals("constant");
    if (pads == null || value == null || !constant || view.given(3) || pads.size() % 2 != 0) {
      return null;
    }
    int rank = pads.size() / 2;
    return new Pad(pads.subList(0, rank), pads.subList(rank, 2 * rank), value);
  }

  private Op reshape() {
    List<Integer> extents = view.opset() < 5 ? view.at().integers("shape", null) : view.integers(1);
    return extents == null || view.at().flag("allowzero", false) ? null : new Reshape(extents);
  }

  private Op reduceMean() {
    List<Integer> axes =
        view.opset() < 18
            ? view.at().integers("axes", null)
            : view.given(1) ? view.integers(1) : null;
    return axes == null || axes.isEmpty()
        ? null
        : new ReduceMean(axes, view.at().flag("keepdims", true));
  }
}
