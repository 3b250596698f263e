package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.ReduceMean;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.architectures.zoo.option.Heads;
import java.util.List;
import java.util.Map;

/**
 * PIDNet-S: three branches, one for detail (P), one for context (I) and one for boundaries (D),
 * which decides at the end which of the other two a pixel takes.
 *
 * <p>Structure and names of the authors' code (XuJiacong/PIDNet, models/pidnet.py). The paper says
 * 7.6 M parameters; that code adds up to 7 625 715 without its heads for training, with 19 outputs.
 * With {@code heads: auxiliary} output 1 is the head on the detail branch; the boundary branch's
 * own head, one channel that the authors train against label borders, is left out, as no loss here
 * reads it.
 *
 * <p>Sizes: any; extents are halved rounding up. Logits come at 1/8, rounded up, for the caller to
 * upsample.
 *
 * <p>Reference: Xu, Xiong, Bhattacharyya, <i>PIDNet: A Real-time Semantic Segmentation Network
 * Inspired by PID Controllers</i>, arXiv 2206.02066.
 */
public final class PidnetS implements Architecture {
  private static final int SCALES = 5;

  @Override
  public String name() {
    return "pidnet-s";
  }

  @Override
  public String summary() {
    return "PIDNet-S: branches for detail, context and boundaries (arXiv 2206.02066)";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Option.whole("width", 32, 8, 64, "channels after the first halving"), Heads.OPTION);
  }

  @Override
  public Network build(Map<String, String> options, int classes, long seed) {
    Options chosen = Options.resolve(this, options);
    NetworkBuilder b = new NetworkBuilder(name(), seed);
    return new Writer(b, new DualResolution(b))
        .write(chosen.whole("width"), classes, Heads.auxiliary(chosen));
  }

  /** One network being written. */
  private record Writer(NetworkBuilder b, DualResolution d) {
    private static final Elementwise TIMES = new Elementwise(Elementwise.Kind.MUL);
    private static final Elementwise MINUS = new Elementwise(Elementwise.Kind.SUB);

    Network write(int width, int classes, boolean auxiliary) {
      String x = d.stem(b.input("image", 3), width);
      x = b.relu("layer1.relu", d.layer("layer1", x, width, 2, 1));
      x = b.relu("layer2.relu", d.layer("layer2", x, 2 * width, 2, 2));

      String detail = d.layer("layer3_", x, 2 * width, 2, 1);
      String edge = d.basic("layer3_d", x, width, 1);
      x = b.relu("layer3.relu", d.layer("layer3", x, 4 * width, 3, 2));
      detail = guided("pag3", detail, d.projected("compression3", x, 2 * width), width);
      edge = b.sum("edge3", edge, difference("diff3", x, width, edge));
      final String tapped = detail;

      x = b.relu("layer4.relu", d.layer("layer4", x, 8 * width, 3, 2));
      detail = d.layer("layer4_", b.relu("pag3.relu", detail), 2 * width, 2, 1);
      edge = d.bottleneck("layer4_d.0", b.relu("edge3.relu", edge), width, 1);
      detail = guided("pag4", detail, d.projected("compression4", x, 2 * width), width);
      edge = b.sum("edge4", edge, difference("diff4", x, 2 * width, edge));

      detail = d.bottleneck("layer5_.0", b.relu("pag4.relu", detail), 2 * width, 1);
      edge = d.bottleneck("layer5_d.0", b.relu("edge4.relu", edge), 2 * width, 1);
      x = d.bottleneck("layer5.1", d.bottleneck("layer5.0", x, 8 * width, 2), 8 * width, 1);
      String context = d.resized("spp.resize", pyramid(x, 3 * width, 4 * width), detail);
      x = fused("dfm", detail, context, edge);
      String logits = d.head("final_layer", x, 4 * width, classes);
      return auxiliary
          ? b.build(logits, d.head("seghead_p", tapped, 4 * width, classes))
          : b.build(logits);
    }

    private String difference(String name, String x, int width, String like) {
      String y = b.conv(name + ".0", x, width, 3).padding(1).build();
      return d.resized(name + ".resize", d.norm(name + ".1", y), like);
    }

    /** x + s·(y − x), s the sigmoid of the scalar product of both, projected, at each pixel. */
    private String guided(String name, String x, String y, int width) {
      String key = d.resized(name + ".f_y.resize", d.projected(name + ".f_y", y, width), x);
      String product = b.add(name + ".product", TIMES, d.projected(name + ".f_x", x, width), key);
      String mean = b.add(name + ".mean", new ReduceMean(List.of(1), true), product);
      String count = b.constant(name + ".count", Tensor.filled(Shape.of(1, 1, 1, 1), width));
      String share = sigmoid(name + ".share", b.add(name + ".dot", TIMES, mean, count));
      String context = d.resized(name + ".resize", y, x);
      String change = b.add(name + ".difference", MINUS, context, x);
      return b.sum(name, x, b.add(name + ".change", TIMES, change, share));
    }

    /** Both mixed by 1×1: p + (1 − s)·i and i + s·p, s the sigmoid of the boundary map. */
    private String fused(String name, String p, String i, String edge) {
      String share = sigmoid(name + ".share", edge);
      int width = b.channels(i);
      String context = b.add(name + ".context", TIMES, share, i);
      String first = b.sum(name + ".p", b.add(name + ".rest", MINUS, i, context), p);
      String second = b.sum(name + ".i", i, b.add(name + ".detail", TIMES, share, p));
      return b.sum(
          name,
          d.projected(name + ".conv_p", first, width),
          d.projected(name + ".conv_i", second, width));
    }

    private String sigmoid(String name, String x) {
      return b.add(name, Activation.of(Activation.Kind.SIGMOID), x);
    }

    /** All scales are added to the unpooled one and mixed by one grouped 3×3 convolution. */
    private String pyramid(String x, int width, int out) {
      String plain = d.scale("spp.scale0", x, 0, width);
      String[] scales = new String[SCALES - 1];
      for (int i = 1; i < SCALES; i++) {
        scales[i - 1] = b.sum("spp.sum" + i, d.scale("spp.scale" + i, x, i, width), plain);
      }
      String y = d.preactivated("spp.scale_process", 0, b.concat("spp.scales", scales));
      y =
          b.conv("spp.scale_process.2", y, b.channels(y), 3)
              .padding(1)
              .groups(scales.length)
              .build();
      y = d.activated("spp.compression", 0, b.concat("spp.join", plain, y), out);
      return b.sum("spp.sum", y, d.activated("spp.shortcut", 0, x, out));
    }
  }
}
