package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolLike;
import io.drivemark.architectures.graph.op.AdaptiveAveragePoolScaled;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.ChannelShuffle;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.ResizeLike;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.ResizeScaled;
import io.drivemark.architectures.graph.op.ScaledExtent;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * ESPNetv2 for segmentation: depthwise dilated pyramids, efficient pyramid pooling in the decoder.
 *
 * <p>Structure and node names of the authors' PyTorch code (sacmehta/EdgeNets,
 * model/segmentation/espnetv2.py, its Cityscapes form: decoder widths 64, 48, 32), so that its
 * state dicts load: BatchNorm epsilon 1e-5, bilinear resizing with coinciding corners, adaptive
 * average pooling, a shortcut from the image into each downsampling. As there, the three
 * downsamplings carry the slopes of an activation ({@code eesp.module_act}) that nothing reads; the
 * published parameter counts include them.
 *
 * <p>Sizes: any; nothing is padded. Halvings round up, and the decoder resizes each map to the size
 * of the encoder's it is added to (twice its own where the input's size is a multiple of 16, as in
 * the published code). The logits come at full size.
 *
 * <p>Reference: Mehta, Rastegari, Shapiro, Hajishirzi, <i>ESPNetv2: A Light-weight, Power
 * Efficient, and General Purpose Convolutional Neural Network</i>, arXiv 1811.11431.
 */
public final class Espnetv2 implements Architecture {
  private static final double EPSILON = 1e-5;
  private static final int BRANCHES = 4;
  private static final int[] RECEPTIVE_LIMITS = {13, 11, 9, 7};
  private static final double[] SCALES = {2.0, 1.5, 1.0, 0.5, 0.1};
  private static final Map<String, int[]> WIDTHS =
      Map.of(
          "0.5", new int[] {16, 32, 64, 128},
          "1.0", new int[] {32, 64, 128, 256},
          "1.25", new int[] {32, 80, 160, 320},
          "1.5", new int[] {32, 96, 192, 384},
          "2.0", new int[] {32, 128, 256, 512});

  @Override
  public String name() {
    return "espnetv2";
  }

  @Override
  public String summary() {
    return "ESPNetv2: depthwise dilated pyramids, pyramid-pooling decoder (arXiv 1811.11431)";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option(
            "s",
            "1.0",
            "width of the encoder",
            new Option.Reals(List.of(0.5, 1.0, 1.25, 1.5, 2.0))));
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    Options chosen = Options.resolve(this, options);
    return new Writer(new NetworkBuilder(name(), seed))
        .write(WIDTHS.get(chosen.word("s")), classes);
  }

  /** One network being written. */
  private static final class Writer {
    private final NetworkBuilder b;

    Writer(NetworkBuilder b) {
      this.b = b;
    }

    Network write(int[] widths, int classes) {
      String image = b.input("image", 3);
      String[] small = new String[5];
      small[0] = image;
      for (int i = 1; i <= 4; i++) {
        small[i] = halve("base_net.image" + (1 << i), small[i - 1]);
      }

      String x = b.conv("base_net.level1.conv", image, widths[0], 3).stride(2).padding(1).build();
      final String level1 = bnPrelu("base_net.level1", x);
      final String level2 =
          down("base_net.level2_0", level1, small[2], widths[1], RECEPTIVE_LIMITS[0]);
      x = down("base_net.level3_0", level2, small[3], widths[2], RECEPTIVE_LIMITS[1]);
      for (int i = 0; i < 3; i++) {
        x = unit("base_net.level3." + i, x, RECEPTIVE_LIMITS[2]);
      }
      final String level3 = x;
      x = down("base_net.level4_0", level3, small[4], widths[3], RECEPTIVE_LIMITS[2]);
      for (int i = 0; i < 7; i++) {
        x = unit("base_net.level4." + i, x, RECEPTIVE_LIMITS[3]);
      }

      int width = Math.max(1, Math.min(classes / 2, 16));
      x = brPrelu("bu_dec_l1.br.br", poolPyramid("bu_dec_l1", x, width, 64, false));
      x = merge("2", x, level3);
      x = brPrelu("bu_dec_l2.br.br", poolPyramid("bu_dec_l2", x, width, 48, false));
      x = merge("3", x, level2);
      x = brPrelu("bu_dec_l3.br.br", poolPyramid("bu_dec_l3", x, width, 32, false));
      x = merge("4", x, level1);
      x = poolPyramid("bu_dec_l4", x, width, classes, true);
      return b.build(b.add("logits", new ResizeLike(ResizeMode.BILINEAR_ALIGN_CORNERS), x, image));
    }

    private String halve(String name, String x) {
      return b.add(
          name,
          new AveragePool(Extent.square(3), Extent.square(2), Padding.all(1), false, true),
          x);
    }

    private String down(String name, String x, String smallImage, int out, int receptiveLimit) {
      String average = halve(name + ".avg", x);
      String y = pyramid(name + ".eesp", x, out - b.channels(x), 2, receptiveLimit);
      Tensor unread = Tensor.filled(Shape.of(b.channels(y)), 0.25f);
      b.learned(name + ".eesp.module_act.weight", Weight.OFFSETS, unread);
      y = b.concat(name + ".concat", average, y);
      String z = b.conv(name + ".inp_reinf.0.conv", smallImage, 3, 3).padding(1).build();
      z = bnPrelu(name + ".inp_reinf.0", z);
      z = b.conv(name + ".inp_reinf.1.conv", z, out, 1).build();
      z = b.batchNorm(name + ".inp_reinf.1.bn", z, EPSILON);
      return b.pRelu(name + ".act", b.sum(name + ".sum", y, z));
    }

    private String unit(String name, String x, int receptiveLimit) {
      String y = pyramid(name, x, b.channels(x), 1, receptiveLimit);
      return b.pRelu(name + ".module_act", b.sum(name + ".residual", y, x));
    }

    /**
     * Reduce, four depthwise dilations summed up step by step, join, expand; all in four groups.
     */
    private String pyramid(String name, String x, int out, int stride, int receptiveLimit) {
      int width = out / BRANCHES;
      String y = b.conv(name + ".proj_1x1.conv", x, width, 1).groups(BRANCHES).build();
      y = bnPrelu(name + ".proj_1x1", y);
      List<Integer> dilations = dilations(receptiveLimit);
      String[] parts = new String[BRANCHES];
      for (int i = 0; i < BRANCHES; i++) {
        int dilation = dilations.get(i);
        String z =
            b.conv(name + ".spp_dw." + i + ".conv", y, width, 3)
                .dilation(dilation)
                .same()
                .stride(stride)
                .depthwise()
                .build();
        parts[i] = i == 0 ? z : b.sum(name + ".add" + i, z, parts[i - 1]);
      }
      y = bnPrelu(name + ".br_after_cat", b.concat(name + ".concat", parts));
      y = b.conv(name + ".conv_1x1_exp.conv", y, out, 1).groups(BRANCHES).build();
      return b.batchNorm(name + ".conv_1x1_exp.bn", y, EPSILON);
    }

    /** Dilation i sees 3 + 2i pixels; one that would see more than the limit is 1. Ascending. */
    private static List<Integer> dilations(int receptiveLimit) {
      List<Integer> dilations = new ArrayList<>();
      for (int i = 0; i < BRANCHES; i++) {
        dilations.add(3 + 2 * i <= receptiveLimit ? i + 1 : 1);
      }
      dilations.sort(null);
      return dilations;
    }

    private String poolPyramid(String name, String x, int width, int out, boolean last) {
      String y = b.conv(name + ".projection_layer.cbr.0", x, width, 1).build();
      y = brPrelu(name + ".projection_layer.cbr", y, 1);
      String[] parts = new String[SCALES.length];
      for (int i = 0; i < SCALES.length; i++) {
        parts[i] = stage(name + ".stages." + i, y, SCALES[i]);
      }
      String z = brPrelu(name + ".merge_layer.0.br", b.concat(name + ".concat", parts));
      z = b.add(name + ".merge_layer.1", new ChannelShuffle(SCALES.length), z);
      z = b.conv(name + ".merge_layer.2.cbr.0", z, width, 3).padding(1).groups(width).build();
      z = brPrelu(name + ".merge_layer.2.cbr", z, 1);
      NetworkBuilder.Convolution mix = b.conv(name + ".merge_layer.3", z, out, 1);
      return last ? mix.bias().build() : mix.build();
    }

    private String stage(String name, String x, double scale) {
      ScaledExtent size = new ScaledExtent(scale, 5);
      ResizeMode mode = ResizeMode.BILINEAR_ALIGN_CORNERS;
      String y = x;
      if (scale < 1) {
        y = b.add(name + ".pool", new AdaptiveAveragePoolScaled(size), y);
      } else if (scale > 1) {
        y = b.add(name + ".resize", new ResizeScaled(mode, size), y);
      }
      y = b.conv(name, y, b.channels(y), 3).padding(1).depthwise().build();
      if (scale < 1) {
        return b.add(name + ".resize", new ResizeLike(mode), y, x);
      }
      return scale > 1 ? b.add(name + ".pool", new AdaptiveAveragePoolLike(), y, x) : y;
    }

    /** Brings the decoder's map to the size of the encoder's and adds the gated encoder's to it. */
    private String merge(String level, String x, String encoder) {
      String name = "merge_enc_dec_l" + level;
      int width = b.channels(x);
      String up =
          b.add(name + ".up", new ResizeLike(ResizeMode.BILINEAR_ALIGN_CORNERS), x, encoder);
      String gate = b.add(name + ".wt_layer.0", new GlobalPool(GlobalPool.Kind.AVERAGE), encoder);
      gate = b.conv(name + ".wt_layer.1", gate, width, 1).build();
      gate = b.add(name + ".wt_layer.2", Activation.of(Activation.Kind.SIGMOID), gate);
      int groups =
          BigInteger.valueOf(b.channels(encoder)).gcd(BigInteger.valueOf(width)).intValue();
      String y =
          b.conv(name + ".expansion_layer.cbr.0", encoder, width, 3)
              .padding(1)
              .groups(groups)
              .build();
      y = brPrelu(name + ".expansion_layer.cbr", y, 1);
      y = b.add(name + ".gated", new Elementwise(Elementwise.Kind.MUL), y, gate);
      return brPrelu("bu_br_l" + level, b.sum(name + ".sum", y, up));
    }

    private String bnPrelu(String name, String x) {
      return b.pRelu(name + ".act", b.batchNorm(name + ".bn", x, EPSILON));
    }

    /** BatchNorm and PReLU as members 0 and 1 of a sequence. */
    private String brPrelu(String name, String x) {
      return brPrelu(name, x, 0);
    }

    private String brPrelu(String name, String x, int at) {
      return b.pRelu(name + "." + (at + 1), b.batchNorm(name + "." + at, x, EPSILON));
    }
  }
}
