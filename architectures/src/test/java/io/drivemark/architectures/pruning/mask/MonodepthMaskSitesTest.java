package io.drivemark.architectures.pruning.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.architectures.zoo.network.Monodepth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The zoo's monodepth has masks where they were published, whatever it answers with. */
class MonodepthMaskSitesTest {
  @ParameterizedTest
  @ValueSource(strings = {"disparities", "disparity", "depth"})
  void thePapersSitesAreFourteenOfTheEncoderAndSevenUpConvolutions(String output) {
    Network network =
        Architectures.build("monodepth", Map.of("width", "0.25", "output", output), 1, 1);
    Network finest = network.forInference(network.outputs().subList(0, 1));
    for (int[] size : new int[][] {{256, 512}, {128, 256}, {128, 128}, {96, 160}, {375, 1242}}) {
      String what = size[0] + "x" + size[1];
      assertEquals(Monodepth.publishedMaskSites(), sites(network, size), what);
      assertEquals(Monodepth.publishedMaskSites(), sites(finest, size), what);
    }
  }

  private static List<String> sites(Network network, int[] size) {
    return MaskSites.of(network, MaskPreset.PAPER, 1, size[0], size[1]).sites().stream()
        .map(s -> s.layers().get(0))
        .toList();
  }
}
