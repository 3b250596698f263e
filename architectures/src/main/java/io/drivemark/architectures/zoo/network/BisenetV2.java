package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.Finish;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.architectures.zoo.option.Heads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * BiSeNetV2: a wide, shallow branch for detail at 1/8 and a narrow, deep one for meaning at 1/32,
 * each weighing the other before they are added.
 *
 * <p>Structure of table 1 of the paper and of the code the field uses (CoinCheung/BiSeNet,
 * lib/models/bisenetv2.py), which adds a normalisation and ReLU after the context embedding's last
 * convolution and ReLUs after depthwise ones and has 1024 channels in the head. The paper gives no
 * number of parameters; the layers add up to 3 358 627 with 19 outputs, and to 5 231 487 with the
 * four auxiliary heads of that code as outputs 1 to 4 ({@code heads: auxiliary}).
 *
 * <p>Sizes: any; extents are halved rounding up. Logits come at 1/8, rounded up, for the caller to
 * upsample.
 *
 * <p>Reference: Yu, Gao, Wang, Yu, Shen, Sang, <i>BiSeNet V2: Bilateral Network with Guided
 * Aggregation for Real-time Semantic Segmentation</i>, arXiv 2004.02147.
 */
public final class BisenetV2 implements Architecture {
  private static final Finish FINISH = Finish.normalised(1e-5, Activation.relu());
  private static final int EXPANSION = 6;

  @Override
  public String name() {
    return "bisenetv2";
  }

  @Override
  public String summary() {
    return "BiSeNetV2: a branch for detail, one for meaning (arXiv 2004.02147)";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.real("width", 1, 0.125, 2, "multiplies the channels of every layer"), Heads.OPTION);
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    Options chosen = Options.resolve(this, options);
    NetworkBuilder b = new NetworkBuilder(name(), seed);
    return new Writer(b, chosen.real("width")).write(classes, Heads.auxiliary(chosen));
  }

  /** One network being written. */
  private record Writer(NetworkBuilder b, double width) {
    Network write(int classes, boolean auxiliary) {
      String image = b.input("image", 3);
      String detail = detail(image);
      List<String> stages = meaning(image);
      String deep = embedded("segment.S5_5", stages.get(3));
      String x = aggregated("bga", detail, deep);
      x = conv("head.conv", x, scaled(1024), 3, 1);
      x = b.add("head.drop", new Dropout(0.1), x);
      List<String> outputs = new ArrayList<>();
      outputs.add(b.conv("head.conv_out", x, classes, 1).bias().build());
      for (int i = 0; auxiliary && i < stages.size(); i++) {
        outputs.add(head("aux" + (i + 2), stages.get(i), 4 << i, classes));
      }
      return b.build(outputs.toArray(String[]::new));
    }

    private String detail(String image) {
      int[][] stages = {{64, 64}, {64, 64, 64}, {128, 128, 128}};
      String x = image;
      for (int s = 0; s < stages.length; s++) {
        for (int i = 0; i < stages[s].length; i++) {
          String name = "detail.S" + (s + 1) + "." + i;
          x = conv(name, x, scaled(stages[s][i]), 3, i == 0 ? 2 : 1);
        }
      }
      return x;
    }

    /** The maps at 1/4, 1/8, 1/16 and 1/32. */
    private List<String> meaning(String image) {
      String x = conv("segment.S1S2.conv", image, scaled(16), 3, 2);
      String left = conv("segment.S1S2.left.0", x, scaled(16) / 2, 1, 1);
      left = conv("segment.S1S2.left.1", left, scaled(16), 3, 2);
      String right =
          b.add(
              "segment.S1S2.right",
              new MaxPool(Extent.square(3), Extent.square(2), Padding.all(1), false, false),
              x);
      x = b.concat("segment.S1S2.join", left, right);
      List<String> stages = new ArrayList<>();
      stages.add(conv("segment.S1S2.fuse", x, scaled(16), 3, 1));
      stages.add(gathered("segment.S3", stages.get(0), 32, 1));
      stages.add(gathered("segment.S4", stages.get(1), 64, 1));
      stages.add(gathered("segment.S5_4", stages.get(2), 128, 3));
      return stages;
    }

    private String gathered(String name, String x, int out, int more) {
      String y = halving(name + ".0", x, scaled(out));
      for (int i = 1; i <= more; i++) {
        y = keeping(name + "." + i, y);
      }
      return y;
    }

    private String halving(String name, String x, int out) {
      int in = b.channels(x);
      String y = conv(name + ".conv1", x, in, 3, 1);
      String first = name + ".dwconv1";
      y = linear(first, b.conv(first, y, EXPANSION * in, 3).stride(2).padding(1).groups(in));
      String second = name + ".dwconv2";
      y = FINISH.of(b, second, b.conv(second, y, EXPANSION * in, 3).padding(1).depthwise());
      y = linear(name + ".conv2", b.conv(name + ".conv2", y, out, 1));
      String shortcut = name + ".shortcut";
      String z =
          linear(
              shortcut + ".dw",
              b.conv(shortcut + ".dw", x, in, 3).stride(2).padding(1).depthwise());
      z = linear(shortcut + ".pw", b.conv(shortcut + ".pw", z, out, 1));
      return b.relu(name + ".relu", b.sum(name + ".sum", y, z));
    }

    private String keeping(String name, String x) {
      int in = b.channels(x);
      String y = conv(name + ".conv1", x, in, 3, 1);
      String dw = name + ".dwconv";
      y = FINISH.of(b, dw, b.conv(dw, y, EXPANSION * in, 3).padding(1).groups(in));
      y = linear(name + ".conv2", b.conv(name + ".conv2", y, in, 1));
      return b.relu(name + ".relu", b.sum(name + ".sum", y, x));
    }

    private String embedded(String name, String x) {
      String y = b.add(name + ".mean", new GlobalPool(GlobalPool.Kind.AVERAGE), x);
      y = FINISH.normalised(b, name + ".mean", y);
      y = conv(name + ".conv_gap", y, b.channels(x), 1, 1);
      return conv(name + ".conv_last", b.sum(name + ".sum", x, y), b.channels(x), 3, 1);
    }

    private String aggregated(String name, String detail, String deep) {
      int out = b.channels(detail);
      String kept = mixed(name + ".left1", detail);
      String down = name + ".left2";
      String halved = linear(down, b.conv(down, detail, out, 3).stride(2).padding(1));
      halved =
          b.add(
              down + ".pool",
              new AveragePool(Extent.square(3), Extent.square(2), Padding.all(1), false, true),
              halved);
      String weight = name + ".right1";
      String raised = linear(weight, b.conv(weight, deep, out, 3).padding(1));
      raised = nearest(weight + ".up", raised, detail);
      String left = weighed(name + ".left", kept, raised);
      String right = weighed(name + ".right", halved, mixed(name + ".right2", deep));
      right = nearest(name + ".right.up", right, detail);
      return conv(name + ".conv", b.sum(name + ".sum", left, right), out, 3, 1);
    }

    private String mixed(String name, String x) {
      String dw = name + ".dw";
      String y = linear(dw, b.conv(dw, x, b.channels(x), 3).padding(1).depthwise());
      return b.conv(name + ".pw", y, b.channels(x), 1).build();
    }

    private String weighed(String name, String x, String weight) {
      String share = b.add(name + ".share", Activation.of(Activation.Kind.SIGMOID), weight);
      return b.add(name, new Elementwise(Elementwise.Kind.MUL), x, share);
    }

    private String nearest(String name, String x, String like) {
      return b.add(name, new ResizeLike(ResizeMode.NEAREST), x, like);
    }

    /** Scores at twice the map's extent. */
    private String head(String name, String x, int factor, int classes) {
      String y = conv(name + ".conv", x, scaled(128), 3, 1);
      y = b.add(name + ".drop", new Dropout(0.1), y);
      y = b.add(name + ".up", new Resize(ResizeMode.NEAREST, 2, 2), y);
      y = conv(name + ".mix", y, factor * factor, 3, 1);
      return b.conv(name + ".conv_out", y, classes, 1).bias().build();
    }

    private String conv(String name, String x, int out, int kernel, int stride) {
      return FINISH.of(b, name, b.conv(name, x, out, kernel).same().stride(stride));
    }

    private String linear(String name, NetworkBuilder.Convolution conv) {
      return FINISH.linear(b, name, conv);
    }

    private int scaled(int channels) {
      return Encoder.scaled(channels, width);
    }
  }
}
