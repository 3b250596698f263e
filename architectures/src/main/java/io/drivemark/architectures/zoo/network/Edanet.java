package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Dropout;
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
 * EDANet: two dense blocks of asymmetric convolutions, each module joining 40 more channels to its
 * input, scored by one 1×1 convolution at 1/8.
 *
 * <p>Structure of table 1 of the paper and the authors' code (shaoyuanlo/EDANet): five modules with
 * dilations 1, 1, 1, 2, 2 and eight with 2, 2, 4, 4, 8, 8, 16, 16; convolutions have biases before
 * the normalisation, and so do ours to have their number of parameters: 689 485 with 19 outputs,
 * 0.68 M in the paper (which cuts off where rounding would give 0.69). The factor on the width is
 * ours; multiples of 5 because the published channels are such.
 *
 * <p>Sizes: any; extents are halved rounding up. Logits come at 1/8, rounded up, for the caller to
 * upsample.
 *
 * <p>Reference: Lo, Hang, Chan, Lin, <i>Efficient Dense Modules of Asymmetric Convolution for
 * Real-Time Semantic Segmentation</i>, arXiv 1809.06323.
 */
public final class Edanet implements Architecture {
  private static final double EPSILON = 1e-5;
  private static final int GROWTH = 40;
  private static final int STEP = 5;
  private static final int[] FIRST = {1, 1, 1, 2, 2};
  private static final int[] SECOND = {2, 2, 4, 4, 8, 8, 16, 16};

  @Override
  public String name() {
    return "edanet";
  }

  @Override
  public String summary() {
    return "EDANet: dense blocks of asymmetric convolutions (arXiv 1809.06323)";
  }

  @Override
  public List<Option> options() {
    return List.of(Width.of("15, 40, 60 and 130", STEP));
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    double width = Options.resolve(this, options).real("width");
    int growth = Encoder.scaled(GROWTH, width, STEP);
    NetworkBuilder b = new NetworkBuilder(name(), seed);
    String x = down(b, "down1", b.input("image", 3), Encoder.scaled(15, width, STEP));
    x = down(b, "down2", x, Encoder.scaled(60, width, STEP));
    for (int i = 0; i < FIRST.length; i++) {
      x = module(b, "block1." + i, x, growth, FIRST[i]);
    }
    x = down(b, "down3", x, Encoder.scaled(130, width, STEP));
    for (int i = 0; i < SECOND.length; i++) {
      x = module(b, "block2." + i, x, growth, SECOND[i]);
    }
    return b.build(b.conv("project", x, classes, 1).bias().build());
  }

  private static String down(NetworkBuilder b, String name, String x, int out) {
    boolean joins = b.channels(x) < out;
    int width = joins ? out - b.channels(x) : out;
    String y = b.conv(name + ".conv", x, width, 3).stride(2).padding(1).bias().build();
    if (joins) {
      String pool =
          b.add(
              name + ".pool",
              new MaxPool(Extent.square(2), Extent.square(2), Padding.NONE, true, false),
              x);
      y = b.concat(name + ".join", y, pool);
    }
    return b.relu(name + ".relu", b.batchNorm(name + ".bn", y, EPSILON));
  }

  private static String module(NetworkBuilder b, String name, String x, int growth, int dilation) {
    String y = b.conv(name + ".conv1x1", x, growth, 1).bias().build();
    y = b.relu(name + ".relu0", b.batchNorm(name + ".bn0", y, EPSILON));
    y = pair(b, name, "_1", y, 1);
    y = b.relu(name + ".relu1", b.batchNorm(name + ".bn1", y, EPSILON));
    y = pair(b, name, "_2", y, dilation);
    y = b.relu(name + ".relu2", b.batchNorm(name + ".bn2", y, EPSILON));
    y = b.add(name + ".dropout", new Dropout(0.02), y);
    return b.concat(name + ".join", y, x);
  }

  private static String pair(NetworkBuilder b, String name, String which, String x, int dilation) {
    int width = b.channels(x);
    String y =
        b.conv(name + ".conv3x1" + which, x, width, new Extent(3, 1))
            .dilation(new Extent(dilation, 1))
            .same()
            .bias()
            .build();
    return b.conv(name + ".conv1x3" + which, y, width, new Extent(1, 3))
        .dilation(new Extent(1, dilation))
        .same()
        .bias()
        .build();
  }
}
