package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.AveragePool;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.PadToMultiple;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.Encoder;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.architectures.zoo.option.Width;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Map;

/**
 * ESPNet with its decoder: spatial pyramids of dilated convolutions, fused hierarchically.
 *
 * <p>Structure and node names of the authors' PyTorch code (sacmehta/ESPNet, train/Model.py, class
 * ESPNet), so that its state dicts load: BatchNorm epsilon 1e-3, PReLU with one slope a channel.
 * Its test/Model.py, to which the published Cityscapes weights belong, joins the first
 * convolution's output to the decoder without the shrunken image: option {@code skip}.
 *
 * <p>Sizes: the normalised image is padded with zeros at bottom and right to a multiple of 8 and
 * the logits, which come at full size, are cropped back.
 *
 * <p>Reference: Mehta, Rastegari, Caspi, Shapiro, Hajishirzi, <i>ESPNet: Efficient Spatial Pyramid
 * of Dilated Convolutions for Semantic Segmentation</i>, arXiv 1803.06815. 353 437 parameters with
 * 11 outputs; 0.36 M in the paper, with Cityscapes' 20. The factor on the width is ours.
 */
public final class Espnet implements Architecture {
  private static final double EPSILON = 1e-3;

  /**
   * Branches of a pyramid, which the decoder's last one, in class space, shares the classes among.
   */
  private static final int BRANCHES = 5;

  private static final String INJECTED = "injected";
  private static final String PLAIN = "plain";

  @Override
  public String name() {
    return "espnet";
  }

  @Override
  public String summary() {
    return "ESPNet: spatial pyramids of dilated convolutions, light decoder (arXiv 1803.06815)";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.whole("p", 2, 1, 10, "pyramid blocks at 1/4"),
        Option.whole("q", 8, 1, 20, "pyramid blocks at 1/8"),
        Option.word(
            "skip",
            List.of(INJECTED, PLAIN),
            "what the decoder reads at 1/2: first convolution and image, or first convolution"),
        Width.of("16, 64 and 128"));
  }

  @Override
  public Map<String, String> optionsOf(Map<String, Shape> weights, int classes) {
    Shape first = weights.get("encoder.level1.conv.weight");
    Shape decoder = weights.get("conv.conv.weight");
    boolean plain =
        first != null
            && first.rank() == 4
            && decoder != null
            && decoder.rank() == 4
            && decoder.channels() == first.extents()[0] + classes;
    return plain ? Map.of("skip", PLAIN) : Map.of();
  }

  @Override
  public int fewestClasses() {
    return BRANCHES;
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    Options chosen = Options.resolve(this, options);
    if (classes < fewestClasses()) {
      throw new BadInputException(
          "architecture 'espnet': classes: found "
              + classes
              + ", expected at least "
              + fewestClasses()
              + ": its decoder shares them among five dilated convolutions; take espnetv2 for fewer");
    }
    return new Writer(new NetworkBuilder(name(), seed), chosen.real("width"))
        .write(chosen.whole("p"), chosen.whole("q"), chosen.word("skip").equals(PLAIN), classes);
  }

  /** One network being written. */
  private static final class Writer {
    private final NetworkBuilder b;
    private final double width;

    Writer(NetworkBuilder b, double width) {
      this.b = b;
      this.width = width;
    }

    private int scaled(int channels) {
      return Encoder.scaled(channels, width);
    }

    Network write(int p, int q, boolean plain, int classes) {
      String image = b.input("image", 3);
      String x = b.add("pad", new PadToMultiple(8), image);
      String half = halve("encoder.sample1", x);
      String quarter = halve("encoder.sample2", half);

      x = b.conv("encoder.level1.conv", x, scaled(16), 3).stride(2).padding(1).build();
      String convolved = bnPrelu("encoder.level1", x);
      String atHalf = bnPrelu("encoder.b1", b.concat("encoder.concat1", convolved, half));

      String first = down("encoder.level2_0", atHalf, scaled(64));
      x = first;
      for (int i = 0; i < p; i++) {
        x = pyramid("encoder.level2." + i, x, b.channels(x), true);
      }
      x = b.concat("encoder.concat2", x, first, quarter);
      String atQuarter = bnPrelu("encoder.b2", x);

      String second = down("encoder.level3_0", atQuarter, scaled(128));
      x = second;
      for (int i = 0; i < q; i++) {
        x = pyramid("encoder.level3." + i, x, b.channels(x), true);
      }
      x = bnPrelu("encoder.b3", b.concat("encoder.concat3", second, x));

      x = b.conv("encoder.classifier.conv", x, classes, 1).build();
      x = twice("up_l3.0", b.batchNorm("br", x, EPSILON), classes);
      final String score = b.conv("level3_C.conv", atQuarter, classes, 1).build();
      x = bnPrelu("combine_l2_l3.0", b.concat("combine_l2_l3.concat", score, x));
      x = pyramid("combine_l2_l3.1", x, classes, false);
      x = bnPrelu("up_l2.1", twice("up_l2.0", x, classes));
      x = b.concat("conv.concat", x, plain ? convolved : atHalf);
      x = b.conv("conv.conv", x, classes, 3).padding(1).build();
      x = twice("classifier", bnPrelu("conv", x), classes);
      return b.build(b.add("logits", new CropLike(), x, image));
    }

    private String halve(String name, String x) {
      return b.add(
          name,
          new AveragePool(Extent.square(3), Extent.square(2), Padding.all(1), false, true),
          x);
    }

    private String twice(String name, String x, int out) {
      return b.convTranspose(name, x, out, 2).stride(2).build();
    }

    private String down(String name, String x, int out) {
      String y = b.conv(name + ".c1.conv", x, out / BRANCHES, 3).stride(2).padding(1).build();
      return bnPrelu(name, spread(name, y, out));
    }

    private String pyramid(String name, String x, int out, boolean residual) {
      String y = spread(name, b.conv(name + ".c1.conv", x, out / BRANCHES, 1).build(), out);
      return bnPrelu(name + ".bn", residual ? b.sum(name + ".residual", x, y) : y);
    }

    /** Five dilations side by side; those from 2 on are summed up step by step, then all joined. */
    private String spread(String name, String x, int out) {
      int width = out / BRANCHES;
      String[] parts = new String[BRANCHES];
      parts[0] = b.conv(name + ".d1.conv", x, out - 4 * width, 3).same().build();
      for (int i = 1; i <= 4; i++) {
        int dilation = 1 << i;
        String y =
            b.conv(name + ".d" + dilation + ".conv", x, width, 3).dilation(dilation).same().build();
        parts[i] = i == 1 ? y : b.sum(name + ".add" + dilation, parts[i - 1], y);
      }
      return b.concat(name + ".concat", parts);
    }

    private String bnPrelu(String name, String x) {
      return b.pRelu(name + ".act", b.batchNorm(name + ".bn", x, EPSILON));
    }
  }
}
