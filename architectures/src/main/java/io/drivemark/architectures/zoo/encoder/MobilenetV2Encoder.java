package io.drivemark.architectures.zoo.encoder;

import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.FeatureMaps;
import io.drivemark.architectures.zoo.Finish;
import io.drivemark.architectures.zoo.Striding;

/**
 * MobileNetV2 up to its last bottleneck (320 channels): inverted bottlenecks that widen six times,
 * depthwise 3×3, and narrow again without activation. Weights are called as in torchvision's {@code
 * mobilenet_v2}. 1 811 712 parameters: torchvision's 3 504 872 (3.4 M in the paper's table 4) less
 * the last convolution's 412 160 and the classifier's 1 281 000. Where a bottleneck may not halve
 * any more, the later ones dilate instead.
 *
 * <p>Reference: Sandler, Howard, Zhu, Zhmoginov, Chen, <i>MobileNetV2: Inverted Residuals and
 * Linear Bottlenecks</i>, arXiv 1801.04381, table 2.
 */
public final class MobilenetV2Encoder implements Encoder {
  private static final Finish FINISH = Finish.normalised(1e-5, Activation.relu6());

  /** Expansion, channels, repetitions, stride of the first. */
  private static final int[][] STAGES = {
    {1, 16, 1, 1},
    {6, 24, 2, 2},
    {6, 32, 3, 2},
    {6, 64, 4, 2},
    {6, 96, 3, 1},
    {6, 160, 3, 2},
    {6, 320, 1, 1}
  };

  @Override
  public String name() {
    return "mobilenetv2";
  }

  @Override
  public String summary() {
    return "MobileNetV2 (arXiv 1801.04381)";
  }

  @Override
  public Finish finish() {
    return FINISH;
  }

  @Override
  public FeatureMaps write(NetworkBuilder b, String image, double width, Striding striding) {
    String x =
        b.conv("features.0.0", image, Encoder.scaled(32, width), 3)
            .stride(striding.stride(2))
            .padding(1)
            .build();
    final String stem = activated(b, "features.0.", 1, x);
    x = stem;
    String[] stages = new String[STAGES.length];
    int index = 1;
    for (int s = 0; s < STAGES.length; s++) {
      int[] stage = STAGES[s];
      for (int i = 0; i < stage[2]; i++) {
        int stride = striding.stride(i == 0 ? stage[3] : 1);
        int out = Encoder.scaled(stage[1], width);
        x = unit(b, "features." + index++, x, stage[0], out, stride, striding.dilation());
      }
      stages[s] = x;
    }
    return new FeatureMaps(stem, stages[0], stages[1], stages[2], stages[4], x);
  }

  private static String unit(
      NetworkBuilder b, String name, String x, int expansion, int out, int stride, int dilation) {
    String conv = name + ".conv.";
    int wide = expansion * b.channels(x);
    String y = x;
    int at = 0;
    if (expansion > 1) {
      y = activated(b, conv + "0.", 1, b.conv(conv + "0.0", y, wide, 1).build());
      at = 1;
    }
    String depthwise = conv + at + ".";
    y =
        b.conv(depthwise + "0", y, wide, 3)
            .dilation(dilation)
            .same()
            .stride(stride)
            .depthwise()
            .build();
    y = activated(b, depthwise, 1, y);
    y = b.conv(conv + (at + 1), y, out, 1).build();
    y = b.batchNorm(conv + (at + 2), y, FINISH.epsilon().getAsDouble());
    return stride == 1 && b.channels(x) == out ? b.sum(name + ".sum", x, y) : y;
  }

  private static String activated(NetworkBuilder b, String prefix, int norm, String x) {
    String y = b.batchNorm(prefix + norm, x, FINISH.epsilon().getAsDouble());
    return b.add(prefix + (norm + 1), FINISH.activation(), y);
  }
}
