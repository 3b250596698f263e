package io.drivemark.architectures.pruning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The widths of three pruned depth networks, published with <i>Joint end-to-end filter pruning</i>
 * (arXiv 1905.05212: one as a file, two as a figure of the supplement): the dense network cut to
 * them has exactly the published parameters. Encoder and up-convolutions lose filters, fusion
 * convolutions and disparity heads only the inputs that read them.
 */
class MonodepthWidthsTest {
  private static final int[] ENCODER = {32, 64, 128, 256, 512, 512, 512};
  private static final int[] KERNELS = {7, 5, 3, 3, 3, 3, 3};
  private static final int[] DECODER = {512, 512, 256, 128, 64, 32, 16};
  private static final int LEVELS = 7;
  private static Network dense;

  /** VGG encoder and decoder of "Left-Right Consistency", arXiv 1609.03677, without BatchNorm. */
  @BeforeAll
  static void build() {
    NetworkBuilder b = new NetworkBuilder("monodepth", 1);
    String x = b.input("image", 3);
    List<String> blocks = new ArrayList<>();
    for (int i = 0; i < LEVELS; i++) {
      x = conv(b, "enc" + (i + 1) + "a", x, ENCODER[i], KERNELS[i], 1);
      x = conv(b, "enc" + (i + 1) + "b", x, ENCODER[i], KERNELS[i], 2);
      blocks.add(x);
    }
    List<String> outputs = new ArrayList<>();
    String disparity = "";
    for (int j = LEVELS; j >= 1; j--) {
      int width = DECODER[LEVELS - j];
      List<String> parts = new ArrayList<>();
      parts.add(conv(b, "upconv" + j, twice(b, "up" + j, x), width, 3, 1));
      if (j > 1) {
        parts.add(blocks.get(j - 2));
      }
      if (j <= 3) {
        parts.add(twice(b, "updisp" + (j + 1), disparity));
      }
      x = b.concat("concat" + j, parts.toArray(String[]::new));
      x = conv(b, "iconv" + j, x, width, 3, 1);
      if (j <= 4) {
        String y = b.conv("disp" + j, x, 2, 3).same().bias().build();
        disparity = b.add("disp" + j + ".sigmoid", Activation.of(Activation.Kind.SIGMOID), y);
        outputs.add(0, disparity);
      }
    }
    dense = b.build(outputs.toArray(String[]::new));
  }

  private static String conv(
      NetworkBuilder b, String name, String x, int out, int kernel, int stride) {
    String y = b.conv(name, x, out, kernel).stride(stride).padding((kernel - 1) / 2).bias().build();
    return b.add(name + ".elu", new Activation(Activation.Kind.ELU, 1, 0), y);
  }

  private static String twice(NetworkBuilder b, String name, String x) {
    return b.add(name, new Resize(ResizeMode.NEAREST, 2, 2), x);
  }

  @ParameterizedTest
  @CsvSource({
    "31600072, 14.974,"
        + " 32 32 64 64 128 128 256 256 512 512 512 512 512 512 512 512 256 128 64 32 16",
    "5951842, 4.729, 14 20 27 33 40 68 94 108 168 209 157 192 25 21 17 155 101 41 27 15 6",
    "30240904, 14.735,"
        + " 31 32 64 63 128 128 255 255 505 510 490 492 483 484 491 505 255 123 64 31 16",
    "4346663, 7.451, 23 28 45 51 73 90 143 202 238 223 80 63 6 2 3 13 40 60 36 20 9"
  })
  void publishedWidthsHaveThePublishedCost(long parameters, String gigaMacs, String widths) {
    int[] kept = Arrays.stream(widths.strip().split(" ")).mapToInt(Integer::parseInt).toArray();
    ChannelGroups groups = ChannelGroups.of(dense);
    List<Integer> removed = new ArrayList<>();
    List<String> layers = maskedLayers();
    for (int i = 0; i < layers.size(); i++) {
      int[] units = groups.unitsOf(layers.get(i)).orElseThrow();
      for (int c = kept[i]; c < units.length; c++) {
        removed.add(units[c]);
      }
    }
    Network cut = Materialise.apply(dense, ChannelMasks.without(groups, removed));
    assertEquals(parameters, cut.parameters());
    double macs = Cost.ofAllOutputs(cut, 256, 512).macs() / 1e9;
    assertEquals(gigaMacs, String.format(Locale.ROOT, "%.3f", macs));
  }

  /** Fourteen encoder convolutions, then the seven up-convolutions from the deepest on. */
  private static List<String> maskedLayers() {
    List<String> layers = new ArrayList<>();
    for (int i = 1; i <= LEVELS; i++) {
      layers.addAll(List.of("enc" + i + "a", "enc" + i + "b"));
    }
    for (int j = LEVELS; j >= 1; j--) {
      layers.add("upconv" + j);
    }
    return layers;
  }

  @Test
  void skipConnectionsTieNothing() {
    ChannelGroups groups = ChannelGroups.of(dense);
    for (String layer : maskedLayers()) {
      assertEquals(
          1,
          groups.prunable().stream().filter(f -> f.producers().equals(List.of(layer))).count(),
          layer);
    }
  }
}
