package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.DisparityHead;
import io.drivemark.architectures.head.Head;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.DepthOutput;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.architectures.zoo.option.Width;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Monodepth: the depth network of "left-right consistency" with its VGG encoder. Seven halvings of
 * two convolutions each (kernels 7, 5, then 3), seven steps up of nearest doubling and a 3×3
 * convolution, each joined with the encoder's map of its extent and mixed by another; ELU
 * throughout, no normalisation. Zero padding of (kernel − 1)/2 everywhere.
 *
 * <p>As published it answers with {@code disparity1} to {@code disparity4}, the finest first, 0.3 ·
 * sigmoid, [1, 2, H, W] to [1, 2, H/8, W/8], extents rounded up: shares of the image's width, of
 * the image itself (as a left view) and of the right view that belongs to it. Each but the finest
 * is doubled and joined into the next step, so that they are part of the network at inference, too.
 * 31 600 072 parameters, 14.974 G multiply-accumulates at 256×512 so. Other than published are the
 * options: a factor on the width; one disparity alone; and {@code output=depth}, one map of metres
 * at full size in place of the four, for supervised training.
 *
 * <p>Sizes: any; extents are halved rounding up, and doubled maps are cropped to the encoder's.
 * Published were multiples of 128, at which nothing is cropped.
 *
 * <p>Reference: Godard, Mac Aodha, Brostow, <i>Unsupervised Monocular Depth Estimation with
 * Left-Right Consistency</i>, arXiv 1609.03677. Cut to the widths published with arXiv 1905.05212
 * it has the published parameters.
 */
public final class Monodepth implements Architecture {
  /** The largest disparity, as a share of the width. */
  private static final float LARGEST = 0.3f;

  private static final int[] ENCODER = {32, 64, 128, 256, 512, 512, 512};
  private static final int[] KERNELS = {7, 5, 3, 3, 3, 3, 3};
  private static final int[] DECODER = {512, 512, 256, 128, 64, 32, 16};
  private static final int LEVELS = 7;
  private static final int SCALES = 4;
  private static final Option OUTPUT =
      Option.word(
          "output",
          List.of("disparities", "disparity", DepthOutput.NAME),
          "disparities of the image and its right view at four scales as published, of the image"
              + " alone, or one map of metres");

  @Override
  public String name() {
    return "monodepth";
  }

  @Override
  public String summary() {
    return "Monodepth with a VGG encoder, trained by stereo pairs (arXiv 1609.03677)";
  }

  @Override
  public List<Option> options() {
    return List.of(Width.of("of all layers but the outputs"), OUTPUT);
  }

  /**
   * The convolutions that the masks of arXiv 1905.05212 sit on: fourteen of the encoder, then the
   * seven up-convolutions from the deepest on. Those that mix and those that answer have none.
   */
  public static List<String> publishedMaskSites() {
    List<String> sites = new ArrayList<>();
    for (int i = 1; i <= LEVELS; i++) {
      sites.addAll(List.of("enc" + i + "a", "enc" + i + "b"));
    }
    for (int j = LEVELS; j >= 1; j--) {
      sites.add("upconv" + j);
    }
    return List.copyOf(sites);
  }

  @Override
  public List<Head> heads(Map<String, String> options) {
    return DepthOutput.NAME.equals(options.get(OUTPUT.name()))
        ? List.of(DepthOutput.head())
        : List.of(new Head(DepthOutput.NAME, Optional.of("disparity1"), new DisparityHead(1, 80)));
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    Options chosen = Options.resolve(this, options);
    int views =
        switch (chosen.word(OUTPUT.name())) {
          case DepthOutput.NAME -> 0;
          case "disparity" -> 1;
          default -> 2;
        };
    return new Writer(new NetworkBuilder(name(), seed), chosen.real("width"), views).write();
  }

  /**
   * One network being written.
   *
   * @param views how many disparities; 0: depth
   */
  private record Writer(NetworkBuilder b, double width, int views) {
    Network write() {
      final String image = b.input("image", 3);
      String x = image;
      List<String> skips = new ArrayList<>(List.of(image));
      for (int i = 0; i < LEVELS; i++) {
        int wide = Encoder.scaled(ENCODER[i], width);
        x = conv("enc" + (i + 1) + "a", x, wide, KERNELS[i], 1);
        x = conv("enc" + (i + 1) + "b", x, wide, KERNELS[i], 2);
        skips.add(x);
      }
      List<String> disparities = new ArrayList<>();
      for (int j = LEVELS; j >= 1; j--) {
        int wide = Encoder.scaled(DECODER[LEVELS - j], width);
        String skip = skips.get(j - 1);
        List<String> parts = new ArrayList<>();
        parts.add(conv("upconv" + j, twice("up" + j, x, skip), wide, 3, 1));
        if (j > 1) {
          parts.add(skip);
        }
        if (!disparities.isEmpty()) {
          parts.add(twice("updisp" + (j + 1), disparities.get(0), skip));
        }
        x = parts.size() == 1 ? parts.get(0) : b.concat("concat" + j, parts.toArray(new String[0]));
        x = conv("iconv" + j, x, wide, 3, 1);
        if (views > 0 && j <= SCALES) {
          disparities.add(0, disparity(j, x));
        }
      }
      return views > 0
          ? b.build(disparities.toArray(new String[0]))
          : b.build(
              DepthOutput.of(b, b.conv(DepthOutput.NAME + ".conv", x, 1, 3).same().bias().build()));
    }

    private String disparity(int level, String x) {
      String y = b.conv("disp" + level, x, views, 3).same().bias().build();
      return b.add(
          "disparity" + level,
          new Elementwise(Elementwise.Kind.MUL),
          b.add("disp" + level + ".sigmoid", Activation.of(Activation.Kind.SIGMOID), y),
          b.constant("disp" + level + ".largest", Tensor.filled(Shape.of(1, 1, 1, 1), LARGEST)));
    }

    private String conv(String name, String x, int out, int kernel, int stride) {
      String y = b.conv(name, x, out, kernel).stride(stride).same().bias().build();
      return b.add(name + ".elu", new Activation(Activation.Kind.ELU, 1, 0), y);
    }

    private String twice(String name, String x, String like) {
      String y = b.add(name, new Resize(ResizeMode.NEAREST, 2, 2), x);
      return b.add(name + ".crop", new CropLike(), y, like);
    }
  }
}
