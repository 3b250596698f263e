package io.drivemark.architectures.zoo.encoder;

import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.FeatureMaps;
import io.drivemark.architectures.zoo.Finish;
import io.drivemark.architectures.zoo.Striding;

/**
 * Xception without its classifier: entry flow to 1/16, eight middle units of 728 channels, exit
 * flow of 2048 at 1/32; separable convolutions normalised once, after the 1×1. 20 806 952
 * parameters: the 22 855 952 of the paper's table 3 less 2 049 000 of the classifier. Pools that
 * may not halve are left out and later depthwise convolutions dilated.
 *
 * <p>Reference: Chollet, <i>Xception</i>, arXiv 1610.02357, figure 5.
 */
public final class XceptionEncoder implements Encoder {
  private static final int MIDDLE = 8;

  @Override
  public String name() {
    return "xception";
  }

  @Override
  public String summary() {
    return "Xception (arXiv 1610.02357)";
  }

  @Override
  public Finish finish() {
    return Finish.normalised(1e-3, Activation.relu());
  }

  @Override
  public FeatureMaps write(NetworkBuilder b, String image, double width, Striding striding) {
    return new Writer(b, finish(), width, striding).write(image);
  }

  /** One encoder being written. */
  private record Writer(NetworkBuilder b, Finish finish, double width, Striding striding) {
    FeatureMaps write(String image) {
      int stride = striding.stride(2);
      String stem =
          finish.of(b, "conv1", b.conv("conv1", image, scaled(32), 3).stride(stride).padding(1));
      String half = finish.of(b, "conv2", b.conv("conv2", stem, scaled(64), 3).padding(1));
      String quarter = halving("block2", half, 128, 128, false);
      String eighth = halving("block3", quarter, 256, 256, true);
      String x = halving("block4", eighth, 728, 728, true);
      for (int i = 0; i < MIDDLE; i++) {
        String name = "block" + (5 + i);
        String y = x;
        for (int j = 1; j <= 3; j++) {
          y = separable(name + ".sep" + j, b.relu(name + ".relu" + j, y), 728);
        }
        x = b.sum(name + ".sum", y, x);
      }
      final String sixteenth = x;
      x = halving("block13", x, 728, 1024, true);
      x = b.relu("block14.relu1", separable("block14.sep1", x, 1536));
      x = b.relu("block14.relu2", separable("block14.sep2", x, 2048));
      return new FeatureMaps(stem, half, quarter, eighth, sixteenth, x);
    }

    private String halving(String name, String x, int first, int second, boolean activated) {
      String y = activated ? b.relu(name + ".relu1", x) : x;
      y = separable(name + ".sep1", y, first);
      y = separable(name + ".sep2", b.relu(name + ".relu2", y), second);
      int stride = striding.stride(2);
      if (stride == 2) {
        y =
            b.add(
                name + ".pool",
                new MaxPool(Extent.square(3), Extent.square(2), Padding.all(1), false, false),
                y);
      }
      String shortcut = name + ".shortcut";
      NetworkBuilder.Convolution project = b.conv(shortcut, x, scaled(second), 1).stride(stride);
      return b.sum(name + ".sum", y, finish.linear(b, shortcut, project));
    }

    private String separable(String name, String x, int out) {
      String y =
          b.conv(name + ".dw", x, b.channels(x), 3)
              .dilation(striding.dilation())
              .same()
              .depthwise()
              .build();
      return finish.linear(b, name + ".pw", b.conv(name + ".pw", y, scaled(out), 1));
    }

    private int scaled(int channels) {
      return Encoder.scaled(channels, width);
    }
  }
}
