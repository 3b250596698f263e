package io.drivemark.architectures.zoo.encoder;

import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.FeatureMaps;
import io.drivemark.architectures.zoo.Finish;
import io.drivemark.architectures.zoo.Striding;

/**
 * MobileNetV1's convolutions: a 3×3/2 stem of 32 and thirteen depthwise separable units, BatchNorm
 * (epsilon 1e-3) and ReLU6 after either convolution. Where a unit may not halve any more, it
 * becomes one full 3×3 convolution with the dilation instead, and the other units stay as they are,
 * as in RTSeg's code.
 *
 * <p>0.568 G multiply-accumulates at 224×224, 3 206 976 parameters: 4.2 M in the paper less the 1
 * 025 000 of its classifier.
 *
 * <p>Reference: Howard et al., <i>MobileNets</i>, arXiv 1704.04861, table 1.
 */
public final class MobilenetEncoder implements Encoder {
  /** Width and stride of each separable unit at width 1. */
  private static final int[][] UNITS = {
    {64, 1}, {128, 2}, {128, 1}, {256, 2}, {256, 1}, {512, 2}, {512, 1}, {512, 1}, {512, 1},
    {512, 1}, {512, 1}, {1024, 2}, {1024, 1}
  };

  @Override
  public String name() {
    return "mobilenet";
  }

  @Override
  public String summary() {
    return "MobileNetV1 (arXiv 1704.04861)";
  }

  @Override
  public Finish finish() {
    return Finish.normalised(1e-3, Activation.relu6());
  }

  @Override
  public FeatureMaps write(NetworkBuilder b, String image, double width, Striding striding) {
    Finish finish = finish();
    NetworkBuilder.Convolution first =
        b.conv("conv1", image, Encoder.scaled(32, width), 3).stride(striding.stride(2)).padding(1);
    String stem = finish.of(b, "conv1", first);
    String[] units = new String[UNITS.length];
    String x = stem;
    for (int i = 0; i < UNITS.length; i++) {
      String name = "unit" + (i + 1);
      int out = Encoder.scaled(UNITS[i][0], width);
      int stride = striding.stride(UNITS[i][1]);
      if (stride < UNITS[i][1]) {
        x = finish.of(b, name, b.conv(name, x, out, 3).dilation(striding.dilation()).same());
      } else {
        NetworkBuilder.Convolution depthwise =
            b.conv(name + ".dw", x, b.channels(x), 3).stride(stride).padding(1).depthwise();
        x = finish.of(b, name + ".dw", depthwise);
        x = finish.of(b, name + ".pw", b.conv(name + ".pw", x, out, 1));
      }
      units[i] = x;
    }
    // RTSeg's SkipNet scores the strided units of 1/8 and 1/16.
    return new FeatureMaps(stem, units[0], units[1], units[3], units[5], x);
  }
}
