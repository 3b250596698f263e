package io.drivemark.architectures.pruning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.architectures.zoo.network.Monodepth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The widths of three pruned depth networks, published with <i>Joint end-to-end filter pruning</i>
 * (arXiv 1905.05212: one as a file, two as a figure of the supplement): the dense network cut to
 * them has exactly the published parameters. Encoder and up-convolutions lose filters, fusion
 * convolutions and disparity heads only the inputs that read them. A network of the zoo, as
 * published.
 */
class MonodepthWidthsTest {
  private static final List<String> MASKED = Monodepth.publishedMaskSites();
  private static Network dense;

  @BeforeAll
  static void build() {
    dense = Architectures.build("monodepth", Map.of(), 1, 1);
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
    assertEquals(MASKED.size(), kept.length);
    for (int i = 0; i < MASKED.size(); i++) {
      int[] units = groups.unitsOf(MASKED.get(i)).orElseThrow();
      for (int c = kept[i]; c < units.length; c++) {
        removed.add(units[c]);
      }
    }
    Network cut = Materialise.apply(dense, ChannelMasks.without(groups, removed));
    assertEquals(parameters, cut.parameters());
    double macs = Cost.ofAllOutputs(cut, 256, 512).macs() / 1e9;
    assertEquals(gigaMacs, String.format(Locale.ROOT, "%.3f", macs));
  }

  @Test
  void skipConnectionsTieNothing() {
    ChannelGroups groups = ChannelGroups.of(dense);
    for (String layer : MASKED) {
      assertEquals(
          1,
          groups.prunable().stream().filter(f -> f.producers().equals(List.of(layer))).count(),
          layer);
    }
  }
}
