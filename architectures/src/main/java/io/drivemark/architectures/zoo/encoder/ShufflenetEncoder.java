package io.drivemark.architectures.zoo.encoder;

import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.ChannelShuffle;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.FeatureMaps;
import io.drivemark.architectures.zoo.Finish;
import io.drivemark.architectures.zoo.Striding;

/**
 * ShuffleNet with three groups: stages of 240, 480 and 960 channels with 4, 8 and 4 units of
 * grouped 1×1, shuffle, depthwise 3×3, grouped 1×1. The first unit of a stage halves and joins its
 * result with the pooled input, the others add. The very first 1×1 has no groups. Widths are
 * multiples of 12, so that groups and bottlenecks divide.
 *
 * <p>Reference: Zhang, Zhou, Lin, Sun, <i>ShuffleNet</i>, arXiv 1707.01083, table 1 (g = 3).
 */
public final class ShufflenetEncoder implements Encoder {
  private static final int GROUPS = 3;
  private static final int STEP = 12;
  private static final int[] WIDTHS = {240, 480, 960};
  private static final int[] UNITS = {4, 8, 4};

  @Override
  public String name() {
    return "shufflenet";
  }

  @Override
  public String summary() {
    return "ShuffleNet, 3 groups (arXiv 1707.01083)";
  }

  @Override
  public Finish finish() {
    return Finish.normalised(1e-3, Activation.relu());
  }

  @Override
  public FeatureMaps write(NetworkBuilder b, String image, double width, Striding striding) {
    NetworkBuilder.Convolution first =
        b.conv("conv1", image, Encoder.scaled(24, width, STEP), 3)
            .stride(striding.stride(2))
            .padding(1);
    String stem = finish().of(b, "conv1", first);
    String pooled =
        b.add(
            "pool",
            new MaxPool(
                Extent.square(3), Extent.square(striding.stride(2)), Padding.all(1), false, false),
            stem);
    String[] stages = new String[WIDTHS.length];
    String x = pooled;
    for (int s = 0; s < WIDTHS.length; s++) {
      int stride = striding.stride(2);
      for (int u = 0; u < UNITS[s]; u++) {
        String name = "stage" + (s + 2) + ".unit" + (u + 1);
        int out = Encoder.scaled(WIDTHS[s], width, STEP);
        x =
            u == 0
                ? joining(b, name, x, out, s == 0 ? 1 : GROUPS, stride, striding.dilation())
                : adding(b, name, x, striding.dilation());
      }
      stages[s] = x;
    }
    return new FeatureMaps(stem, stem, pooled, stages[0], stages[1], stages[2]);
  }

  private String joining(
      NetworkBuilder b, String name, String x, int out, int groups, int stride, int dilation) {
    int more = out - b.channels(x);
    String y = branch(b, name, x, more, groups, stride, dilation);
    String pool =
        b.add(
            name + ".pool",
            new AveragePool(Extent.square(3), Extent.square(stride), Padding.all(1), false, false),
            x);
    return b.relu(name + ".relu", b.concat(name + ".join", pool, y));
  }

  private String adding(NetworkBuilder b, String name, String x, int dilation) {
    String y = branch(b, name, x, b.channels(x), GROUPS, 1, dilation);
    return b.relu(name + ".relu", b.sum(name + ".sum", x, y));
  }

  private String branch(
      NetworkBuilder b, String name, String x, int out, int groups, int stride, int dilation) {
    Finish finish = finish();
    int narrow = out / 4;
    String y =
        finish.of(b, name + ".reduce", b.conv(name + ".reduce", x, narrow, 1).groups(groups));
    y = b.add(name + ".shuffle", new ChannelShuffle(GROUPS), y);
    NetworkBuilder.Convolution depthwise =
        b.conv(name + ".dw", y, narrow, 3).dilation(dilation).same().stride(stride).depthwise();
    y = finish.linear(b, name + ".dw", depthwise);
    return finish.linear(b, name + ".expand", b.conv(name + ".expand", y, out, 1).groups(GROUPS));
  }
}
