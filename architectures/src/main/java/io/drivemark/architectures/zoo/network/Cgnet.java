package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.architectures.zoo.option.Width;
import java.util.List;
import java.util.Map;

/**
 * CGNet (M3N21): units that join a local and a dilated depthwise convolution and are weighed by the
 * whole map's mean; the image itself is injected at 1/2 and 1/4; logits at 1/8.
 *
 * <p>Structure and names of the authors' code (wutianyiRosun/CGNet, model/CGNet.py), but that their
 * two linear layers are 1×1 convolutions here, which is the same. 496 306 parameters with 19
 * outputs, the sum over table 1 of the paper, which says 0.5 M. The factor on the width is ours.
 *
 * <p>Sizes: any; extents are halved rounding up. Logits come at 1/8, rounded up, for the caller to
 * upsample.
 *
 * <p>Reference: Wu, Tang, Zhang, Cao, Zhang, <i>CGNet: A Light-weight Context Guided Network for
 * Semantic Segmentation</i>, arXiv 1811.08201.
 */
public final class Cgnet implements Architecture {
  private static final double EPSILON = 1e-3;

  @Override
  public String name() {
    return "cgnet";
  }

  @Override
  public String summary() {
    return "CGNet: local, surrounding and global context in each unit (arXiv 1811.08201)";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.whole("m", 3, 1, 9, "units at 1/4, the halving one included"),
        Option.whole("n", 21, 1, 41, "units at 1/8, the halving one included"),
        Width.of("32, 64 and 128"));
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    Options chosen = Options.resolve(this, options);
    return new Writer(new NetworkBuilder(name(), seed), chosen.real("width"))
        .write(chosen.whole("m"), chosen.whole("n"), classes);
  }

  /** One network being written. */
  private record Writer(NetworkBuilder b, double width) {
    private int scaled(int channels) {
      return Encoder.scaled(channels, width);
    }

    Network write(int m, int n, int classes) {
      String image = b.input("image", 3);
      String half = halve("sample1", image);
      String quarter = halve("sample2", half);

      String x = conv("level1_0", image, scaled(32), 3, 2);
      x = conv("level1_1", x, scaled(32), 3, 1);
      x = conv("level1_2", x, scaled(32), 3, 1);
      x = bnPrelu("b1", b.concat("join1", x, half));

      String first = down("level2_0", x, scaled(64), 2, 8);
      x = first;
      for (int i = 0; i < m - 1; i++) {
        x = unit("level2." + i, x, 2, 8);
      }
      x = bnPrelu("bn_prelu_2", b.concat("join2", x, first, quarter));

      String second = down("level3_0", x, scaled(128), 4, 16);
      x = second;
      for (int i = 0; i < n - 1; i++) {
        x = unit("level3." + i, x, 4, 16);
      }
      x = bnPrelu("bn_prelu_3", b.concat("join3", second, x));
      return b.build(b.conv("classifier.0.conv", x, classes, 1).build());
    }

    private String halve(String name, String x) {
      return b.add(
          name,
          new AveragePool(Extent.square(3), Extent.square(2), Padding.all(1), false, true),
          x);
    }

    private String down(String name, String x, int out, int dilation, int reduction) {
      String y = context(name, conv(name + ".conv1x1", x, out, 3, 2), dilation);
      y = b.pRelu(name + ".act", b.batchNorm(name + ".bn", y, EPSILON));
      return weighed(name + ".F_glo", b.conv(name + ".reduce.conv", y, out, 1).build(), reduction);
    }

    private String unit(String name, String x, int dilation, int reduction) {
      String y = conv(name + ".conv1x1", x, b.channels(x) / 2, 1, 1);
      y = bnPrelu(name + ".bn_prelu", context(name, y, dilation));
      return b.sum(name + ".sum", x, weighed(name + ".F_glo", y, reduction));
    }

    private String context(String name, String x, int dilation) {
      int width = b.channels(x);
      String local = b.conv(name + ".F_loc.conv", x, width, 3).padding(1).depthwise().build();
      String wide =
          b.conv(name + ".F_sur.conv", x, width, 3).dilation(dilation).same().depthwise().build();
      return b.concat(name + ".join", local, wide);
    }

    private String weighed(String name, String x, int reduction) {
      int width = b.channels(x);
      String y = b.add(name + ".mean", new GlobalPool(GlobalPool.Kind.AVERAGE), x);
      y = b.conv(name + ".fc.0", y, width / reduction, 1).bias().build();
      y = b.conv(name + ".fc.2", b.relu(name + ".fc.1", y), width, 1).bias().build();
      y = b.add(name + ".fc.3", Activation.of(Activation.Kind.SIGMOID), y);
      return b.add(name + ".weighed", new Elementwise(Elementwise.Kind.MUL), x, y);
    }

    private String conv(String name, String x, int out, int kernel, int stride) {
      return bnPrelu(name, b.conv(name + ".conv", x, out, kernel).same().stride(stride).build());
    }

    private String bnPrelu(String name, String x) {
      return b.pRelu(name + ".act", b.batchNorm(name + ".bn", x, EPSILON));
    }
  }
}
