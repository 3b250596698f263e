package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.Finish;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.architectures.zoo.decoder.ClassSpace;
import java.util.List;
import java.util.Map;

/**
 * Dilated FCN-16s, a light network of our own after the one-line description in the 2017 comparison
 * (arXiv 1707.02432), whose layers were never published.
 *
 * <p>Four levels of two 3×3 convolutions with BatchNorm and ReLU, 32, 64, 128 and 256 channels,
 * each followed by a 2×2 pool. Where FCN-16s would halve once more and score at 1/32, four 3×3
 * convolutions with dilations 2, 4, 8 and 16 stay at 1/16. As in FCN-16s two scores, one before and
 * one after them, are summed up and one transposed convolution 32×32/16 that starts as
 * interpolation brings them to full size. 3 664 118 parameters with 11 outputs.
 *
 * <p>Sizes: any; extents are halved rounding up. The logits come at full size, with {@code tail:
 * bilinear} at 1/16 for the caller to upsample.
 */
public final class DilatedFcn16s implements Architecture {
  private static final int[] WIDTHS = {32, 64, 128, 256};
  private static final int[] DILATIONS = {2, 4, 8, 16};

  @Override
  public String name() {
    return "dilated-fcn16s";
  }

  @Override
  public String summary() {
    return "Dilated FCN-16s: light FCN-16s with dilated convolutions at 1/16; our own design";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.real("width", 1, 0.125, 2, "multiplies the channels of every layer"),
        Option.word(
            "tail",
            List.of("transposed", "bilinear"),
            "last step from 1/16 to full size: transposed convolution, or left to the caller"));
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    Options chosen = Options.resolve(this, options);
    double width = chosen.real("width");
    Finish finish = Finish.normalised(1e-5, Activation.relu());
    NetworkBuilder b = new NetworkBuilder(name(), seed);
    String image = b.input("image", 3);
    String x = image;
    for (int level = 1; level <= WIDTHS.length; level++) {
      for (int i = 1; i <= 2; i++) {
        String name = "conv" + level + "_" + i;
        int out = Encoder.scaled(WIDTHS[level - 1], width);
        x = finish.of(b, name, b.conv(name, x, out, 3).padding(1));
      }
      x =
          b.add(
              "pool" + level,
              new MaxPool(Extent.square(2), Extent.square(2), Padding.NONE, true, false),
              x);
    }
    String plain = b.conv("score_plain", x, classes, 1).bias().build();
    for (int i = 1; i <= DILATIONS.length; i++) {
      String name = "wide" + i;
      NetworkBuilder.Convolution conv =
          b.conv(name, x, b.channels(x), 3).dilation(DILATIONS[i - 1]).same();
      x = finish.of(b, name, conv);
    }
    x = b.sum("sum", b.conv("score_wide", x, classes, 1).bias().build(), plain);
    return b.build(
        chosen.word("tail").equals("bilinear")
            ? x
            : new ClassSpace(b, false).enlarged(x, 16, image));
  }
}
