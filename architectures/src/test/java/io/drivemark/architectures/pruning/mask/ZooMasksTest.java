package io.drivemark.architectures.pruning.mask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.pruning.gate.GatedNetworks;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.architectures.zoo.Calibration;
import io.drivemark.architectures.zoo.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

  /** A fourteen-convolution encoder and seven levels of decoder, as of arXiv 1609.03677. */
  private static Network monodepth() {
    int[] encoder = {4, 6, 8, 8, 8, 8, 8};
    NetworkBuilder b = new NetworkBuilder("monodepth", 1);
    String x = b.input("image", 3);
    List<String> blocks = new ArrayList<>();
    for (int i = 0; i < encoder.length; i++) {
      x = conv(b, "enc" + (i + 1) + "a", x, encoder[i], 1);
      x = conv(b, "enc" + (i + 1) + "b", x, encoder[i], 2);
      blocks.add(x);
    }
    List<String> outputs = new ArrayList<>();
    for (int j = encoder.length; j >= 1; j--) {
      List<String> parts = new ArrayList<>();
      parts.add(conv(b, "upconv" + j, twice(b, "up" + j, x), 5, 1));
      if (j > 1) {
        parts.add(blocks.get(j - 2));
      }
      if (j <= 3) {
        parts.add(twice(b, "updisp" + (j + 1), outputs.get(0)));
      }
      x = b.concat("concat" + j, parts.toArray(String[]::new));
      x = conv(b, "iconv" + j, x, 5, 1);
      if (j <= 4) {
        String y = b.conv("disp" + j, x, 2, 3).same().bias().build();
        outputs.add(0, b.add("disp" + j + ".sigmoid", Activation.of(Activation.Kind.SIGMOID), y));
      }
    }
    return b.build(outputs.toArray(String[]::new));
  }

  private static String conv(NetworkBuilder b, String name, String x, int out, int stride) {
    String y = b.conv(name, x, out, 3).stride(stride).padding(1).bias().build();
    return b.add(name + ".elu", new Activation(Activation.Kind.ELU, 1, 0), y);
  }

  private static String twice(NetworkBuilder b, String name, String x) {
    return b.add(name, new Resize(ResizeMode.NEAREST, 2, 2), x);
  }

  @Test
  void thePublishedMasksOfAMonocularDepthNetworkAreFourteenAndSeven() {
    Network dense = monodepth();
    MaskSites published = MaskSites.of(dense, MaskPreset.PAPER, 1, 256, 512);
    List<String> encoder = new ArrayList<>();
    List<String> decoder = new ArrayList<>();
    for (MaskSite site : published.sites()) {
      assertEquals(List.of(site.name()), site.layers());
      (site.isDecoder() ? decoder : encoder).add(site.name());
    }
    assertEquals(
        "enc1a enc1b enc2a enc2b enc3a enc3b enc4a enc4b enc5a enc5b enc6a enc6b enc7a enc7b",
        String.join(" ", encoder));
    assertEquals(
        "upconv7 upconv6 upconv5 upconv4 upconv3 upconv2 upconv1", String.join(" ", decoder));
    assertEquals("it fuses maps of the decoder", published.refused().get("iconv3"));
    assertEquals("it is output disp4.sigmoid of the network", published.refused().get("disp4"));
    MaskSites all = MaskSites.of(dense, MaskPreset.ALL, 1, 256, 512);
    assertEquals(28, all.sites().size());
    assertEquals(
        "disp1 disp2 disp3 disp4",
        all.refused().keySet().stream().sorted().collect(Collectors.joining(" ")));
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
