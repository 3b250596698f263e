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
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * SegNet-Basic: four 7×7 convolutions down, four up, unpooled by the encoder's indices.
 *
 * <p>Structure of the authors' Caffe model (alexgkendall/SegNet-Tutorial,
 * Models/segnet_basic_train.prototxt): 64 channels throughout, ReLU in the encoder, none in the
 * decoder. Their local response normalisation of the image is left out (the input is normalised),
 * and so are biases before a normalisation, which change nothing.
 *
 * <p>Sizes: the normalised image is padded with zeros at bottom and right to a multiple of 16 and
 * the logits, which come at full size, are cropped back.
 *
 * <p>Reference: Badrinarayanan, Kendall, Cipolla, <i>SegNet: A Deep Convolutional Encoder-Decoder
 * Architecture for Image Segmentation</i>, arXiv 1511.00561. 1 416 075 parameters with 11 outputs;
 * 1.425 M is cited as the paper's figure, which counts biases too (not looked up).
 */
public final class SegnetBasic implements Architecture {
  private static final double EPSILON = 1e-5;
  private static final int LEVELS = 4;

  @Override
  public String name() {
    return "segnet-basic";
  }

  @Override
  public String summary() {
    return "SegNet-Basic: 7x7 convolutions, max-unpooling decoder (arXiv 1511.00561)";
  }

  @Override
  public List<Option> options() {
    return List.of(Option.whole("width", 64, 4, 256, "channels of every layer"));
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    int width = Options.resolve(this, options).whole("width");
    NetworkBuilder b = new NetworkBuilder(name(), seed);
    String image = b.input("image", 3);
    String x = b.add("pad", new PadToMultiple(16), image);
    List<String> indices = new ArrayList<>();
    for (int i = 1; i <= LEVELS; i++) {
      x = b.conv("conv" + i, x, width, 7).same().build();
      x = b.relu("relu" + i, b.batchNorm("conv" + i + "_bn", x, EPSILON));
      List<String> pooled =
          b.addAll(
              "pool" + i,
              new MaxPool(Extent.square(2), Extent.square(2), Padding.NONE, false, true),
              List.of(x),
              List.of("pool" + i, "pool" + i + "_indices"));
      x = pooled.get(0);
      indices.add(pooled.get(1));
    }
    for (int i = LEVELS; i >= 1; i--) {
      MaxUnpool unpool = new MaxUnpool(Extent.square(2), Extent.square(2));
      x = b.add("upsample" + i, unpool, x, indices.get(i - 1));
      x = b.conv("conv_decode" + i, x, width, 7).same().build();
      x = b.batchNorm("conv_decode" + i + "_bn", x, EPSILON);
    }
    x = b.conv("conv_classifier", x, classes, 1).bias().build();
    return b.build(b.add("logits", new CropLike(), x, image));
  }
}
