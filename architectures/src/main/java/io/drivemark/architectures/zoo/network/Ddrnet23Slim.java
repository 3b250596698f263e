package io.drivemark.architectures.zoo.network;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.zoo.Architecture;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.Options;
import io.drivemark.architectures.zoo.option.Heads;
import java.util.List;
import java.util.Map;

/**
 * DDRNet-23-slim: a branch at 1/8 and one down to 1/64 that exchange their maps twice, and a
 * pyramid of pools (DAPPM) at the end of the deep one.
 *
 * <p>Structure and names of the authors' code (ydhongHIT/DDRNet, segmentation/DDRNet_23_slim.py). 5
 * 693 830 parameters with 19 outputs and 5 734 342 with the auxiliary head on the branch at 1/8
 * (output 1, off by default); the paper says 5.7 M for either, its tables do not name the head.
 *
 * <p>Sizes: any; extents are halved rounding up. Logits come at 1/8, rounded up, for the caller to
 * upsample.
 *
 * <p>Reference: Hong, Pan, Sun, Jia, <i>Deep Dual-resolution Networks for Real-time and Accurate
 * Semantic Segmentation of Road Scenes</i>, arXiv 2101.06085.
 */
public final class Ddrnet23Slim implements Architecture {
  private static final int SCALES = 5;

  @Override
  public String name() {
    return "ddrnet-23-slim";
  }

  @Override
  public String summary() {
    return "DDRNet-23-slim: two resolutions that exchange their maps (arXiv 2101.06085)";
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
    Network write(int width, int classes, boolean auxiliary) {
      String x = d.stem(b.input("image", 3), width);
      x = b.relu("layer1.relu", d.layer("layer1", x, width, 2, 1));
      x = b.relu("layer2.relu", d.layer("layer2", x, 2 * width, 2, 2));

      String deep = d.layer("layer3", x, 4 * width, 2, 2);
      String high = d.layer("layer3_", x, 2 * width, 2, 1);
      String down = b.relu("layer3_.relu", high);
      down = halved("down3.0", "down3.1", down, 4 * width);
      String raised = raised("compression3", b.relu("layer3.relu", deep), high, 2 * width);
      deep = b.relu("exchange3.relu", b.sum("exchange3", deep, down));
      high = b.sum("exchange3_", high, raised);
      final String tapped = high;

      deep = d.layer("layer4", deep, 8 * width, 2, 2);
      high = d.layer("layer4_", b.relu("exchange3_.relu", high), 2 * width, 2, 1);
      down = b.relu("layer4_.relu", high);
      down = b.relu("down4.2", halved("down4.0", "down4.1", down, 4 * width));
      down = halved("down4.3", "down4.4", down, 8 * width);
      raised = raised("compression4", b.relu("layer4.relu", deep), high, 2 * width);
      deep = b.relu("exchange4.relu", b.sum("exchange4", deep, down));
      high = b.relu("exchange4_.relu", b.sum("exchange4_", high, raised));

      high = d.bottleneck("layer5_.0", high, 2 * width, 1);
      deep = pyramid(d.bottleneck("layer5.0", deep, 8 * width, 2), 4 * width);
      x = b.sum("fused", d.resized("spp.resize", deep, high), high);
      String logits = d.head("final_layer", x, 2 * width, classes);
      return auxiliary
          ? b.build(logits, d.head("seghead_extra", tapped, 2 * width, classes))
          : b.build(logits);
    }

    private String halved(String conv, String norm, String x, int width) {
      return d.norm(norm, b.conv(conv, x, width, 3).stride(2).padding(1).build());
    }

    private String raised(String name, String deep, String like, int width) {
      return d.resized(name + ".resize", d.projected(name, deep, width), like);
    }

    /** Each scale is added to the one before it and mixed by a 3×3 convolution. */
    private String pyramid(String x, int width) {
      String[] scales = new String[SCALES];
      scales[0] = d.scale("spp.scale0", x, 0, width);
      for (int i = 1; i < SCALES; i++) {
        String name = "spp.process" + i;
        String scale = d.scale("spp.scale" + i, x, i, width);
        String y = d.preactivated(name, 0, b.sum(name + ".sum", scale, scales[i - 1]));
        scales[i] = b.conv(name + ".2", y, width, 3).padding(1).build();
      }
      String y = d.activated("spp.compression", 0, b.concat("spp.join", scales), width);
      return b.sum("spp.sum", y, d.activated("spp.shortcut", 0, x, width));
    }
  }
}
