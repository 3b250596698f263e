package io.drivemark.architectures.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Reshape;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.ResizeTo;
import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Follows what exporters compute of shapes (Shape, Gather, Slice, Concat, Cast, Mul …) until it
 * ends in a Resize or a Reshape, which then become nodes that speak of the other value's size. What
 * is computed in another way is not followed. One use a graph; not thread-safe.
 */
final class ShapeArithmetic {
  /** A number that the graph computes. */
  private sealed interface Figure permits Known, ExtentOf {}

  private record Known(double value) implements Figure {}

  /** A factor times an extent of a value. */
  private record ExtentOf(String value, int axis, double factor) implements Figure {}

  /** Of a shape and what is computed with it; more numbers than this are none. */
  private static final int MOST_FIGURES = 64;

  private static final int HEIGHT = 2;
  private static final int WIDTH = 3;

  private final Function<String, Optional<Tensor>> constants;
  private final Function<String, Shape> shapes;
  private final int opset;
  private final Map<String, List<Figure>> figures = new HashMap<>();

  ShapeArithmetic(
      int opset, Function<String, Optional<Tensor>> constants, Function<String, Shape> shapes) {
    this.opset = opset;
    this.constants = constants;
    this.shapes = shapes;
  }

  /** Whether the node computes figures of shapes; its result is remembered then. */
  boolean follow(NodeProto node) {
    if (!Opaques.domain(node.getDomain()).isEmpty() || node.getOutputCount() != 1) {
      return false;
    }
    List<Figure> made = made(node, new Attributes(node));
    if (made == null) {
      return false;
    }
    figures.put(node.getOutput(0), made);
    return true;
  }

  private List<Figure> made(NodeProto node, Attributes at) {
    return switch (node.getOpType()) {
      case "Shape" -> shape(node.getInput(0), at);
      case "Gather" -> at.integer("axis", 0) == 0 ? gather(node) : null;
      case "Slice" -> slice(node, at);
      case "Concat" -> concat(node);
      case "Squeeze", "Unsqueeze", "Identity", "Cast" -> computed(node.getInput(0));
      case "Floor" -> mapped(node.getInput(0), Math::floor);
      case "Ceil" -> mapped(node.getInput(0), Math::ceil);
      case "Mul", "Div", "Add", "Sub" -> calculated(node);
      default -> null;
    };
  }

  /** A Resize or Reshape whose size was followed here, as a node; empty for anything else. */
  Optional<Node> sized(NodeProto node, String name) {
    if (!Opaques.domain(node.getDomain()).isEmpty() || node.getOutputCount() != 1) {
      return Optional.empty();
    }
    boolean resize = node.getOpType().equals("Resize") && opset >= 11 && node.getInputCount() == 4;
    boolean reshape = node.getOpType().equals("Reshape") && node.getInputCount() == 2;
    if (!resize && !reshape) {
      return Optional.empty();
    }
    List<Figure> size = figures.get(node.getInput(resize ? 3 : 1));
    if (size == null) {
      return Optional.empty();
    }
    return resize ? resize(node, name, size) : reshape(node, name, size);
  }

  private Optional<Node> resize(NodeProto node, String name, List<Figure> size) {
    String x = node.getInput(0);
    ResizeMode mode = PlainResize.mode(new Attributes(node), opset);
    if (mode == null
        || size.size() != 4
        || !keeps(x, size.get(0), 0)
        || !keeps(x, size.get(1), 1)) {
      return Optional.empty();
    }
    Figure height = size.get(HEIGHT);
    Figure width = size.get(WIDTH);
    if (height instanceof Known h && width instanceof Known w) {
      return made(name, new ResizeTo(mode, (int) h.value(), (int) w.value()), node, x);
    }
    if (!(height instanceof ExtentOf h && width instanceof ExtentOf w)
        || !h.value().equals(w.value())
        || h.axis() != HEIGHT
        || w.axis() != WIDTH) {
      return Optional.empty();
    }
    if (h.factor() == 1 && w.factor() == 1) {
      return made(name, new ResizeLike(mode), node, x, h.value());
    }
    boolean whole = isWhole(h.factor()) && isWhole(w.factor());
    return whole && h.value().equals(x)
        ? made(name, new Resize(mode, h.factor(), w.factor()), node, x)
        : Optional.empty();
  }

  private Optional<Node> reshape(NodeProto node, String name, List<Figure> size) {
    String x = node.getInput(0);
    List<Integer> extents = new ArrayList<>();
    for (int i = 0; i < size.size(); i++) {
      if (size.get(i) instanceof Known k) {
        extents.add((int) k.value());
      } else if (keeps(x, size.get(i), i)) {
        extents.add(0);
      } else {
        return Optional.empty();
      }
    }
    return made(name, new Reshape(extents), node, x);
  }

  private static Optional<Node> made(String name, Op op, NodeProto node, String... inputs) {
    return Optional.of(new Node(name, op, List.of(inputs), List.of(node.getOutput(0))));
  }

  /** Whether the figure is the value's own extent. */
  private boolean keeps(String x, Figure figure, int axis) {
    Shape shape = shapes.apply(x);
    if (figure instanceof Known k) {
      return shape.hasRank() && axis < shape.rank() && shape.extent(axis) == k.value();
    }
    ExtentOf of = (ExtentOf) figure;
    if (of.factor() != 1 || of.axis() != axis) {
      return false;
    }
    // The batch is the same throughout a network.
    return of.value().equals(x) || axis == 0;
  }

  private List<Figure> shape(String x, Attributes at) {
    Shape shape = shapes.apply(x);
    if (!shape.hasRank()) {
      return null;
    }
    int rank = shape.rank();
    int from = wrapped(at.integer("start", 0), rank);
    int to = wrapped(at.integer("end", rank), rank);
    List<Figure> all = new ArrayList<>();
    for (int i = from; i < to; i++) {
      int extent = shape.extent(i);
      all.add(extent == Shape.UNKNOWN ? new ExtentOf(x, i, 1) : new Known(extent));
    }
    return all;
  }

  private List<Figure> gather(NodeProto node) {
    List<Figure> from = computed(node.getInput(0));
    Optional<Tensor> at = constants.apply(node.getInput(1));
    if (from == null || at.isEmpty() || at.get().isFloat() || isLong(at.get())) {
      return null;
    }
    List<Figure> all = new ArrayList<>();
    for (long index : at.get().longs()) {
      int i = (int) (index < 0 ? from.size() + index : index);
      if (i < 0 || i >= from.size()) {
        return null;
      }
      all.add(from.get(i));
    }
    return all;
  }

  private List<Figure> slice(NodeProto node, Attributes at) {
    List<Figure> from = computed(node.getInput(0));
    if (from == null) {
      return null;
    }
    Integer start = one(node, at, 1, "starts", null);
    Integer end = one(node, at, 2, "ends", null);
    Integer axis = one(node, at, 3, "axes", 0);
    Integer step = one(node, at, 4, "steps", 1);
    if (start == null || end == null || axis == null || axis != 0 || step == null || step != 1) {
      return null;
    }
    int first = wrapped(start, from.size());
    return from.subList(first, Math.max(first, wrapped(end, from.size())));
  }

  /** An operand of one element, which older operator sets have as an attribute. */
  private Integer one(
      NodeProto node, Attributes at, int operand, String attribute, Integer otherwise) {
    if (at.has(attribute)) {
      List<Integer> all = at.integers(attribute, List.of());
      return all.size() == 1 ? all.get(0) : null;
    }
    if (node.getInputCount() <= operand || node.getInput(operand).isEmpty()) {
      return otherwise;
    }
    Optional<Tensor> tensor = constants.apply(node.getInput(operand));
    if (tensor.isEmpty() || tensor.get().isFloat() || tensor.get().shape().elements() != 1) {
      return null;
    }
    return Attributes.integers(List.of(tensor.get().longs()[0])).get(0);
  }

  private static int wrapped(int index, int size) {
    return Math.max(0, Math.min(size, index < 0 ? size + index : index));
  }

  private List<Figure> concat(NodeProto node) {
    List<Figure> all = new ArrayList<>();
    boolean any = false;
    for (String part : node.getInputList()) {
      List<Figure> figuresOfPart = anyKind(part);
      if (figuresOfPart == null) {
        return null;
      }
      any |= figures.containsKey(part);
      all.addAll(figuresOfPart);
      if (all.size() > MOST_FIGURES) {
        return null;
      }
    }
    return any ? all : null;
  }

  private List<Figure> mapped(String x, UnaryOperator<Double> function) {
    List<Figure> from = computed(x);
    if (from == null) {
      return null;
    }
    List<Figure> all = new ArrayList<>();
    for (Figure figure : from) {
      if (figure instanceof Known k) {
        all.add(new Known(function.apply(k.value())));
      } else if (isWhole(((ExtentOf) figure).factor())) {
        all.add(figure);
      } else {
        return null;
      }
    }
    return all;
  }

  private List<Figure> calculated(NodeProto node) {
    List<Figure> a = anyKind(node.getInput(0));
    List<Figure> b = anyKind(node.getInput(1));
    boolean follows =
        figures.containsKey(node.getInput(0)) || figures.containsKey(node.getInput(1));
    if (a == null || b == null || !follows) {
      return null;
    }
    int n = Math.max(a.size(), b.size());
    if (a.size() != n && a.size() != 1 || b.size() != n && b.size() != 1) {
      return null;
    }
    List<Figure> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Figure result =
          calculated(node.getOpType(), a.get(a.size() == 1 ? 0 : i), b.get(b.size() == 1 ? 0 : i));
      if (result == null) {
        return null;
      }
      all.add(result);
    }
    return all;
  }

  private static Figure calculated(String type, Figure a, Figure b) {
    if (a instanceof Known x && b instanceof Known y) {
      double result =
          switch (type) {
            case "Mul" -> x.value() * y.value();
            case "Div" -> x.value() / y.value();
            case "Add" -> x.value() + y.value();
            default -> x.value() - y.value();
          };
      // What is left over depends on whether these are integers, which is not known here.
      return type.equals("Div") && result != Math.rint(result) ? null : new Known(result);
    }
    if (type.equals("Mul") && a instanceof ExtentOf e && b instanceof Known k) {
      return new ExtentOf(e.value(), e.axis(), e.factor() * k.value());
    }
    if (type.equals("Mul") && b instanceof ExtentOf) {
      return calculated(type, b, a);
    }
    return null;
  }

  /** What a value is as figures if it was computed here; null otherwise. */
  private List<Figure> computed(String value) {
    return figures.get(value);
  }

  /** Likewise, or as a constant. */
  private List<Figure> anyKind(String value) {
    if (figures.containsKey(value)) {
      return figures.get(value);
    }
    Optional<Tensor> tensor = constants.apply(value);
    if (tensor.isEmpty() || tensor.get().shape().rank() > 1 || isLong(tensor.get())) {
      return null;
    }
    List<Figure> all = new ArrayList<>();
    if (tensor.get().isFloat()) {
      for (float v : tensor.get().floats()) {
        all.add(new Known(v));
      }
    } else {
      for (long v : tensor.get().longs()) {
        all.add(new Known(v));
      }
    }
    return all;
  }

  private static boolean isLong(Tensor tensor) {
    return tensor.shape().elements() > MOST_FIGURES;
  }

  private static boolean isWhole(double value) {
    return value >= 1 && value == Math.rint(value);
  }
}
