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
import io.drivemark.architectures.zoo.UnetStyle;

/**
 * ResNet-18 without its classifier: 7×7/2, max-pool 3×3/2 and four stages of two basic blocks.
 * Weights are called as in torchvision's {@code resnet18}. 11 176 512 parameters: torchvision's 11
 * 689 512 less its classifier's 513 000.
 *
 * <p>Reference: He, Zhang, Ren, Sun, <i>Deep Residual Learning for Image Recognition</i>, arXiv
 * 1512.03385, table 1.
 */
public final class Resnet18Encoder implements Encoder {
  private static final double EPSILON = 1e-5;
  private static final int[] WIDTHS = {64, 128, 256, 512};

  @Override
  public String name() {
    return "resnet18";
  }

  @Override
  public String summary() {
    return "ResNet-18 (arXiv 1512.03385)";
  }

  @Override
  public Finish finish() {
    return Finish.normalised(EPSILON, Activation.relu());
  }

  @Override
  public UnetStyle unetStyle() {
    return UnetStyle.LINK;
  }

  @Override
  public FeatureMaps write(NetworkBuilder b, String image, double width, Striding striding) {
    String x =
        b.conv("conv1", image, Encoder.scaled(64, width), 7)
            .stride(striding.stride(2))
            .padding(3)
            .build();
    String stem = b.relu("relu", b.batchNorm("bn1", x, EPSILON));
    x =
        b.add(
            "maxpool",
            new MaxPool(
                Extent.square(3), Extent.square(striding.stride(2)), Padding.all(1), false, false),
            stem);
    String[] layers = new String[WIDTHS.length];
    for (int i = 0; i < WIDTHS.length; i++) {
      int stride = i == 0 ? 1 : striding.stride(2);
      for (int block = 0; block < 2; block++) {
        x =
            block(
                b,
                "layer" + (i + 1) + "." + block,
                x,
                Encoder.scaled(WIDTHS[i], width),
                block == 0 ? stride : 1,
                i > 0 && block == 0,
                striding.dilation());
      }
      layers[i] = x;
    }
    return new FeatureMaps(stem, stem, layers[0], layers[1], layers[2], layers[3]);
  }

  private static String block(
      NetworkBuilder b, String name, String x, int out, int stride, boolean project, int dilation) {
    String y = b.conv(name + ".conv1", x, out, 3).dilation(dilation).same().stride(stride).build();
    y = b.relu(name + ".relu1", b.batchNorm(name + ".bn1", y, EPSILON));
    y = b.conv(name + ".conv2", y, out, 3).dilation(dilation).same().build();
    y = b.batchNorm(name + ".bn2", y, EPSILON);
    String shortcut = x;
    if (project) {
      shortcut = b.conv(name + ".downsample.0", x, out, 1).stride(stride).build();
      shortcut = b.batchNorm(name + ".downsample.1", shortcut, EPSILON);
    }
    return b.relu(name + ".relu2", b.sum(name + ".sum", y, shortcut));
  }
}
