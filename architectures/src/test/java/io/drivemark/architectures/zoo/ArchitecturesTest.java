package io.drivemark.architectures.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.problem.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitecturesTest {
  @Test
  void unknownArchitectureNamesTheNearest() {
    BadInputException e =
        assertThrows(BadInputException.class, () -> Architectures.named("dabnett"));
    assertEquals(
        "architecture 'dabnett' is not known (did you mean 'dabnet'?); there are "
            + String.join(", ", Architectures.names()),
        e.getMessage());
  }

  @Test
  void allBadOptionsAreReportedTogether() {
    BadInputException e =
        assertThrows(
            BadInputException.class,
            () -> Architectures.build("dabnet", Map.of("blok1", "3", "block2", "9"), 11, 1));
    assertEquals(
        "architecture 'dabnet': unknown option 'blok1' (did you mean 'block1'?); it has block1,"
            + " block2, width\n"
            + "  option 'block2': found 9, expected a whole number from 1 to 6",
        e.getMessage());
  }

  @Test
  void optionOfAnArchitectureWithoutOptionsIsUnknown() {
    BadInputException e =
        assertThrows(
            BadInputException.class, () -> Options.resolve(new Plain(), Map.of("width", "1")));
    assertEquals("architecture 'plain': unknown option 'width'; it has none", e.getMessage());
  }

  /** Nothing about it can be chosen. */
  private static final class Plain implements Architecture {
    @Override
    public String name() {
      return "plain";
    }

    @Override
    public String summary() {
      return "one convolution";
    }

    @Override
    public List<Option> options() {
      return List.of();
    }

    @Override
    public Network build(Map<String, String> options, int classes, long seed) {
      NetworkBuilder b = new NetworkBuilder(name(), seed);
      return b.build(b.conv("scores", b.input("image", 3), classes, 1).build());
    }
  }

  /** Half of 16, 32, 64, 128 channels; EDANet's are multiples of 5. */
  @ParameterizedTest
  @CsvSource({
    "enet, initial.conv.weight, 5",
    "enet, stage2.0.expand.weight, 64",
    "erfnet, encoder.layers.6.conv.weight, 32",
    "edanet, block1.0.conv1x1.weight, 20",
    "fast-scnn, learn.conv.weight, 16",
    "cgnet, level1_0.conv.weight, 16",
    "espnet, encoder.level1.conv.weight, 8",
    "dabnet, init_conv.0.conv.weight, 16"
  })
  void halfTheWidthIsHalfTheChannels(String name, String weight, int filters) {
    Network half = Architectures.build(name, Map.of("width", "0.5"), 11, 1);
    assertEquals(filters, half.weights().get(weight).tensor().shape().extents()[0]);
    Network whole = Architectures.build(name, Map.of(), 11, 1);
    assertEquals(whole, Architectures.build(name, Map.of("width", "1"), 11, 1));
    assertTrue(half.parameters() < 0.4 * whole.parameters(), half.parameters() + " parameters");
  }

  @Test
  void seedDecidesTheWeights() {
    Network a = Architectures.build("dabnet", Map.of(), 11, 7);
    assertEquals(a, Architectures.build("dabnet", Map.of(), 11, 7));
    assertNotEquals(a, Architectures.build("dabnet", Map.of(), 11, 8));
  }

  /**
   * 0.37 M in the paper's table 3 (which counts 12 CamVid outputs); this is what ours adds up to.
   */
  @Test
  void enetHasThePapersNumberOfParameters() {
    long parameters = Architectures.build("enet", Map.of(), 12, 1).parameters();
    assertEquals(0.37e6, parameters, 0.01e6);
  }

  /** 0.76 M in the paper, 19 outputs. */
  @Test
  void dabnetHasThePapersNumberOfParameters() {
    long parameters = Architectures.build("dabnet", Map.of(), 19, 1).parameters();
    assertEquals(0.76e6, parameters, 0.005e6);
  }

  @Test
  void enetGivesLogitsAtFullSize() {
    Network enet = Architectures.build("enet", Map.of(), 11, 1);
    assertEquals(Shape.of(1, 11, 353, 501), enet.shapesAt(353, 501).get(enet.outputs().get(0)));
  }

  @Test
  void dabnetGivesLogitsAtAnEighth() {
    Network dabnet = Architectures.build("dabnet", Map.of(), 11, 1);
    assertEquals(Shape.of(1, 11, 45, 60), dabnet.shapesAt(360, 480).get(dabnet.outputs().get(0)));
    assertEquals(Shape.of(1, 11, 45, 63), dabnet.shapesAt(353, 501).get(dabnet.outputs().get(0)));
  }

  /** Counts of the published weights' networks. */
  @Test
  void espnetHasThePublishedNumberOfParameters() {
    Map<String, String> options = Map.of("p", "2", "q", "8");
    assertEquals(354_517, Architectures.build("espnet", options, 12, 1).parameters());
    options = Map.of("p", "2", "q", "8", "skip", "plain");
    assertEquals(364_569, Architectures.build("espnet", options, 20, 1).parameters());
  }

  /**
   * Counts of the published weights' networks, 20 outputs, multiply-accumulates at 1024x512. The
   * published counter adds half an operation for each output of the one convolution with a bias.
   */
  @ParameterizedTest
  @CsvSource({
    "0.5, 80342, 597.56",
    "1, 234010, 1086.59",
    "1.5, 468362, 1714.57",
    "2.0, 789242, 2699.05"
  })
  void espnetv2HasThePublishedCost(String s, long parameters, double megaMacs) {
    Network network = Architectures.build("espnetv2", Map.of("s", s), 20, 1);
    assertEquals(parameters, network.parameters());
    double halfBiases = 0.5 * 20 * 256 * 512;
    assertEquals(megaMacs, (macs(network, 512, 1024) + halfBiases) / 1e6, 0.005);
  }

  /** 1.425 M in table 1 of the SegNet paper (arXiv 1511.00561), which counts biases too. */
  @Test
  void segnetBasicHasThePapersNumberOfParameters() {
    long parameters = Architectures.build("segnet-basic", Map.of(), 11, 1).parameters();
    assertEquals(1.425e6, parameters, 0.01e6);
  }

  /** One file an encoder: its networks come about by themselves. */
  @Test
  void everyEncoderGivesANetworkWithEachDecoder() {
    int encoders = 0;
    for (Encoder encoder : ServiceLoader.load(Encoder.class)) {
      encoders++;
      for (String decoder : List.of("skipnet", "unet", "dilation", "dilation2")) {
        String name = decoder + "-" + encoder.name();
        assertTrue(Architectures.names().contains(name), name);
        assertTrue(Architectures.named(name).summary().startsWith(encoder.summary()), name);
      }
    }
    assertEquals(6, encoders);
  }

  @Test
  void bilinearTailLeavesTheLastStepToTheCaller() {
    Network network = Architectures.build("skipnet-mobilenet", Map.of("tail", "bilinear"), 11, 1);
    assertEquals(Shape.of(1, 11, 45, 63), network.shapesAt(353, 501).get(network.outputs().get(0)));
  }

  private static long macs(Network network, int height, int width) {
    Map<String, Shape> shapes = network.shapesAt(height, width);
    return network.nodes().stream()
        .mapToLong(
            n ->
                n.op()
                    .macs(
                        n.inputs().stream().map(shapes::get).toList(),
                        n.outputs().stream().map(shapes::get).toList()))
        .sum();
  }
}
