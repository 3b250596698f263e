package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.FeatureMaps;
import io.drivemark.architectures.zoo.Finish;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.architectures.zoo.Striding;
import io.drivemark.architectures.zoo.encoder.MobilenetV2Encoder;
import java.util.List;
import java.util.Map;

/**
 * DeepLabV3+ on MobileNetV2 at output stride 16: a pyramid of dilated convolutions (rates 6, 12,
 * 18, a 1×1 and the mean of all; 256 channels each), joined at 1/4 with 48 channels of the
 * encoder's map there, two 3×3 convolutions of 256.
 *
 * <p>Structure of sections 3 and 4 of the paper, with plain convolutions throughout. The paper
 * gives no number of parameters for this encoder; the layers add up to 5 815 539 with 19 outputs.
 * Google's own MobileNetV2 models are smaller (2.11 M in arXiv 1801.04381, table 7), since they
 * leave out the decoder and the dilated rates.
 *
 * <p>Sizes: any; extents are halved rounding up. Logits come at 1/4, rounded up, for the caller to
 * upsample.
 *
 * <p>Reference: Chen, Zhu, Papandreou, Schroff, Adam, <i>Encoder-Decoder with Atrous Separable
 * Convolution for Semantic Image Segmentation</i>, arXiv 1802.02611.
 */
public final class DeeplabV3plusMobilenetV2 implements Architecture {
  private static final Finish FINISH = Finish.normalised(1e-5, Activation.relu());
  private static final int[] RATES = {6, 12, 18};

  @Override
  public String name() {
    return "deeplabv3plus-mobilenetv2";
  }

  @Override
  public String summary() {
    return "DeepLabV3+ on MobileNetV2, output stride 16 (arXiv 1802.02611)";
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
    FeatureMaps maps = new MobilenetV2Encoder().write(b, image, width, Striding.to(16));
    int out = Encoder.scaled(256, width);
    String x = pyramid(b, maps.deepest(), out);
    x = b.add("decoder.resize", new ResizeLike(ResizeMode.BILINEAR), x, maps.quarter());
    String low = conv(b, "decoder.low", maps.quarter(), Encoder.scaled(48, width), 1, 1);
    x = conv(b, "decoder.conv1", b.concat("decoder.join", x, low), out, 3, 1);
    x = b.add("decoder.dropout1", new Dropout(0.5), x);
    x = conv(b, "decoder.conv2", x, out, 3, 1);
    x = b.add("decoder.dropout2", new Dropout(0.1), x);
    return b.build(b.conv("score", x, classes, 1).bias().build());
  }

  private static String pyramid(NetworkBuilder b, String x, int out) {
    String[] parts = new String[RATES.length + 2];
    parts[0] = conv(b, "aspp.plain", x, out, 1, 1);
    for (int i = 0; i < RATES.length; i++) {
      parts[i + 1] = conv(b, "aspp.rate" + RATES[i], x, out, 3, RATES[i]);
    }
    String mean = b.add("aspp.mean", new GlobalPool(GlobalPool.Kind.AVERAGE), x);
    mean = conv(b, "aspp.mean.conv", mean, out, 1, 1);
    parts[RATES.length + 1] =
        b.add("aspp.mean.resize", new ResizeLike(ResizeMode.BILINEAR), mean, x);
    String y = conv(b, "aspp.mix", b.concat("aspp.join", parts), out, 1, 1);
    return b.add("aspp.dropout", new Dropout(0.5), y);
  }

  private static String conv(
      NetworkBuilder b, String name, String x, int out, int kernel, int dilation) {
    return FINISH.of(b, name, b.conv(name, x, out, kernel).dilation(dilation).same());
  }
}
