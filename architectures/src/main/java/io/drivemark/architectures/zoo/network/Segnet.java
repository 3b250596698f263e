package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.PadToMultiple;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * SegNet: the thirteen convolutions of VGG16 with BatchNorm, and their mirror image unpooled by the
 * encoder's indices.
 *
 * <p>Structure of the authors' Caffe model (alexgkendall/SegNet-Tutorial,
 * Models/segnet_train.prototxt), whose convolutions have biases before the normalisation; so do
 * ours, to have its number of parameters: 29 449 355 with 11 outputs. The ENet paper's table gives
 * SegNet 29.46 M; the SegNet paper 14.7 M for the encoder.
 *
 * <p>Sizes: the normalised image is padded with zeros at bottom and right to a multiple of 32 and
 * the logits are cropped back.
 *
 * <p>Reference: Badrinarayanan, Kendall, Cipolla, <i>SegNet: A Deep Convolutional Encoder-Decoder
 * Architecture for Image Segmentation</i>, arXiv 1511.00561.
 */
public final class Segnet implements Architecture {
  private static final double EPSILON = 1e-5;
  private static final int[][] LEVELS = {
    {64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}
  };

  @Override
  public String name() {
    return "segnet";
  }

  @Override
  public String summary() {
    return "SegNet: VGG16 with BatchNorm, max-unpooling decoder (arXiv 1511.00561)";
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
    String x = b.add("pad", new PadToMultiple(1 << LEVELS.length), image);
    List<String> indices = new ArrayList<>();
    for (int level = 1; level <= LEVELS.length; level++) {
      int[] widths = LEVELS[level - 1];
      for (int i = 1; i <= widths.length; i++) {
        x = conv(b, "conv" + level + "_" + i, x, Encoder.scaled(widths[i - 1], width));
      }
      List<String> pooled =
          b.addAll(
              "pool" + level,
              new MaxPool(Extent.square(2), Extent.square(2), Padding.NONE, false, true),
              List.of(x),
              List.of("pool" + level, "pool" + level + "_mask"));
      x = pooled.get(0);
      indices.add(pooled.get(1));
    }
    for (int level = LEVELS.length; level >= 1; level--) {
      MaxUnpool unpool = new MaxUnpool(Extent.square(2), Extent.square(2));
      x = b.add("upsample" + level, unpool, x, indices.get(level - 1));
      for (int i = LEVELS[level - 1].length; i > 1; i--) {
        x = conv(b, "conv" + level + "_" + i + "_D", x, b.channels(x));
      }
      if (level > 1) {
        int[] below = LEVELS[level - 2];
        x = conv(b, "conv" + level + "_1_D", x, Encoder.scaled(below[below.length - 1], width));
      }
    }
    x = b.conv("conv1_1_D", x, classes, 3).padding(1).bias().build();
    return b.build(b.add("logits", new CropLike(), x, image));
  }

  private static String conv(NetworkBuilder b, String name, String x, int out) {
    String y = b.conv(name, x, out, 3).padding(1).bias().build();
    return b.relu(name + "_relu", b.batchNorm(name + "_bn", y, EPSILON));
  }
}
