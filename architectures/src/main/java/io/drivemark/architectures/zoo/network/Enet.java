package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Pad;
import io.drivemark.architectures.graph.op.PadToMultiple;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.architectures.zoo.option.Width;
import java.util.List;
import java.util.Map;

/**
 * ENet: five stages of bottlenecks, max-unpooling by the encoder's indices, logits at full size.
 *
 * <p>Structure of the authors' Torch code (e-lab/ENet-training, encoder.lua and decoder.lua): PReLU
 * with one slope a channel in the encoder, ReLU in the decoder, bottleneck width a quarter of the
 * output's, spatial dropout 0.01 in stage 1 and 0.1 in stages 2 and 3, BatchNorm epsilon 1e-3.
 * Convolutions before a normalisation have no bias, which changes nothing they can compute.
 *
 * <p>The factor on the width is ours.
 *
 * <p>Sizes: the normalised image is padded with zeros at bottom and right to a multiple of 8 and
 * the logits are cropped back.
 *
 * <p>Reference: Paszke, Chaurasia, Kim, Culurciello, <i>ENet: A Deep Neural Network Architecture
 * for Real-Time Semantic Segmentation</i>, arXiv 1606.02147. 363 098 parameters with 11 outputs,
 * 0.37 M in the paper, whose table counts 12.
 */
public final class Enet implements Architecture {
  private static final double EPSILON = 1e-3;

  @Override
  public String name() {
    return "enet";
  }

  @Override
  public String summary() {
    return "ENet: bottlenecks with dilated and asymmetric convolutions, max-unpooling decoder"
        + " (arXiv 1606.02147)";
  }

  @Override
  public List<Option> options() {
    return List.of(Width.of("16, 64 and 128"));
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    double width = Options.resolve(this, options).real("width");
    return new Writer(new NetworkBuilder(name(), seed), width).write(classes);
  }

  /** One network being written. */
  private static final class Writer {
    private final NetworkBuilder b;
    private final double width;

    Writer(NetworkBuilder b, double width) {
      this.b = b;
      this.width = width;
    }

    private int scaled(int channels) {
      return Encoder.scaled(channels, width);
    }

    Network write(int classes) {
      String image = b.input("image", 3);
      String x = b.add("pad", new PadToMultiple(8), image);
      x = initial(x);

      List<String> pool1 = pool("stage1.0.pool", x);
      x = down("stage1.0", x, pool1.get(0), scaled(64), 0.01);
      for (int i = 1; i <= 4; i++) {
        x = regular("stage1." + i, x, 0.01);
      }

      List<String> pool2 = pool("stage2.0.pool", x);
      x = down("stage2.0", x, pool2.get(0), scaled(128), 0.1);
      for (int stage = 2; stage <= 3; stage++) {
        String s = "stage" + stage + ".";
        x = regular(s + 1, x, 0.1);
        x = dilated(s + 2, x, 2);
        x = asymmetric(s + 3, x);
        x = dilated(s + 4, x, 4);
        x = regular(s + 5, x, 0.1);
        x = dilated(s + 6, x, 8);
        x = asymmetric(s + 7, x);
        x = dilated(s + 8, x, 16);
      }

      x = up("stage4.0", x, pool2.get(1), scaled(64));
      x = decoder("stage4.1", x);
      x = decoder("stage4.2", x);
      x = up("stage5.0", x, pool1.get(1), scaled(16));
      x = decoder("stage5.1", x);
      x = b.convTranspose("head", x, classes, 2).stride(2).bias().build();
      return b.build(b.add("logits", new CropLike(), x, image));
    }

    private String initial(String x) {
      int more = scaled(16) - b.channels(x);
      String conv = b.conv("initial.conv", x, more, 3).stride(2).padding(1).build();
      String pool =
          b.add(
              "initial.pool",
              new MaxPool(Extent.square(2), Extent.square(2), Padding.NONE, false, false),
              x);
      return bnPrelu("initial", b.concat("initial.concat", conv, pool));
    }

    private List<String> pool(String name, String x) {
      return b.addAll(
          name,
          new MaxPool(Extent.square(2), Extent.square(2), Padding.NONE, false, true),
          List.of(x),
          List.of(name, name + ".indices"));
    }

    private String down(String name, String x, String pooled, int out, double dropout) {
      int more = out - b.channels(x);
      String y = b.conv(name + ".project", x, out / 4, 2).stride(2).build();
      y = bnPrelu(name + ".project", y);
      y = b.conv(name + ".middle", y, out / 4, 3).same().build();
      y = bnPrelu(name + ".middle", y);
      y = expand(name, y, out, dropout);
      String wide = more == 0 ? pooled : b.add(name + ".widen", Pad.channels(more), pooled);
      return join(name, wide, y);
    }

    private String regular(String name, String x, double dropout) {
      String y = project(name, x);
      y = bnPrelu(name + ".middle", b.conv(name + ".middle", y, b.channels(y), 3).same().build());
      return join(name, x, expand(name, y, b.channels(x), dropout));
    }

    private String dilated(String name, String x, int dilation) {
      String y = project(name, x);
      y = b.conv(name + ".middle", y, b.channels(y), 3).dilation(dilation).same().build();
      y = bnPrelu(name + ".middle", y);
      return join(name, x, expand(name, y, b.channels(x), 0.1));
    }

    private String asymmetric(String name, String x) {
      String y = project(name, x);
      int width = b.channels(y);
      y = b.conv(name + ".middle.row", y, width, new Extent(1, 5)).same().build();
      y = b.conv(name + ".middle", y, width, new Extent(5, 1)).same().build();
      y = bnPrelu(name + ".middle", y);
      return join(name, x, expand(name, y, b.channels(x), 0.1));
    }

    private String project(String name, String x) {
      String y = b.conv(name + ".project", x, b.channels(x) / 4, 1).build();
      return bnPrelu(name + ".project", y);
    }

    private String expand(String name, String x, int out, double dropout) {
      String y = b.conv(name + ".expand", x, out, 1).build();
      y = b.batchNorm(name + ".expand.bn", y, EPSILON);
      return b.add(name + ".dropout", new Dropout(dropout), y);
    }

    private String join(String name, String shortcut, String branch) {
      return b.pRelu(name + ".act", b.sum(name + ".sum", shortcut, branch));
    }

    private String up(String name, String x, String indices, int out) {
      String main = b.conv(name + ".main", x, out, 1).build();
      main = b.batchNorm(name + ".main.bn", main, EPSILON);
      main =
          b.add(name + ".unpool", new MaxUnpool(Extent.square(2), Extent.square(2)), main, indices);
      String y = bnRelu(name + ".project", b.conv(name + ".project", x, out / 4, 1).build());
      y =
          b.convTranspose(name + ".middle", y, out / 4, 3)
              .stride(2)
              .padding(1)
              .outputPadding(1)
              .build();
      y = bnRelu(name + ".middle", y);
      y = b.batchNorm(name + ".expand.bn", b.conv(name + ".expand", y, out, 1).build(), EPSILON);
      return b.relu(name + ".act", b.sum(name + ".sum", main, y));
    }

    private String decoder(String name, String x) {
      int width = b.channels(x) / 4;
      String y = bnRelu(name + ".project", b.conv(name + ".project", x, width, 1).build());
      y = bnRelu(name + ".middle", b.conv(name + ".middle", y, width, 3).same().build());
      y = b.conv(name + ".expand", y, b.channels(x), 1).build();
      y = b.batchNorm(name + ".expand.bn", y, EPSILON);
      return b.relu(name + ".act", b.sum(name + ".sum", x, y));
    }

    private String bnPrelu(String name, String x) {
      return b.pRelu(name + ".prelu", b.batchNorm(name + ".bn", x, EPSILON));
    }

    private String bnRelu(String name, String x) {
      return b.relu(name + ".relu", b.batchNorm(name + ".bn", x, EPSILON));
    }
  }
}
