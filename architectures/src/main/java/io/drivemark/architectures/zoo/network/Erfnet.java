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
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.architectures.zoo.option.Width;
import java.util.List;
import java.util.Map;

/**
 * ERFNet: residual units of two pairs of 3×1 and 1×3 convolutions, dilated up to 16 at 1/8, and a
 * small decoder of transposed convolutions.
 *
 * <p>Structure and names of the authors' code (Eromera/erfnet_pytorch, train/erfnet.py), without
 * the encoder's own classifier, which only its pretraining uses. 2 064 256 parameters with 20
 * outputs, the sum over table I of the paper, which says about 2.1 M. The factor on the width is
 * ours.
 *
 * <p>Sizes: the normalised image is padded with zeros at bottom and right to a multiple of 8 and
 * the logits are cropped back.
 *
 * <p>Reference: Romera, Álvarez, Bergasa, Arroyo, <i>ERFNet: Efficient Residual Factorized ConvNet
 * for Real-time Semantic Segmentation</i>, IEEE T-ITS 19(1), doi 10.1109/TITS.2017.2750080.
 */
public final class Erfnet implements Architecture {
  private static final double EPSILON = 1e-3;
  private static final int[] DILATIONS = {2, 4, 8, 16};

  @Override
  public String name() {
    return "erfnet";
  }

  @Override
  public String summary() {
    return "ERFNet: factorised residual units (doi 10.1109/TITS.2017.2750080)";
  }

  @Override
  public List<Option> options() {
    return List.of(Width.of("16, 64 and 128"));
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    double width = Options.resolve(this, options).real("width");
    return new Writer(new NetworkBuilder(name(), seed), width).write(classes);
  }

  /** One network being written. */
  private record Writer(NetworkBuilder b, double width) {
    private int scaled(int channels) {
      return Encoder.scaled(channels, width);
    }

    Network write(int classes) {
      String image = b.input("image", 3);
      String x = b.add("pad", new PadToMultiple(8), image);
      x = down("encoder.initial_block", x, scaled(16));
      x = down("encoder.layers.0", x, scaled(64));
      for (int i = 1; i <= 5; i++) {
        x = unit("encoder.layers." + i, x, 1, 0.03);
      }
      x = down("encoder.layers.6", x, scaled(128));
      for (int i = 0; i < 8; i++) {
        x = unit("encoder.layers." + (7 + i), x, DILATIONS[i % 4], 0.3);
      }
      x = up("decoder.layers.0", x, scaled(64));
      x = unit("decoder.layers.1", x, 1, 0);
      x = unit("decoder.layers.2", x, 1, 0);
      x = up("decoder.layers.3", x, scaled(16));
      x = unit("decoder.layers.4", x, 1, 0);
      x = unit("decoder.layers.5", x, 1, 0);
      x = b.convTranspose("decoder.output_conv", x, classes, 2).stride(2).bias().build();
      return b.build(b.add("logits", new CropLike(), x, image));
    }

    private String down(String name, String x, int out) {
      int more = out - b.channels(x);
      if (more == 0) { // so narrow that nothing is left to convolve: a plain convolution
        String y = b.conv(name + ".conv", x, out, 3).stride(2).padding(1).bias().build();
        return bnRelu(name, ".bn", y);
      }
      String conv = b.conv(name + ".conv", x, more, 3).stride(2).padding(1).bias().build();
      String pool =
          b.add(
              name + ".pool",
              new MaxPool(Extent.square(2), Extent.square(2), Padding.NONE, false, false),
              x);
      return bnRelu(name, ".bn", b.concat(name + ".join", conv, pool));
    }

    private String up(String name, String x, int out) {
      String y =
          b.convTranspose(name + ".conv", x, out, 3)
              .stride(2)
              .padding(1)
              .outputPadding(1)
              .bias()
              .build();
      return bnRelu(name, ".bn", y);
    }

    private String unit(String name, String x, int dilation, double dropout) {
      String y = pair(name, "_1", x, 1);
      y = bnRelu(name, ".bn1", y);
      y = pair(name, "_2", y, dilation);
      y = b.batchNorm(name + ".bn2", y, EPSILON);
      if (dropout > 0) {
        y = b.add(name + ".dropout", new Dropout(dropout), y);
      }
      return b.relu(name + ".relu", b.sum(name + ".sum", y, x));
    }

    private String pair(String name, String which, String x, int dilation) {
      int width = b.channels(x);
      String y =
          b.conv(name + ".conv3x1" + which, x, width, new Extent(3, 1))
              .dilation(new Extent(dilation, 1))
              .same()
              .bias()
              .build();
      y = b.relu(name + ".conv3x1" + which + ".relu", y);
      return b.conv(name + ".conv1x3" + which, y, width, new Extent(1, 3))
          .dilation(new Extent(1, dilation))
          .same()
          .bias()
          .build();
    }

    private String bnRelu(String name, String norm, String x) {
      return b.relu(name + norm + ".relu", b.batchNorm(name + norm, x, EPSILON));
    }
  }
}
