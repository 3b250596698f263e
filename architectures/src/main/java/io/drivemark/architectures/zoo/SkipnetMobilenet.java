package io.drivemark.architectures.zoo;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Shape;
import java.util.List;
import java.util.Map;

/**
 * SkipNet on MobileNet: MobileNetV1's convolutions, scores at 1/32, 1/16 and 1/8 summed up in class
 * space as in FCN-8s.
 *
 * <p>Structure of RTSeg (MSiam/TFSegmentation, FCN8s on MobileNet): depthwise separable units with
 * BatchNorm (epsilon 1e-3) and ReLU6 after either convolution; transposed convolutions 4×4/2 that
 * start as bilinear interpolation and are learned, the last one 16×16/8. Option {@code tail} leaves
 * that last one out: it takes an eighth of the network's cost.
 *
 * <p>Sizes: any; nothing is padded. Extents are halved rounding up, and what a transposed
 * convolution gives is cropped to the map it is added to, which is TensorFlow's SAME rule. The
 * logits come at full size, with {@code tail: bilinear} at an eighth of it, rounded up, for the
 * caller to upsample.
 *
 * <p>References: Siam, Gamal, Abdel-Razek, Yogamani, Jagersand, <i>RTSeg: Real-time Semantic
 * Segmentation Comparative Study</i>, arXiv 1803.02758; Howard et al., <i>MobileNets</i>, arXiv
 * 1704.04861.
 */
public final class SkipnetMobilenet implements Architecture {
  private static final double EPSILON = 1e-3;
  private static final String BILINEAR = "bilinear";

  /** Width and stride of each separable unit at width 1. */
  private static final int[][] UNITS = {
    {64, 1}, {128, 2}, {128, 1}, {256, 2}, {256, 1}, {512, 2}, {512, 1}, {512, 1}, {512, 1},
    {512, 1}, {512, 1}, {1024, 2}, {1024, 1}
  };

  /** The units whose outputs are scored besides the last one's: the strided ones to 1/8, 1/16. */
  private static final int EIGHTH = 3;

  private static final int SIXTEENTH = 5;

  @Override
  public String name() {
    return "skipnet-mobilenet";
  }

  @Override
  public String summary() {
    return "SkipNet-MobileNet: MobileNetV1 encoder, FCN-8s decoder in class space"
        + " (arXiv 1803.02758)";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.real("width", 1, 0.125, 2, "multiplies the encoder's channels, in steps of 8"),
        Option.word(
            "tail",
            List.of("transposed", BILINEAR),
            "last step from 1/8 to full size: transposed convolution, or left to the caller"));
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    Options chosen = Options.resolve(this, options);
    double width = chosen.real("width");
    NetworkBuilder b = new NetworkBuilder(name(), seed);
    String image = b.input("image", 3);
    String x = b.conv("conv1", image, scaled(32, width), 3).stride(2).padding(1).build();
    x = bnRelu6(b, "conv1", x);
    String eighth = "";
    String sixteenth = "";
    for (int i = 0; i < UNITS.length; i++) {
      String name = "unit" + (i + 1);
      String y =
          b.conv(name + ".dw", x, b.channels(x), 3)
              .stride(UNITS[i][1])
              .padding(1)
              .depthwise()
              .build();
      y = bnRelu6(b, name + ".dw", y);
      y = b.conv(name + ".pw", y, scaled(UNITS[i][0], width), 1).build();
      x = bnRelu6(b, name + ".pw", y);
      eighth = i == EIGHTH ? x : eighth;
      sixteenth = i == SIXTEENTH ? x : sixteenth;
    }
    x = b.conv("score", x, classes, 1).bias().build();
    x = fused(b, "16", x, sixteenth, classes);
    x = fused(b, "8", x, eighth, classes);
    if (chosen.word("tail").equals(BILINEAR)) {
      return b.build(x);
    }
    x =
        b.convTranspose("up1", x, classes, 16)
            .stride(8)
            .padding(4)
            .initial(bilinear(classes, 16))
            .build();
    return b.build(b.add("logits", new CropLike(), x, image));
  }

  private static String fused(
      NetworkBuilder b, String level, String coarse, String encoder, int classes) {
    String up =
        b.convTranspose("up" + level, coarse, classes, 4)
            .stride(2)
            .padding(1)
            .initial(bilinear(classes, 4))
            .build();
    String score = b.conv("score" + level, encoder, classes, 1).bias().build();
    up = b.add("up" + level + ".crop", new CropLike(), up, score);
    return b.sum("sum" + level, up, score);
  }

  private static String bnRelu6(NetworkBuilder b, String name, String x) {
    return b.add(name + ".relu", Activation.relu6(), b.batchNorm(name + ".bn", x, EPSILON));
  }

  private static int scaled(int channels, double width) {
    return Math.max(8, (int) Math.round(channels * width / 8) * 8);
  }

  /** A kernel that interpolates each channel bilinearly by half the kernel's size. */
  private static Tensor bilinear(int channels, int kernel) {
    float[] values = new float[channels * channels * kernel * kernel];
    double factor = kernel / 2.0;
    double centre = (kernel - 1) / 2.0;
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < kernel; y++) {
        for (int x = 0; x < kernel; x++) {
          double weight = (1 - Math.abs(y - centre) / factor) * (1 - Math.abs(x - centre) / factor);
          values[((c * channels + c) * kernel + y) * kernel + x] = (float) weight;
        }
      }
    }
    return Tensor.sharing(Shape.of(channels, channels, kernel, kernel), values);
  }
}
