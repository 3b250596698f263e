package io.drivemark.architectures.zoo;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.Padding;
import java.util.List;
import java.util.Map;

/**
 * EDANet: two dense blocks of asymmetric convolutions, each module joining 40 more channels to its
 * input, scored by one 1×1 convolution at 1/8.
 *
 * <p>Structure of table 1 of the paper and the authors' code (shaoyuanlo/EDANet): five modules with
 * dilations 1, 1, 1, 2, 2 and eight with 2, 2, 4, 4, 8, 8, 16, 16; convolutions have biases before
 * the normalisation, and so do ours to have their number of parameters: 689 485 with 19 outputs,
 * 0.68 M in the paper (which cuts off where rounding would give 0.69).
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
    return List.of();
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    Options.resolve(this, options);
    NetworkBuilder b = new NetworkBuilder(name(), seed);
    String x = down(b, "down1", b.input("image", 3), 15);
    x = down(b, "down2", x, 60);
    for (int i = 0; i < FIRST.length; i++) {
      x = module(b, "block1." + i, x, FIRST[i]);
    }
    x = down(b, "down3", x, 130);
    for (int i = 0; i < SECOND.length; i++) {
      x = module(b, "block2." + i, x, SECOND[i]);
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

  private static String module(NetworkBuilder b, String name, String x, int dilation) {
    String y = b.conv(name + ".conv1x1", x, GROWTH, 1).bias().build();
    y = b.relu(name + ".relu0", b.batchNorm(name + ".bn0", y, EPSILON));
    y = pair(b, name, "_1", y, 1);
    y = b.relu(name + ".relu1", b.batchNorm(name + ".bn1", y, EPSILON));
    y = pair(b, name, "_2", y, dilation);
    y = b.relu(name + ".relu2", b.batchNorm(name + ".bn2", y, EPSILON));
    y = b.add(name + ".dropout", new Dropout(0.02), y);
    return b.concat(name + ".join", y, x);
  }

  private static String pair(NetworkBuilder b, String name, String which, String x, int dilation) {
    String y =
        b.conv(name + ".conv3x1" + which, x, GROWTH, new Extent(3, 1))
            .dilation(new Extent(dilation, 1))
            .same()
            .bias()
            .build();
    return b.conv(name + ".conv1x3" + which, y, GROWTH, new Extent(1, 3))
        .dilation(new Extent(1, dilation))
        .same()
        .bias()
        .build();
  }
}
