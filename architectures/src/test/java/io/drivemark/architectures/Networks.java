package io.drivemark.architectures;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.AdaptiveAveragePool;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolLike;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolScaled;
import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.ChannelShuffle;
import io.drivemark.architectures.graph.op.Conv2d;
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
import io.drivemark.architectures.graph.op.ScaledExtent;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import io.drivemark.architectures.graph.op.Softmax;
import io.drivemark.architectures.graph.op.Split;
import io.drivemark.architectures.graph.op.StopGradient;
import io.drivemark.architectures.graph.op.Transpose;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small networks for tests; every operator occurs in {@link #perOperator()}. */
public final class Networks {
  private static final Extent TWO = Extent.square(2);

  private Networks() {}

  /** Encoder with indices, decoder with unpooling, pyramid, shuffle, gate: any size. */
  public static Network mixed() {
    NetworkBuilder b = new NetworkBuilder("mixed", 7);
    String image = b.input("image", 3);
    String x = b.add("pad", new PadToMultiple(4), image);
    x = b.conv("stem", x, 8, 3).stride(2).padding(1).bias().build();
    x = b.pRelu("stem.act", b.batchNorm("stem.bn", x, 1e-3));
    List<String> pooled =
        b.addAll(
            "pool",
            new MaxPool(TWO, TWO, Padding.NONE, false, true),
            List.of(x),
            List.of("pool", "pool.indices"));
    String y = b.add("shuffle", new ChannelShuffle(2), pooled.get(0));
    Tensor mask = Tensor.of(Shape.of(8), new float[] {1, 0, 1, 1, 0.5f, 1, 0, 1});
    y = b.add("gate", new Gate(), y, b.constant("mask", mask));
    String pyramid = b.add("pyramid", new AdaptiveAveragePool(3, 3), y);
    pyramid = b.add("pyramid.up", new ResizeLike(ResizeMode.BILINEAR), pyramid, y);
    y = b.sum("sum", y, pyramid);
    y = b.add("drop", new Dropout(0.1), y);
    y = b.add("unpool", new MaxUnpool(TWO, TWO), y, "pool.indices");
    y = b.concat("join", y, x);
    String aux = b.conv("aux", y, 5, 1).bias().build();
    y = b.convTranspose("up", y, 6, 3).stride(2).padding(1).outputPadding(1).bias().build();
    y = b.add("crop", new CropLike(), y, image);
    y = b.conv("head", b.relu("head.act", y), 5, 1).bias().build();
    return seeded(b.metadata("drivemark.name", "mixed").build(y, aux), 3);
  }

  /** One network an operator (or way of using it), by what it shows. */
  public static Map<String, Network> perOperator() {
    Map<String, Network> all = new LinkedHashMap<>();
    for (Activation.Kind kind : Activation.Kind.values()) {
      Activation op =
          switch (kind) {
            case LEAKY_RELU -> new Activation(kind, 0.1, 0);
            case ELU -> new Activation(kind, 1, 0);
            case HARD_SIGMOID -> new Activation(kind, 1.0 / 6, 0.5);
            case CLIP -> Activation.relu6();
            default -> Activation.of(kind);
          };
      one(
          all,
          kind.name().toLowerCase(java.util.Locale.ROOT),
          4,
          (b, x) -> b.add("op", op, positive(b, kind, x)));
    }
    for (ResizeMode mode : ResizeMode.values()) {
      String name = mode.name().toLowerCase(java.util.Locale.ROOT);
      one(all, "resize " + name, 2, (b, x) -> b.add("op", new Resize(mode, 2, 3), x));
      one(all, "resize to " + name, 2, (b, x) -> b.add("op", new ResizeTo(mode, 13, 29), x));
      one(all, "resize down " + name, 2, (b, x) -> b.add("op", new ResizeTo(mode, 5, 4), x));
      one(
          all,
          "resize like " + name,
          2,
          (b, x) ->
              b.add(
                  "op",
                  new ResizeLike(mode),
                  b.conv("small", x, 3, 3).stride(2).padding(1).build(),
                  x));
    }
    one(all, "conv", 4, (b, x) -> b.conv("op", x, 6, 3).dilation(2).same().bias().build());
    one(all, "conv strided", 4, (b, x) -> b.conv("op", x, 6, 3).stride(2).padding(1).build());
    one(
        all,
        "conv asymmetric",
        4,
        (b, x) -> b.conv("op", x, 6, new Extent(1, 5)).padding(new Padding(0, 1, 0, 3)).build());
    one(all, "conv grouped", 4, (b, x) -> b.conv("op", x, 8, 3).groups(2).padding(1).build());
    one(all, "conv depthwise", 4, (b, x) -> b.conv("op", x, 4, 3).depthwise().same().build());
    one(
        all,
        "conv transposed",
        4,
        (b, x) -> b.convTranspose("op", x, 6, 4).stride(2).padding(1).bias().build());
    one(
        all,
        "conv transposed odd",
        4,
        (b, x) -> b.convTranspose("op", x, 6, 3).stride(2).padding(1).outputPadding(1).build());
    one(
        all,
        "conv gathered",
        4,
        (b, x) -> {
          Shape shape = Shape.of(8, 4, 3, 3);
          String filters = b.learned("filters", Weight.KERNELS, Tensor.filled(shape, 0.1f));
          String picked =
              b.add("picked", new Gather(0), filters, b.constant("at", Tensor.ofLongs(5, 0, 3)));
          return b.add("op", new Conv2d(Extent.ONE, Padding.all(1), Extent.ONE, 1), x, picked);
        });
    one(all, "batch norm", 4, (b, x) -> b.batchNorm("op", x, 1e-5));
    one(all, "prelu", 4, (b, x) -> b.pRelu("op", x));
    one(
        all,
        "prelu of one slope",
        4,
        (b, x) ->
            b.add(
                "op",
                new PRelu(),
                x,
                b.learned("slope", Weight.OFFSETS, Tensor.filled(Shape.of(1), 0.2f))));
    one(
        all,
        "gate and slope shared",
        4,
        (b, x) -> {
          String both = b.learned("both", "gates", Tensor.filled(Shape.of(4), 0.7f));
          return b.add("op", new PRelu(), b.add("gate", new Gate(), x, both), both);
        });
    for (Elementwise.Kind kind : Elementwise.Kind.values()) {
      one(
          all,
          kind.name().toLowerCase(java.util.Locale.ROOT),
          4,
          (b, x) ->
              b.add(
                  "op",
                  new Elementwise(kind),
                  x,
                  b.add("exp", Activation.of(Activation.Kind.EXP), x)));
    }
    one(all, "concat", 2, (b, x) -> b.concat("op", x, b.relu("relu", x), x));
    one(
        all,
        "split",
        5,
        (b, x) -> {
          List<String> parts =
              b.addAll("op", new Split(1, List.of(2, 3)), List.of(x), List.of("left", "right"));
          return b.concat("join", parts.get(1), parts.get(0));
        });
    one(
        all,
        "slice",
        5,
        (b, x) ->
            b.add(
                "op", new Slice(List.of(1, 2), List.of(1, -4), List.of(3, Integer.MAX_VALUE)), x));
    one(
        all,
        "pad",
        2,
        (b, x) -> b.add("op", new Pad(List.of(0, 1, 2, 0), List.of(0, 0, 1, 3), 0.5), x));
    one(all, "pad channels", 2, (b, x) -> b.add("op", Pad.channels(3), x));
    one(all, "pad to multiple", 2, (b, x) -> b.add("op", new PadToMultiple(8), x));
    one(
        all,
        "crop like",
        2,
        (b, x) -> b.add("op", new CropLike(), b.add("pad", new PadToMultiple(8), x), x));
    one(all, "channel shuffle", 6, (b, x) -> b.add("op", new ChannelShuffle(3), x));
    one(all, "reshape", 4, (b, x) -> b.add("op", new Reshape(List.of(0, 2, 2, -1)), x));
    one(all, "transpose", 4, (b, x) -> b.add("op", new Transpose(List.of(0, 2, 3, 1)), x));
    one(
        all,
        "matmul",
        4,
        (b, x) -> b.add("op", new MatMul(), x, b.add("t", new Transpose(List.of(0, 1, 3, 2)), x)));
    one(all, "softmax", 4, (b, x) -> b.add("op", new Softmax(1), x));
    one(all, "argmax", 4, (b, x) -> b.add("op", new ArgMax(1, true), x));
    one(all, "argmax flat", 4, (b, x) -> b.add("op", new ArgMax(1, false), x));
    one(all, "stop gradient", 4, (b, x) -> b.add("op", new StopGradient(), x));
    one(
        all,
        "gate of each image",
        4,
        (b, x) -> {
          String pooled = b.add("pool", new GlobalPool(GlobalPool.Kind.AVERAGE), x);
          return b.add("op", new Gate(), x, pooled);
        });
    one(all, "identity", 4, (b, x) -> b.add("op", new Identity(), x));
    one(all, "dropout", 4, (b, x) -> b.add("op", new Dropout(0.3), x));
    pools(all);
    return all;
  }

  private static void pools(Map<String, Network> all) {
    Extent three = Extent.square(3);
    one(
        all,
        "max pool",
        3,
        (b, x) -> b.add("op", new MaxPool(three, TWO, Padding.all(1), false, false), x));
    one(
        all,
        "max pool ceil",
        3,
        (b, x) -> b.add("op", new MaxPool(TWO, TWO, Padding.NONE, true, false), x));
    one(
        all,
        "max unpool",
        3,
        (b, x) -> {
          List<String> pooled =
              b.addAll(
                  "pool",
                  new MaxPool(TWO, TWO, Padding.NONE, false, true),
                  List.of(b.add("pad", new PadToMultiple(2), x)),
                  List.of("pool", "indices"));
          return b.add("op", new MaxUnpool(TWO, TWO), pooled.get(0), pooled.get(1));
        });
    for (boolean padding : new boolean[] {true, false}) {
      one(
          all,
          "average pool" + (padding ? " with padding" : ""),
          3,
          (b, x) -> b.add("op", new AveragePool(three, TWO, Padding.all(1), false, padding), x));
    }
    for (int cells : new int[] {1, 2, 3, 6}) {
      one(
          all,
          "adaptive average pool " + cells,
          3,
          (b, x) -> b.add("op", new AdaptiveAveragePool(cells, cells), x));
    }
    one(
        all,
        "adaptive average pool scaled",
        3,
        (b, x) -> b.add("op", new AdaptiveAveragePoolScaled(new ScaledExtent(0.4, 5)), x));
    one(
        all,
        "adaptive average pool like",
        3,
        (b, x) ->
            b.add(
                "op",
                new AdaptiveAveragePoolLike(),
                x,
                b.conv("small", x, 3, 3).stride(2).padding(1).build()));
    one(
        all,
        "resize scaled",
        3,
        (b, x) -> b.add("op", new ResizeScaled(ResizeMode.BILINEAR, new ScaledExtent(0.7, 5)), x));
    for (GlobalPool.Kind kind : GlobalPool.Kind.values()) {
      one(all, "global pool " + kind, 3, (b, x) -> b.add("op", new GlobalPool(kind), x));
    }
    one(all, "reduce mean", 3, (b, x) -> b.add("op", new ReduceMean(List.of(2, 3), true), x));
    one(all, "reduce mean flat", 3, (b, x) -> b.add("op", new ReduceMean(List.of(-1), false), x));
  }

  /** The same structure with other, seeded weights; running variances positive. */
  public static Network seeded(Network network, long seed) {
    Random random = new Random(seed);
    Map<String, Tensor> replaced = new LinkedHashMap<>();
    for (Weight weight : new ArrayList<>(network.weights().values())) {
      if (weight.role() != Weight.Role.CONSTANT && weight.tensor().shape().rank() == 1) {
        float[] values = new float[weight.tensor().shape().extent(0)];
        boolean positive =
            weight.name().endsWith("running_var") || weight.name().endsWith("weight");
        for (int i = 0; i < values.length; i++) {
          values[i] = positive ? 0.2f + random.nextFloat() : random.nextFloat() - 0.5f;
        }
        replaced.put(weight.name(), Tensor.of(weight.tensor().shape(), values));
      }
    }
    return network.withTensors(replaced);
  }

  private interface Body {
    String add(NetworkBuilder b, String x);
  }

  private static void one(Map<String, Network> all, String name, int channels, Body body) {
    NetworkBuilder b = new NetworkBuilder(name, 5);
    String x = b.input("image", channels);
    all.put(name, seeded(b.build(body.add(b, x)), 11));
  }

  private static String positive(NetworkBuilder b, Activation.Kind kind, String x) {
    return kind == Activation.Kind.SQRT ? b.relu("relu", x) : x;
  }
}
