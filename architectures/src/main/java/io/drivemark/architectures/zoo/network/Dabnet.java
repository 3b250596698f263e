package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.architectures.zoo.option.Width;
import java.util.List;
import java.util.Map;

/**
 * DABNet: depthwise asymmetric bottlenecks, plain and dilated side by side, no decoder.
 *
 * <p>Structure and node names of the authors' PyTorch code (Reagan1311/DABNet, model/DABNet.py):
 * BatchNorm epsilon 1e-3, PReLU with one slope a channel, 3 and 6 modules. The factor on the width
 * is ours.
 *
 * <p>Sizes: the logits have an eighth of the input's height and width, rounded up; the caller
 * upsamples them bilinearly, as the published code does as its last step. Halvings round up
 * everywhere (the published max-pooling rounds down, which only works where all sizes are even and
 * both are the same), so nothing is padded.
 *
 * <p>Reference: Li, Yun, Kim, Kim, <i>DABNet: Depth-wise Asymmetric Bottleneck for Real-time
 * Semantic Segmentation</i>, arXiv 1907.11357. 754 571 parameters with 11 outputs, 0.76 M in the
 * paper, with 19.
 */
public final class Dabnet implements Architecture {
  private static final double EPSILON = 1e-3;
  private static final int[] DILATIONS = {4, 4, 8, 8, 16, 16};

  @Override
  public String name() {
    return "dabnet";
  }

  @Override
  public String summary() {
    return "DABNet: depthwise asymmetric bottlenecks, logits at 1/8 (arXiv 1907.11357)";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.whole("block1", 3, 1, 6, "modules of the first block, dilation 2"),
        Option.whole(
            "block2", 6, 1, 6, "modules of the second block, dilations 4, 4, 8, 8, 16, 16"),
        Width.of("32, 64 and 128"));
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    Options chosen = Options.resolve(this, options);
    return new Writer(new NetworkBuilder(name(), seed), chosen.real("width"))
        .write(chosen.whole("block1"), chosen.whole("block2"), classes);
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

    Network write(int block1, int block2, int classes) {
      String image = b.input("image", 3);
      String x = b.conv("init_conv.0.conv", image, scaled(32), 3).stride(2).padding(1).build();
      x = bnPrelu("init_conv.0.bn_prelu", x);
      for (int i = 1; i <= 2; i++) {
        x = b.conv("init_conv." + i + ".conv", x, scaled(32), 3).padding(1).build();
        x = bnPrelu("init_conv." + i + ".bn_prelu", x);
      }
      String half = halve("down_1", image);
      String quarter = halve("down_2", half);
      String eighth = halve("down_3", quarter);

      x = bnPrelu("bn_prelu_1", b.concat("concat_1", x, half));
      String first = downsample("downsample_1", x, scaled(64));
      x = first;
      for (int i = 0; i < block1; i++) {
        x = module("DAB_Block_1.DAB_Module_1_" + i, x, 2);
      }
      x = bnPrelu("bn_prelu_2", b.concat("concat_2", x, first, quarter));

      String second = downsample("downsample_2", x, scaled(128));
      x = second;
      for (int i = 0; i < block2; i++) {
        x = module("DAB_Block_2.DAB_Module_2_" + i, x, DILATIONS[i]);
      }
      x = bnPrelu("bn_prelu_3", b.concat("concat_3", x, second, eighth));
      return b.build(b.conv("classifier.0.conv", x, classes, 1).build());
    }

    private String halve(String name, String x) {
      return b.add(
          name,
          new AveragePool(Extent.square(3), Extent.square(2), Padding.all(1), false, true),
          x);
    }

    private String downsample(String name, String x, int out) {
      int in = b.channels(x);
      int width = in < out ? out - in : out;
      String y = b.conv(name + ".conv3x3.conv", x, width, 3).stride(2).padding(1).build();
      if (in < out) {
        String pool =
            b.add(
                name + ".max_pool",
                new MaxPool(Extent.square(2), Extent.square(2), Padding.NONE, true, false),
                x);
        y = b.concat(name + ".concat", y, pool);
      }
      return bnPrelu(name + ".bn_prelu", y);
    }

    private String module(String name, String x, int dilation) {
      int half = b.channels(x) / 2;
      String y = bnPrelu(name + ".bn_relu_1", x);
      y = b.conv(name + ".conv3x3.conv", y, half, 3).padding(1).build();
      y = bnPrelu(name + ".conv3x3.bn_prelu", y);
      String plain = asymmetric(name + ".d", y, 1);
      String wide = asymmetric(name + ".dd", y, dilation);
      y = bnPrelu(name + ".bn_relu_2", b.sum(name + ".sum", plain, wide));
      y = b.conv(name + ".conv1x1.conv", y, b.channels(x), 1).build();
      return b.sum(name + ".residual", y, x);
    }

    private String asymmetric(String name, String x, int dilation) {
      int width = b.channels(x);
      String y =
          b.conv(name + "conv3x1.conv", x, width, new Extent(3, 1))
              .dilation(new Extent(dilation, 1))
              .same()
              .depthwise()
              .build();
      y = bnPrelu(name + "conv3x1.bn_prelu", y);
      y =
          b.conv(name + "conv1x3.conv", y, width, new Extent(1, 3))
              .dilation(new Extent(1, dilation))
              .same()
              .depthwise()
              .build();
      return bnPrelu(name + "conv1x3.bn_prelu", y);
    }

    private String bnPrelu(String name, String x) {
      return b.pRelu(name + ".acti", b.batchNorm(name + ".bn", x, EPSILON));
    }
  }
}
