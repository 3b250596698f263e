package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.DepthOutput;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.Finish;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.architectures.zoo.Striding;
import io.drivemark.architectures.zoo.encoder.MobilenetEncoder;
import io.drivemark.architectures.zoo.option.Width;
import java.util.List;
import java.util.Map;

/**
 * FastDepth: MobileNetV1 and five steps up, each a depthwise 5×5 and a pointwise convolution, then
 * nearest doubling; the second to the fourth add the encoder's map of their extent.
 *
 * <p>Structure of "mobilenet-nnconv5dw-skipadd" of the published code (dwofk/fast-depth) before it
 * was pruned: encoder 3 206 976, steps 753 920 and output 33 parameters, 3 960 929 in all; 0.737 G
 * multiply-accumulates at 224×224. The pruned network, 0.37 G as published, has widths of its own.
 * Other than there: the last 1×1 convolution has a bias in place of a normalisation and ReLU, and
 * its number becomes metres by {@link DepthOutput}; normalisations have the encoder's epsilon,
 * 1e-3; the factor on the width is ours.
 *
 * <p>Sizes: any; extents are halved rounding up, and doubled maps are cropped to the encoder's.
 * Published was 224×224, at which nothing is cropped.
 *
 * <p>Reference: Wofk, Ma, Yang, Karaman, Sze, <i>FastDepth: Fast Monocular Depth Estimation on
 * Embedded Systems</i>, arXiv 1903.03273.
 */
public final class FastDepth implements Architecture {
  private static final Finish FINISH = Finish.normalised(1e-3, Activation.relu());

  /** Channels behind each step, and the unit of the encoder that it comes up to; 0: the image. */
  private static final int[][] STEPS = {{512, 11}, {256, 5}, {128, 3}, {64, 1}, {32, 0}};

  @Override
  public String name() {
    return "fast-depth";
  }

  @Override
  public String summary() {
    return "FastDepth: MobileNetV1, depthwise decoder with additive skips (arXiv 1903.03273)";
  }

  @Override
  public List<Option> options() {
    return List.of(Width.of("of all layers but the output"));
  }

  @Override
  public List<Head> heads(Map<String, String> options) {
    return List.of(DepthOutput.head());
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    double width = Options.resolve(this, options).real("width");
    NetworkBuilder b = new NetworkBuilder(name(), seed);
    String image = b.input("image", 3);
    String x = new MobilenetEncoder().write(b, image, width, Striding.to(32)).deepest();
    for (int i = 0; i < STEPS.length; i++) {
      String name = "step" + (i + 1);
      String like = STEPS[i][1] == 0 ? image : "unit" + STEPS[i][1] + ".pw.relu";
      String dw = name + ".dw";
      x = FINISH.of(b, dw, b.conv(dw, x, b.channels(x), 5).same().depthwise());
      String pw = name + ".pw";
      x = FINISH.of(b, pw, b.conv(pw, x, Encoder.scaled(STEPS[i][0], width), 1));
      x = b.add(name + ".up", new Resize(ResizeMode.NEAREST, 2, 2), x);
      x = b.add(name + ".crop", new CropLike(), x, like);
      if (i >= 1 && i <= 3) {
        x = b.sum(name + ".sum", x, like);
      }
    }
    return b.build(DepthOutput.of(b, b.conv(DepthOutput.NAME + ".conv", x, 1, 1).bias().build()));
  }
}
