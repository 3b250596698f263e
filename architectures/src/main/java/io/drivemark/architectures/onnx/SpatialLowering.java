package io.drivemark.architectures.onnx;

import static io.drivemark.architectures.onnx.Protos.of;
import static io.drivemark.architectures.onnx.Protos.ofAll;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.drivemark.architectures.graph.AdaptivePooling;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.AdaptiveAveragePool;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolLike;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolScaled;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.ConvTranspose2d;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Op;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.ReduceMean;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.ResizeScaled;
import io.drivemark.architectures.graph.op.ResizeTo;
import io.drivemark.architectures.graph.op.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The part of {@link Lowering} for operators over height and width: convolutions, pooling,
 * resizing. One use a node; not thread-safe.
 */
final class SpatialLowering {
  private final NodeWriter to;

  SpatialLowering(NodeWriter to) {
    this.to = to;
  }

  /** Lowers the writer's node. */
  void lower(Op op) {
    if (op instanceof Conv2d o) {
      convolution(o);
    } else if (op instanceof ConvTranspose2d o) {
      convolution(o);
    } else if (op instanceof Resize o) {
      float h = (float) o.scaleH();
      float w = (float) o.scaleW();
      if (to.opset() < 11) {
        resizeOfOld(o.mode(), h, w);
      } else {
        Tensor scales = Tensor.of(Shape.of(4), new float[] {1, 1, h, w});
        resize(o.mode(), to.constant("scales", scales), "");
      }
    } else if (op instanceof ResizeLike o) {
      resize(o.mode(), to.known(1).height(), to.known(1).width());
    } else if (op instanceof ResizeTo o) {
      resize(o.mode(), o.height(), o.width());
    } else if (op instanceof MaxPool o) {
      to.same("MaxPool", window(o.kernel(), o.stride(), o.padding(), ceil(o.ceil())));
    } else if (op instanceof MaxUnpool o) {
      to.same(
          "MaxUnpool",
          ofAll("kernel_shape", o.kernel().h(), o.kernel().w()),
          ofAll("strides", o.stride().h(), o.stride().w()));
    } else if (op instanceof AveragePool o) {
      to.same(
          "AveragePool",
          window(
              o.kernel(),
              o.stride(),
              o.padding(),
              ceil(o.ceil(), of("count_include_pad", bit(o.countPadding())))));
    } else if (op instanceof ResizeScaled o) {
      resize(o.mode(), to.output().height(), to.output().width());
    } else if (op instanceof AdaptiveAveragePool
        || op instanceof AdaptiveAveragePoolLike
        || op instanceof AdaptiveAveragePoolScaled) {
      adaptivePool();
    } else if (op instanceof GlobalPool o) {
      to.same(o.kind() == GlobalPool.Kind.AVERAGE ? "GlobalAveragePool" : "GlobalMaxPool");
    } else if (op instanceof ReduceMean o) {
      if (to.opset() < 18) {
        to.same("ReduceMean", ofAll("axes", o.axes()), of("keepdims", bit(o.keepAxes())));
      } else {
        to.last(
            "ReduceMean",
            List.of(to.in(0), to.vector("axes", o.axes())),
            of("keepdims", bit(o.keepAxes())));
      }
    } else {
      throw new IllegalArgumentException("operator " + op + " has no ONNX form");
    }
  }

  private void convolution(Conv2d o) {
    Padding p = o.padding();
    to.same(
        "Conv",
        kernel(),
        ofAll("strides", o.stride().h(), o.stride().w()),
        ofAll("pads", p.top(), p.left(), p.bottom(), p.right()),
        ofAll("dilations", o.dilation().h(), o.dilation().w()),
        of("group", o.groups()));
  }

  private void convolution(ConvTranspose2d o) {
    Padding p = o.padding();
    to.same(
        "ConvTranspose",
        kernel(),
        ofAll("strides", o.stride().h(), o.stride().w()),
        ofAll("pads", p.top(), p.left(), p.bottom(), p.right()),
        ofAll("output_padding", o.outputPadding().h(), o.outputPadding().w()),
        ofAll("dilations", o.dilation().h(), o.dilation().w()),
        of("group", o.groups()));
  }

  private AttributeProto kernel() {
    Shape weight = to.shape(1);
    return ofAll("kernel_shape", weight.extent(2), weight.extent(3));
  }

  private void adaptivePool() {
    AdaptivePooling.Expansion expansion =
        AdaptivePooling.expand(to.node(), to.known(0), to.output());
    List<TensorProto> constants = new ArrayList<>();
    Map<String, Shape> inner = new HashMap<>();
    expansion
        .constants()
        .forEach(
            (name, tensor) -> {
              constants.add(Protos.tensor(name, tensor, tensor.shape()));
              inner.put(name, tensor.shape());
            });
    to.add(new Lowering.Result(List.of(), constants));
    Function<String, Shape> known =
        value -> inner.containsKey(value) ? inner.get(value) : to.shapeOf(value);
    for (Node part : expansion.nodes()) {
      List<Shape> operands = part.inputs().stream().map(known).toList();
      inner.put(part.output(), part.op().outputShapes(operands).get(0));
      to.add(Lowering.lower(part, to.opset(), known, known));
    }
  }

  private void resize(ResizeMode mode, int height, int width) {
    Shape x = to.shape(0);
    if (x.height() == height && x.width() == width) {
      to.identity();
    } else if (to.opset() < 11) {
      resizeOfOld(mode, factor(x.height(), height), factor(x.width(), width));
    } else {
      Shape y = to.known(0);
      resize(mode, "", to.vector("sizes", y.extent(0), y.channels(), height, width));
    }
  }

  /** Rounding up is an attribute since operator set 10. */
  private AttributeProto[] ceil(boolean up, AttributeProto... more) {
    if (to.opset() < 10) {
      if (up) {
        throw new IllegalArgumentException(
            "pooling that rounds up cannot be written in opset " + to.opset());
      }
      return more;
    }
    AttributeProto[] all = new AttributeProto[1 + more.length];
    all[0] = of("ceil_mode", bit(up));
    System.arraycopy(more, 0, all, 1, more.length);
    return all;
  }

  /** Before operator set 11 there is one way to interpolate, and no sizes but by factors. */
  private void resizeOfOld(ResizeMode mode, float h, float w) {
    if (mode != ResizeMode.NEAREST || h < 1 && 1 / h % 1 != 0 || w < 1 && 1 / w % 1 != 0) {
      throw new IllegalArgumentException(
          "bilinear resizing, or to a fraction, cannot be written in opset " + to.opset());
    }
    if (to.opset() < 9) {
      AttributeProto.Builder scales =
          AttributeProto.newBuilder()
              .setName("scales")
              .setType(AttributeProto.AttributeType.FLOATS)
              .addAllFloats(List.of(1f, 1f, h, w));
      to.same("Upsample", of("mode", "nearest"), scales.build());
    } else {
      Tensor scales = Tensor.of(Shape.of(4), new float[] {1, 1, h, w});
      to.last(
          to.opset() < 10 ? "Upsample" : "Resize",
          List.of(to.in(0), to.constant("scales", scales)),
          of("mode", "nearest"));
    }
  }

  /** The factor that makes one extent the other when it is multiplied and rounded down. */
  private static float factor(int from, int onto) {
    float factor = (float) onto / from;
    while ((int) (from * factor) < onto) {
      factor = Math.nextUp(factor);
    }
    return factor;
  }

  private void resize(ResizeMode mode, String scales, String sizes) {
    boolean emptyWhereUnused = to.opset() < 13; // operands that were not optional then
    String region = emptyWhereUnused ? to.nothing("roi") : "";
    String factors = emptyWhereUnused && scales.isEmpty() ? to.nothing("scales") : scales;
    List<String> inputs = new ArrayList<>(List.of(to.in(0), region, factors));
    if (!sizes.isEmpty()) {
      inputs.add(sizes);
    }
    if (mode == ResizeMode.NEAREST) {
      to.last(
          "Resize",
          inputs,
          of("mode", "nearest"),
          of("coordinate_transformation_mode", "asymmetric"),
          of("nearest_mode", "floor"));
    } else {
      boolean corners = mode == ResizeMode.BILINEAR_ALIGN_CORNERS;
      to.last(
          "Resize",
          inputs,
          of("mode", "linear"),
          of("coordinate_transformation_mode", corners ? "align_corners" : "half_pixel"));
    }
  }

  private static AttributeProto[] window(
      Extent kernel, Extent stride, Padding p, AttributeProto[] more) {
    AttributeProto[] all = new AttributeProto[3 + more.length];
    all[0] = ofAll("kernel_shape", kernel.h(), kernel.w());
    all[1] = ofAll("strides", stride.h(), stride.w());
    all[2] = ofAll("pads", p.top(), p.left(), p.bottom(), p.right());
    System.arraycopy(more, 0, all, 3, more.length);
    return all;
  }

  private static long bit(boolean set) {
    return set ? 1 : 0;
  }
}
