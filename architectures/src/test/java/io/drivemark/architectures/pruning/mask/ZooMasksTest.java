package io.drivemark.architectures.pruning.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.pruning.gate.GatedNetworks;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.architectures.zoo.Calibration;
import io.drivemark.architectures.zoo.Option;
import io.drivemark.architectures.zoo.network.Monodepth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where every network of the zoo has masks, and that what they leave computes the same. */
class ZooMasksTest {
  private static final int HEIGHT = GatedNetworks.HEIGHT;
  private static final int WIDTH = GatedNetworks.WIDTH;

  static List<String> architectures() {
    return Architectures.names();
  }

  private static Network small(String name) {
    boolean possible =
        Architectures.named(name).options().stream()
            .anyMatch(o -> o.name().equals("width") && o.domain() instanceof Option.Real);
    Network network =
        Architectures.build(name, possible ? Map.of("width", "0.125") : Map.of(), 11, 9);
    return Calibration.of(network, GatedNetworks.image(1), HEIGHT, WIDTH);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void whatIsHardenedAnswersAsTheMaskedNetworkDoes(String name) {
    Network dense = small(name);
    for (MaskPreset preset : MaskPreset.values()) {
      JointMasks masks =
          JointMasks.attach(dense, MaskSites.of(dense, preset, 1, HEIGHT, WIDTH).sites());
      Network trained =
          masks.with(masks.network(), JointMasksTest.random(masks, 0.5, name.hashCode()));
      Network cut = masks.hardened(trained);
      assertTrue(cut.parameters() < dense.parameters(), preset.key());
      float[] image = GatedNetworks.image(2);
      double difference =
          GatedNetworks.difference(
              GatedNetworks.run("onnxruntime", cut, image).get(0),
              GatedNetworks.run("onnxruntime", trained, image).get(0));
      assertTrue(difference <= 1e-4, preset.key() + ": " + difference);
    }
  }

  /** Sites and masks with each preset. */
  @Test
  void presetsHaveTheirSites() {
    Map<String, String> expected =
        new TreeMap<>(
            Map.of(
                "linknet", "paper 14 of 352, all 23 of 436",
                "unet", "paper 14 of 616, all 22 of 856",
                "fast-scnn", "paper 18 of 736, all 22 of 800",
                "skipnet-mobilenet", "paper 14 of 752, all 14 of 752",
                "dilated-fcn16s", "paper 12 of 256, all 12 of 256"));
    Map<String, String> found = new TreeMap<>();
    for (String name : expected.keySet()) {
      Network dense = small(name);
      List<String> texts = new ArrayList<>();
      for (MaskPreset preset : MaskPreset.values()) {
        List<MaskSite> sites = MaskSites.of(dense, preset, 1, HEIGHT, WIDTH).sites();
        int masks = sites.stream().mapToInt(MaskSite::masks).sum();
        texts.add(preset.key() + " " + sites.size() + " of " + masks);
      }
      found.put(name, String.join(", ", texts));
    }
    assertEquals(expected, found);
  }

  @Test
  void thePublishedMasksOfAMonocularDepthNetworkAreFourteenAndSeven() {
    Network dense = Architectures.build("monodepth", Map.of("width", "0.125"), 2, 1);
    MaskSites published = MaskSites.of(dense, MaskPreset.PAPER, 1, 256, 512);
    assertEquals(
        Monodepth.publishedMaskSites(), published.sites().stream().map(MaskSite::name).toList());
    assertEquals(14, published.sites().stream().filter(s -> !s.isDecoder()).count());
    assertEquals(7, published.sites().stream().filter(MaskSite::isDecoder).count());
    published.sites().forEach(s -> assertEquals(List.of(s.name()), s.layers()));
    assertEquals("it fuses maps of the decoder", published.refused().get("iconv3"));
    assertEquals(28, MaskSites.of(dense, MaskPreset.ALL, 1, 256, 512).sites().size());
  }

  @Test
  void blocksAreSitesOfWholeBlocksAndNarrowLayersStayWhole() {
    Network dense = small("fast-scnn");
    MaskSites single = MaskSites.of(dense, MaskPreset.ALL, 1, HEIGHT, WIDTH);
    MaskSites blocks = MaskSites.of(dense, MaskPreset.ALL, 8, HEIGHT, WIDTH);
    int narrow = 0;
    for (MaskSite site : single.sites()) {
      boolean inBlocks = blocks.sites().stream().anyMatch(s -> s.name().equals(site.name()));
      assertEquals(site.units().size() > 8, inBlocks, site.name());
      if (!inBlocks) {
        narrow++;
        assertEquals(
            "its " + site.units().size() + " filters make one block of 8",
            blocks.refused().get(site.name()));
      }
    }
    assertTrue(narrow > 0 && narrow < single.sites().size(), narrow + " narrow layers");
    for (MaskSite site : blocks.sites()) {
      assertEquals((site.units().size() + 7) / 8, site.masks());
    }
  }
}
