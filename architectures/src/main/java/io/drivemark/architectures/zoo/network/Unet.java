package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.PadToMultiple;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.Finish;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * U-Net: five levels of two 3×3 convolutions, 64 to 1024 channels, up by transposed convolutions
 * 2×2/2 whose result is joined with the level's own map.
 *
 * <p>Structure of figure 1 of the paper, with padded convolutions instead of the cropped ones, so
 * that the logits have the image's extent; no normalisation, biases, dropout 0.5 at the end of the
 * way down. The paper gives no number of parameters; its layers add up to 31 032 395 with three
 * input channels and 11 outputs.
 *
 * <p>Sizes: the normalised image is padded with zeros at bottom and right to a multiple of 16 and
 * the logits are cropped back.
 *
 * <p>Reference: Ronneberger, Fischer, Brox, <i>U-Net: Convolutional Networks for Biomedical Image
 * Segmentation</i>, arXiv 1505.04597.
 */
public final class Unet implements Architecture {
  private static final int LEVELS = 5;

  @Override
  public String name() {
    return "unet";
  }

  @Override
  public String summary() {
    return "U-Net: plain convolutions, joined skip connections (arXiv 1505.04597)";
  }

  @Override
  public List<Option> options() {
    return List.of(Option.real("width", 1, 0.125, 2, "multiplies the channels of every layer"));
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    double width = Options.resolve(this, options).real("width");
    NetworkBuilder b = new NetworkBuilder(name(), seed);
    String image = b.input("image", 3);
    String x = b.add("pad", new PadToMultiple(1 << (LEVELS - 1)), image);
    List<String> skips = new ArrayList<>();
    for (int level = 1; level <= LEVELS; level++) {
      x = twice(b, "down" + level, x, Encoder.scaled(32 << level, width));
      if (level < LEVELS) {
        skips.add(x);
        x =
            b.add(
                "pool" + level,
                new MaxPool(Extent.square(2), Extent.square(2), Padding.NONE, false, false),
                x);
      }
    }
    x = b.add("dropout", new Dropout(0.5), x);
    for (int level = LEVELS - 1; level >= 1; level--) {
      String name = "up" + level;
      int out = Encoder.scaled(32 << level, width);
      x = b.convTranspose(name, x, out, 2).stride(2).bias().build();
      x = twice(b, name, b.concat(name + ".join", skips.get(level - 1), x), out);
    }
    x = b.conv("score", x, classes, 1).bias().build();
    return b.build(b.add("logits", new CropLike(), x, image));
  }

  private static String twice(NetworkBuilder b, String name, String x, int width) {
    String y = x;
    for (int i = 1; i <= 2; i++) {
      String conv = name + ".conv" + i;
      y = Finish.biased().of(b, conv, b.conv(conv, y, width, 3).padding(1));
    }
    return y;
  }
}
