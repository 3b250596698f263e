package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.AdaptiveAveragePool;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.Finish;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.architectures.zoo.option.Width;
import java.util.List;
import java.util.Map;

/**
 * Fast-SCNN: three halvings shared by a short branch at 1/8 and a deep one of inverted bottlenecks
 * at 1/32 with pyramid pooling, added up at 1/8.
 *
 * <p>Structure of table 1 of the paper. 1 138 051 parameters with 19 outputs, the sum over that
 * table and the number of the widely used code (Tramac/Fast-SCNN-pytorch); the paper itself says
 * 1.11 M, which its table does not add up to. As in that code the fusion's depthwise convolution
 * has no dilation, and its two 1×1 convolutions have biases. The factor on the width is ours.
 *
 * <p>Sizes: any; extents are halved rounding up. Logits come at 1/8, rounded up, for the caller to
 * upsample.
 *
 * <p>Reference: Poudel, Liwicki, Cipolla, <i>Fast-SCNN: Fast Semantic Segmentation Network</i>,
 * arXiv 1902.04502.
 */
public final class FastScnn implements Architecture {
  private static final Finish FINISH = Finish.normalised(1e-5, Activation.relu());
  private static final int EXPANSION = 6;
  private static final int REPEATS = 3;
  private static final int[] POOLS = {1, 2, 3, 6};

  @Override
  public String name() {
    return "fast-scnn";
  }

  @Override
  public String summary() {
    return "Fast-SCNN: shared halvings, two branches (arXiv 1902.04502)";
  }

  @Override
  public List<Option> options() {
    return List.of(Width.of("32, 48, 64, 96 and 128"));
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    double width = Options.resolve(this, options).real("width");
    return new Writer(new NetworkBuilder(name(), seed), width).write(classes);
  }

  /** One network being written. */
  private record Writer(NetworkBuilder b, double width) {
    private int scaled(int channels) {
      return Encoder.scaled(channels, width);
    }

    Network write(int classes) {
      String image = b.input("image", 3);
      String x =
          FINISH.of(
              b, "learn.conv", b.conv("learn.conv", image, scaled(32), 3).stride(2).padding(1));
      x = separable("learn.ds1", x, scaled(48), 2);
      final String high = separable("learn.ds2", x, scaled(64), 2);

      x = bottlenecks("extract.stage1", high, scaled(64), 2);
      x = bottlenecks("extract.stage2", x, scaled(96), 2);
      x = bottlenecks("extract.stage3", x, scaled(128), 1);
      x = pyramid("extract.pyramid", x);

      x = b.add("fuse.resize", new ResizeLike(ResizeMode.BILINEAR), x, high);
      x = FINISH.of(b, "fuse.dw", b.conv("fuse.dw", x, b.channels(x), 3).padding(1).depthwise());
      x = b.conv("fuse.low", x, scaled(128), 1).bias().build();
      x = FINISH.normalised(b, "fuse.low", x);
      String y = b.conv("fuse.high", high, scaled(128), 1).bias().build();
      y = FINISH.normalised(b, "fuse.high", y);
      x = b.relu("fuse.relu", b.sum("fuse.sum", y, x));

      x = separable("classify.ds1", x, scaled(128), 1);
      x = separable("classify.ds2", x, scaled(128), 1);
      x = b.add("classify.dropout", new Dropout(0.1), x);
      return b.build(b.conv("classify.score", x, classes, 1).bias().build());
    }

    private String separable(String name, String x, int out, int stride) {
      String dw = name + ".dw";
      String y =
          FINISH.of(b, dw, b.conv(dw, x, b.channels(x), 3).stride(stride).padding(1).depthwise());
      return FINISH.of(b, name + ".pw", b.conv(name + ".pw", y, out, 1));
    }

    private String bottlenecks(String name, String x, int out, int stride) {
      String y = x;
      for (int i = 0; i < REPEATS; i++) {
        y = bottleneck(name + "." + i, y, out, i == 0 ? stride : 1);
      }
      return y;
    }

    private String bottleneck(String name, String x, int out, int stride) {
      int wide = EXPANSION * b.channels(x);
      String y = FINISH.of(b, name + ".expand", b.conv(name + ".expand", x, wide, 1));
      String dw = name + ".dw";
      y = FINISH.of(b, dw, b.conv(dw, y, wide, 3).stride(stride).padding(1).depthwise());
      y = FINISH.linear(b, name + ".project", b.conv(name + ".project", y, out, 1));
      boolean adds = stride == 1 && b.channels(x) == out;
      return adds ? b.sum(name + ".sum", x, y) : y;
    }

    private String pyramid(String name, String x) {
      int width = b.channels(x);
      String[] parts = new String[POOLS.length + 1];
      parts[0] = x;
      for (int i = 0; i < POOLS.length; i++) {
        String part = name + ".pool" + POOLS[i];
        String y = b.add(part, new AdaptiveAveragePool(POOLS[i], POOLS[i]), x);
        String conv = part + ".conv";
        y = FINISH.of(b, conv, b.conv(conv, y, width / POOLS.length, 1));
        parts[i + 1] = b.add(part + ".resize", new ResizeLike(ResizeMode.BILINEAR), y, x);
      }
      String joined = b.concat(name + ".join", parts);
      return FINISH.of(b, name + ".mix", b.conv(name + ".mix", joined, width, 1));
    }
  }
}
