package io.drivemark.architectures.graph;

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
import io.drivemark.architectures.graph.op.ResizeScaled;
import io.drivemark.architectures.graph.op.ResizeTo;
import io.drivemark.architectures.graph.op.ScaledExtent;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import io.drivemark.architectures.graph.op.Softmax;
import io.drivemark.architectures.graph.op.Split;
import io.drivemark.architectures.graph.op.StopGradient;
import io.drivemark.architectures.graph.op.Transpose;
import io.drivemark.files.Digests;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.function.Function;

/**
 * The one text of a network's parts that digests are made of: every name and value is written out
 * here, so that it stays the same when a Java component is renamed or another Java prints records
 * differently. Stored plans, checkpoints and results carry digests of this text: it never changes,
 * a new operator gets a new line. Numbers are written as Java 17 writes them. Stateless.
 */
public final class CanonicalText {
  private static final Map<Class<?>, Function<Object, String>> OPERATORS = new HashMap<>();

  static {
    operator(
        Activation.class,
        o -> Digests.text("Activation", "kind", o.kind().name(), "a", o.a(), "b", o.b()));
    operator(
        AdaptiveAveragePool.class,
        o -> Digests.text("AdaptiveAveragePool", "height", o.height(), "width", o.width()));
    operator(AdaptiveAveragePoolLike.class, o -> Digests.text("AdaptiveAveragePoolLike"));
    operator(
        AdaptiveAveragePoolScaled.class,
        o -> Digests.text("AdaptiveAveragePoolScaled", "size", of(o.size())));
    operator(ArgMax.class, o -> Digests.text("ArgMax", "axis", o.axis(), "keepAxis", o.keepAxis()));
    operator(
        AveragePool.class,
        o ->
            Digests.text(
                "AveragePool",
                "kernel",
                of(o.kernel()),
                "stride",
                of(o.stride()),
                "padding",
                of(o.padding()),
                "ceil",
                o.ceil(),
                "countPadding",
                o.countPadding()));
    operator(BatchNorm.class, o -> Digests.text("BatchNorm", "epsilon", o.epsilon()));
    operator(ChannelShuffle.class, o -> Digests.text("ChannelShuffle", "groups", o.groups()));
    operator(Concat.class, o -> Digests.text("Concat", "axis", o.axis()));
    operator(
        Conv2d.class,
        o ->
            Digests.text(
                "Conv2d",
                "stride",
                of(o.stride()),
                "padding",
                of(o.padding()),
                "dilation",
                of(o.dilation()),
                "groups",
                o.groups()));
    operator(
        ConvTranspose2d.class,
        o ->
            Digests.text(
                "ConvTranspose2d",
                "stride",
                of(o.stride()),
                "padding",
                of(o.padding()),
                "outputPadding",
                of(o.outputPadding()),
                "dilation",
                of(o.dilation()),
                "groups",
                o.groups()));
    operator(CropLike.class, o -> Digests.text("CropLike"));
    operator(Dropout.class, o -> Digests.text("Dropout", "probability", o.probability()));
    operator(Elementwise.class, o -> Digests.text("Elementwise", "kind", o.kind().name()));
    operator(Gate.class, o -> Digests.text("Gate"));
    operator(Gather.class, o -> Digests.text("Gather", "axis", o.axis()));
    operator(GlobalPool.class, o -> Digests.text("GlobalPool", "kind", o.kind().name()));
    operator(Identity.class, o -> Digests.text("Identity"));
    operator(MatMul.class, o -> Digests.text("MatMul"));
    operator(
        MaxPool.class,
        o ->
            Digests.text(
                "MaxPool",
                "kernel",
                of(o.kernel()),
                "stride",
                of(o.stride()),
                "padding",
                of(o.padding()),
                "ceil",
                o.ceil(),
                "indices",
                o.indices()));
    operator(
        MaxUnpool.class,
        o -> Digests.text("MaxUnpool", "kernel", of(o.kernel()), "stride", of(o.stride())));
    operator(
        Opaque.class,
        o ->
            Digests.text(
                "Opaque",
                "type",
                o.type(),
                "domain",
                o.domain(),
                "serializedNode",
                o.serializedNode(),
                "outputs",
                o.outputs()));
    operator(PRelu.class, o -> Digests.text("PRelu"));
    operator(
        Pad.class,
        o ->
            Digests.text(
                "Pad", "before", of(o.before()), "after", of(o.after()), "value", o.value()));
    operator(PadToMultiple.class, o -> Digests.text("PadToMultiple", "multiple", o.multiple()));
    operator(
        ReduceMean.class,
        o -> Digests.text("ReduceMean", "axes", of(o.axes()), "keepAxes", o.keepAxes()));
    operator(Reshape.class, o -> Digests.text("Reshape", "extents", of(o.extents())));
    operator(
        Resize.class,
        o ->
            Digests.text(
                "Resize", "mode", o.mode().name(), "scaleH", o.scaleH(), "scaleW", o.scaleW()));
    operator(ResizeLike.class, o -> Digests.text("ResizeLike", "mode", o.mode().name()));
    operator(
        ResizeScaled.class,
        o -> Digests.text("ResizeScaled", "mode", o.mode().name(), "size", of(o.size())));
    operator(
        ResizeTo.class,
        o ->
            Digests.text(
                "ResizeTo", "mode", o.mode().name(), "height", o.height(), "width", o.width()));
    operator(
        Slice.class,
        o ->
            Digests.text(
                "Slice", "axes", of(o.axes()), "starts", of(o.starts()), "ends", of(o.ends())));
    operator(Softmax.class, o -> Digests.text("Softmax", "axis", o.axis()));
    operator(Split.class, o -> Digests.text("Split", "axis", o.axis(), "sizes", of(o.sizes())));
    operator(StopGradient.class, o -> Digests.text("StopGradient"));
    operator(Transpose.class, o -> Digests.text("Transpose", "order", of(o.order())));
  }

  private CanonicalText() {}

  /** A node, its operator included. */
  public static String of(Node node) {
    return Digests.text(
        "Node",
        "name",
        node.name(),
        "op",
        of(node.op()),
        "inputs",
        of(node.inputs()),
        "outputs",
        of(node.outputs()));
  }

  /** An input of a network. */
  public static String of(NetworkInput input) {
    return Digests.text("NetworkInput", "name", input.name(), "shape", of(input.shape()));
  }

  /** An operator with its attributes. */
  public static String of(Op op) {
    Function<Object, String> text = OPERATORS.get(op.getClass());
    if (text == null) {
      throw new IllegalStateException("operator " + op.getClass() + " has no canonical text");
    }
    return text.apply(op);
  }

  /** Texts or whole numbers in order. */
  public static String of(List<?> items) {
    StringJoiner joined = new StringJoiner(", ", "[", "]");
    items.forEach(item -> joined.add(String.valueOf(item)));
    return joined.toString();
  }

  /** Keys and values in the order of the keys. */
  public static String of(SortedMap<String, String> entries) {
    StringJoiner joined = new StringJoiner(", ", "{", "}");
    entries.forEach((key, value) -> joined.add(key + "=" + value));
    return joined.toString();
  }

  /** The extents of a tensor, unknown ones as question marks. */
  public static String of(Shape shape) {
    if (!shape.hasRank()) {
      return "[?]";
    }
    StringJoiner joined = new StringJoiner(", ", "[", "]");
    for (int extent : shape.extents()) {
      joined.add(extent == Shape.UNKNOWN ? "?" : Integer.toString(extent));
    }
    return joined.toString();
  }

  /** The element type and shape of a tensor. */
  public static String of(Tensor tensor) {
    return (tensor.isFloat() ? "float32" : "int64") + of(tensor.shape());
  }

  private static String of(Extent extent) {
    return Digests.text("Extent", "h", extent.h(), "w", extent.w());
  }

  private static String of(ScaledExtent extent) {
    return Digests.text("ScaledExtent", "factor", extent.factor(), "least", extent.least());
  }

  private static String of(Padding padding) {
    return Digests.text(
        "Padding",
        "top",
        padding.top(),
        "left",
        padding.left(),
        "bottom",
        padding.bottom(),
        "right",
        padding.right());
  }

  private static <T extends Op> void operator(Class<T> type, Function<T, String> text) {
    OPERATORS.put(type, op -> text.apply(type.cast(op)));
  }
}
