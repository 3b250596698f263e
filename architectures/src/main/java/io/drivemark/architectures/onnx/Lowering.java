package io.drivemark.architectures.onnx;

import static io.drivemark.architectures.onnx.Protos.of;
import static io.drivemark.architectures.onnx.Protos.ofAll;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.BatchNorm;
import io.drivemark.architectures.graph.op.ChannelShuffle;
import io.drivemark.architectures.graph.op.Concat;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.graph.op.Gather;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.MatMul;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Opaque;
import io.drivemark.architectures.graph.op.PRelu;
import io.drivemark.architectures.graph.op.Pad;
import io.drivemark.architectures.graph.op.PadToMultiple;
import io.drivemark.architectures.graph.op.Reshape;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import io.drivemark.architectures.graph.op.Softmax;
import io.drivemark.architectures.graph.op.Split;
import io.drivemark.architectures.graph.op.StopGradient;
import io.drivemark.architectures.graph.op.Transpose;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Turns one node of a network into standard ONNX nodes at known sizes. Operators that speak of
 * another value's size become operators with constants; a node that changes nothing at this size
 * becomes Identity. One use a node; not thread-safe.
 */
final class Lowering {
  /** What one node becomes. */
  record Result(List<NodeProto> nodes, List<TensorProto> constants) {}

  private final NodeWriter to;

  private Lowering(NodeWriter to) {
    this.to = to;
  }

  /**
   * Lowers a node.
   *
   * @param opset version of the ONNX operators to use, 7 to 23
   * @param shapes the shape of each value
   * @param stored the shape each value has in the file, where slopes and masks may stand as [C, 1,
   *     1] and [1, C, 1, 1]
   * @throws IllegalArgumentException if the operator needs a shape that is unknown
   */
  static Result lower(
      Node node, int opset, Function<String, Shape> shapes, Function<String, Shape> stored) {
    NodeWriter to = new NodeWriter(node, opset, shapes, stored);
    new Lowering(to).lower(node.op());
    return to.result();
  }

  private void lower(Op op) {
    if (op instanceof BatchNorm o) {
      to.same("BatchNormalization", of("epsilon", (float) o.epsilon()));
    } else if (op instanceof Activation o) {
      activation(o);
    } else if (op instanceof PRelu) {
      Shape slope = Shape.of(Math.toIntExact(to.shape(1).elements()), 1, 1);
      to.last("PRelu", List.of(to.in(0), to.viewed(1, slope, "slope")));
    } else if (op instanceof Gate) {
      Shape mask = to.shape(1);
      boolean each = mask.hasRank() && mask.rank() == 4;
      to.last(
          "Mul",
          List.of(
              to.in(0),
              each ? to.in(1) : to.viewed(1, Shape.of(1, mask.extent(-1), 1, 1), "mask")));
    } else if (op instanceof Elementwise o) {
      to.same(
          switch (o.kind()) {
            case ADD -> "Add";
            case SUB -> "Sub";
            case MUL -> "Mul";
            case DIV -> "Div";
          });
    } else if (op instanceof MatMul) {
      to.same("MatMul");
    } else if (op instanceof Softmax o) {
      if (to.opset() < 13 && o.axis() != -1 && o.axis() != to.shape(0).rank() - 1) {
        throw new IllegalArgumentException(
            "Softmax over axis " + o.axis() + " cannot be written in opset " + to.opset());
      }
      to.same("Softmax", of("axis", o.axis()));
    } else if (op instanceof ArgMax o) {
      to.same("ArgMax", of("axis", o.axis()), of("keepdims", o.keepAxis() ? 1 : 0));
    } else if (op instanceof Identity || op instanceof StopGradient) {
      to.same("Identity");
    } else if (op instanceof Dropout o) {
      dropout(o);
    } else if (op instanceof Opaque o) {
      to.add(foreign(o));
    } else {
      lowerLayout(op);
    }
  }

  private void lowerLayout(Op op) {
    if (op instanceof Concat o) {
      to.same("Concat", of("axis", o.axis()));
    } else if (op instanceof Split o) {
      if (to.opset() < 13) {
        to.same("Split", of("axis", o.axis()), ofAll("split", o.sizes()));
      } else {
        to.last("Split", List.of(to.in(0), to.vector("sizes", o.sizes())), of("axis", o.axis()));
      }
    } else if (op instanceof Slice o) {
      slice(o.starts(), o.ends(), o.axes());
    } else if (op instanceof Pad o) {
      pad(o.before(), o.after(), o.value());
    } else if (op instanceof PadToMultiple) {
      Shape x = to.known(0);
      Shape y = to.output();
      int h = y.height() - x.height();
      int w = y.width() - x.width();
      if (h == 0 && w == 0) {
        to.identity();
      } else {
        pad(List.of(0, 0, 0, 0), List.of(0, 0, h, w), 0);
      }
    } else if (op instanceof CropLike) {
      Shape y = to.known(1);
      if (sameSize(to.known(0), y)) {
        to.identity();
      } else {
        slice(List.of(0, 0), List.of(y.height(), y.width()), List.of(2, 3));
      }
    } else if (op instanceof Reshape o) {
      to.last("Reshape", List.of(to.in(0), to.vector("shape", o.extents())));
    } else if (op instanceof Transpose o) {
      to.same("Transpose", ofAll("perm", o.order()));
    } else if (op instanceof ChannelShuffle o) {
      channelShuffle(o.groups());
    } else if (op instanceof Gather o) {
      to.same("Gather", of("axis", o.axis()));
    } else {
      new SpatialLowering(to).lower(op);
    }
  }

  private void activation(Activation o) {
    float a = (float) o.a();
    float b = (float) o.b();
    switch (o.kind()) {
      case RELU -> to.same("Relu");
      case LEAKY_RELU -> to.same("LeakyRelu", of("alpha", a));
      case ELU -> to.same("Elu", of("alpha", a));
      case SIGMOID -> to.same("Sigmoid");
      case TANH -> to.same("Tanh");
      case HARD_SIGMOID -> to.same("HardSigmoid", of("alpha", a), of("beta", b));
      case HARD_SWISH -> {
        if (to.opset() >= 14) {
          to.same("HardSwish");
        } else {
          String gate = to.value("gate");
          to.add("HardSigmoid", List.of(to.in(0)), gate, of("alpha", 1f / 6), of("beta", 0.5f));
          to.last("Mul", List.of(to.in(0), gate));
        }
      }
      case CLIP -> {
        if (to.opset() < 11) {
          to.same("Clip", of("min", a), of("max", b));
        } else {
          to.last("Clip", List.of(to.in(0), to.scalar("min", a), to.scalar("max", b)));
        }
      }
      case EXP -> to.same("Exp");
      case SQRT -> to.same("Sqrt");
      case STEP -> step();
    }
  }

  /** The sign is −1, 0 or 1; before operator set 9 there was none. */
  private void step() {
    if (to.opset() < 9) {
      String above = to.value("above");
      to.add("Greater", List.of(to.in(0), to.scalar("zero", 0)), above);
      to.last("Cast", List.of(above), of("to", TensorProto.DataType.FLOAT_VALUE));
    } else {
      String sign = to.value("sign");
      to.add("Sign", List.of(to.in(0)), sign);
      to.last("Relu", List.of(sign));
    }
  }

  /** Before operator set 9 there are no Constant nodes of every type, only stored tensors. */
  private Result foreign(Opaque op) {
    NodeProto restored = Opaques.restore(op, to.node());
    boolean stored =
        to.opset() < 9
            && op.type().equals("Constant")
            && restored.getAttributeCount() == 1
            && restored.getAttribute(0).hasT();
    return stored
        ? new Result(
            List.of(),
            List.of(
                restored.getAttribute(0).getT().toBuilder().setName(to.node().output()).build()))
        : new Result(List.of(restored), List.of());
  }

  private void slice(List<Integer> starts, List<Integer> ends, List<Integer> axes) {
    if (to.opset() < 10) {
      to.same("Slice", ofAll("starts", starts), ofAll("ends", ends), ofAll("axes", axes));
    } else {
      to.last(
          "Slice",
          List.of(
              to.in(0),
              to.vector("starts", starts),
              to.vector("ends", ends),
              to.vector("axes", axes)));
    }
  }

  private void dropout(Dropout o) {
    float p = (float) o.probability();
    if (to.opset() < 12) {
      to.same("Dropout", of("ratio", p));
    } else {
      to.last("Dropout", List.of(to.in(0), to.scalar("ratio", p)));
    }
  }

  private void pad(List<Integer> before, List<Integer> after, double value) {
    List<Integer> pads = new ArrayList<>(before);
    pads.addAll(after);
    if (to.opset() < 11) {
      to.same("Pad", of("mode", "constant"), ofAll("pads", pads), of("value", (float) value));
      return;
    }
    List<String> inputs = new ArrayList<>(List.of(to.in(0), to.vector("pads", pads)));
    if (value != 0) {
      inputs.add(to.scalar("value", (float) value));
    }
    to.last("Pad", inputs, of("mode", "constant"));
  }

  private void channelShuffle(int groups) {
    Shape x = to.known(0);
    int c = x.channels();
    String grouped = to.value("grouped");
    String swapped = to.value("swapped");
    to.add(
        "Reshape",
        List.of(to.in(0), to.vector("grouping", 0, groups, c / groups, x.height(), x.width())),
        grouped);
    to.add("Transpose", List.of(grouped), swapped, ofAll("perm", 0, 2, 1, 3, 4));
    to.last("Reshape", List.of(swapped, to.vector("shape", 0, c, x.height(), x.width())));
  }

  private static boolean sameSize(Shape a, Shape b) {
    return a.height() == b.height() && a.width() == b.width();
  }
}
