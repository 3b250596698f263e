package io.drivemark.architectures.pruning.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.onnx.OnnxReader;
import io.drivemark.architectures.onnx.OnnxWriter;
import io.drivemark.problem.BadInputException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatedNetworkTest {
  private static final double CUT = 1e-4;

  private static Network chain() {
    return GatedNetworks.dense("dilated-fcn16s", 0.25);
  }

  static List<String> engines() {
    return GatedNetworks.engines().toList();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void atFirstEveryUnitIsLiveAndTheAnswerIsTheDenseNetworks(String engine) {
    Network dense = chain();
    GatedNetwork gated = GatedNetworks.gated(dense, GateSites.of(dense).inBlocks(4));
    float[] image = GatedNetworks.image(2);
    List<float[]> found = GatedNetworks.run(engine, gated.network(), image);
    float[] all = new float[gated.units()];
    Arrays.fill(all, 1);
    assertArrayEquals(all, found.get(1));
    assertArrayEquals(GatedNetworks.run(engine, dense, image).get(0), found.get(0));
    assertEquals(dense, gated.dense());
  }

  @ParameterizedTest
  @ValueSource(strings = {"dilated-fcn16s", "skipnet-resnet18", "fast-scnn", "dabnet", "enet"})
  void whatIsLiveComputesWhatTheCutNetworkComputes(String architecture) {
    Network dense = GatedNetworks.dense(architecture, 0.25);
    GatedNetwork gated = GatedNetworks.gated(dense, GateSites.of(dense).sites());
    float[] image = GatedNetworks.image(3);
    for (long seed = 1; seed <= 3; seed++) {
      List<BitSet> live = GatedNetworks.live(gated, 0.3 * seed, seed);
      List<float[]> found = GatedNetworks.run("onnxruntime", gated.constant(live).network(), image);
      assertArrayEquals(GatedNetworks.numbers(gated, live), found.get(1), "seed " + seed);
      Network cut = gated.cut(live);
      assertTrue(cut.parameters() < dense.parameters());
      double difference =
          GatedNetworks.difference(
              GatedNetworks.run("onnxruntime", cut, image).get(0), found.get(0));
      // Where two values tie, a pool of the cut network may take another one than the whole's.
      assertTrue(difference <= CUT, architecture + ", seed " + seed + ": " + difference);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dabnet", "enet", "erfnet"})
  void residualUnitsThatAreOffAreAsIfRemoved(String architecture) {
    Network dense = GatedNetworks.dense(architecture, 0.25);
    GatedNetwork gated = GatedNetworks.gated(dense, GateSites.layers(dense));
    float[] image = GatedNetworks.image(4);
    for (long seed = 1; seed <= 3; seed++) {
      List<BitSet> live = GatedNetworks.live(gated, 0.3 * seed, seed);
      List<float[]> found = GatedNetworks.run("onnxruntime", gated.constant(live).network(), image);
      assertArrayEquals(GatedNetworks.numbers(gated, live), found.get(1), "seed " + seed);
      float[] cut = GatedNetworks.run("onnxruntime", gated.cut(live), image).get(0);
      assertTrue(GatedNetworks.difference(cut, found.get(0)) <= 1e-5, "seed " + seed);
    }
    // A runtime joins sums and activations of the one and not of the other: they round differently.
    double difference =
        GatedNetworks.difference(
            GatedNetworks.run("onnxruntime", dense, image).get(0),
            GatedNetworks.run("onnxruntime", gated.allLive().network(), image).get(0));
    assertTrue(difference <= 1e-5, "all live: " + difference);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void theFrameDecidesWhatIsLiveAndAllEnginesAgree(String engine) {
    Network dense = chain();
    GatedNetwork gated =
        GatedNetworks.random(GatedNetworks.gated(dense, GateSites.of(dense).sites()), 5);
    Set<List<BitSet>> masks = new HashSet<>();
    for (long seed = 1; seed <= 4; seed++) {
      float[] image = GatedNetworks.image(seed);
      List<float[]> found = GatedNetworks.run(engine, gated.network(), image);
      List<float[]> expected = GatedNetworks.run("onnxruntime", gated.network(), image);
      assertArrayEquals(expected.get(1), found.get(1), engine + ", seed " + seed);
      assertTrue(GatedNetworks.difference(expected.get(0), found.get(0)) < 1e-4);
      List<BitSet> live = GatedNetworks.sets(gated, found.get(1));
      assertTrue(live.stream().noneMatch(BitSet::isEmpty), "a layer is dark");
      masks.add(live);
    }
    assertTrue(masks.size() > 1, "all frames have the same gates");
  }

  @ParameterizedTest
  @MethodSource("engines")
  void headsThatWantNothingLeaveNoLayerDark(String engine) {
    Network dense = chain();
    GatedNetwork gated = GatedNetworks.gated(dense, GateSites.of(dense).inBlocks(4));
    Map<String, Tensor> tensors = new HashMap<>();
    for (GateSite site : gated.sites()) {
      float[] bias = new float[site.units()];
      Arrays.fill(bias, -100);
      bias[site.units() - 1] = -99;
      tensors.put(GatedNetwork.bias(site), weight(gated, GatedNetwork.bias(site), bias));
    }
    GatedNetwork dark = GatedNetwork.of(gated.network().withTensors(tensors)).orElseThrow();
    float[] found = GatedNetworks.run(engine, dark.network(), GatedNetworks.image(1)).get(1);
    for (BitSet live : GatedNetworks.sets(dark, found)) {
      assertEquals(1, live.cardinality());
    }
  }

  private static Tensor weight(GatedNetwork gated, String name, float[] values) {
    return Tensor.of(gated.network().weights().get(name).tensor().shape(), values);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itIsTheSameAfterItWasWrittenAndRead(boolean layers) {
    Network dense = GatedNetworks.dense("dabnet", 0.25);
    List<GateSite> sites = layers ? GateSites.layers(dense) : GateSites.of(dense).inBlocks(2);
    GatedNetwork gated = GatedNetworks.gated(dense, sites);
    Network read =
        OnnxReader.read(
            OnnxWriter.toBytes(gated.network(), GatedNetworks.HEIGHT, GatedNetworks.WIDTH));
    assertEquals(gated.network(), read);
    GatedNetwork again = GatedNetwork.of(read).orElseThrow();
    assertEquals(gated.sites(), again.sites());
    assertEquals(gated.design(), again.design());
    assertEquals(dense, again.dense());
    assertEquals(gated.sites(), GatedNetwork.of(read.forInference()).orElseThrow().sites());
    assertTrue(GatedNetwork.of(dense).isEmpty());
  }

  @Test
  void standardisedHeadsBeginWithEverythingLiveToo() {
    Network dense = chain();
    List<GateSite> sites = GateSites.of(dense).sites();
    Map<String, Standardisation> pooled = new HashMap<>();
    for (GateSite site : sites) {
      int channels =
          dense.shapesAt(GatedNetworks.HEIGHT, GatedNetworks.WIDTH).get(site.input()).channels();
      float[] mean = new float[channels];
      float[] deviation = new float[channels];
      Arrays.fill(deviation, 1e-3f);
      pooled.put(site.name(), new Standardisation(mean, deviation));
    }
    GatedNetwork gated = GatedNetwork.attach(dense, sites, GateDesign.standardised(7), pooled);
    float[] image = GatedNetworks.image(2);
    for (String engine : engines()) {
      List<float[]> found = GatedNetworks.run(engine, gated.network(), image);
      assertArrayEquals(GatedNetworks.run(engine, dense, image).get(0), found.get(0), engine);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> GatedNetwork.attach(dense, sites, GateDesign.standardised(7), Map.of()));
  }

  @Test
  void theTrainingNetworkAnswersWithLogitsAndTaps() {
    Network dense = GatedNetworks.dense("dabnet", 0.25);
    GatedNetwork gated = GatedNetworks.gated(dense, GateSites.layers(dense));
    List<String> outputs = gated.training().outputs();
    for (GateSite site : gated.sites()) {
      assertTrue(outputs.contains(GatedNetwork.logits(site)), site.name());
      assertTrue(outputs.contains(site.tap()), site.name());
      assertTrue(outputs.contains(gated.input(site)), site.name());
    }
    assertEquals(gated.network().outputs(), outputs.subList(0, 2));
  }

  @Test
  void decoupledHeadsReadWhatNoGradientFlowsBackFrom() {
    Network dense = chain();
    GatedNetwork apart = GatedNetworks.gated(dense, GateSites.of(dense).sites());
    GatedNetwork joint =
        GatedNetwork.attach(
            dense,
            apart.sites(),
            new GateDesign(GateDesign.Pool.AVERAGE, GateDesign.Scaling.SOFTMAX, true, 1),
            Map.of());
    String stop = "gate/conv1_1/stop";
    assertTrue(apart.network().nodes().stream().anyMatch(n -> n.name().equals(stop)));
    assertFalse(joint.network().nodes().stream().anyMatch(n -> n.name().equals(stop)));
    assertTrue(joint.design().joint());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Network dense = chain();
    GatedNetwork gated = GatedNetworks.gated(dense, GateSites.of(dense).inBlocks(4));
    assertEquals(
        "network dilated-fcn16s has gates already; take the network it was made from",
        assertThrows(
                BadInputException.class, () -> GatedNetworks.gated(gated.network(), gated.sites()))
            .getMessage());
    assertEquals(
        "network dilated-fcn16s has no place where units can be switched for each frame",
        assertThrows(BadInputException.class, () -> GatedNetworks.gated(dense, List.of()))
            .getMessage());
    List<BitSet> dark = gated.everything();
    dark.get(2).clear();
    assertThrows(IllegalArgumentException.class, () -> gated.constant(dark));
    assertThrows(IllegalArgumentException.class, () -> gated.cut(dark));
    GatedNetwork everywhere =
        GatedNetworks.gated(
            GatedNetworks.dense("skipnet-resnet18", 0.25),
            GateSites.everywhere(GatedNetworks.dense("skipnet-resnet18", 0.25)).sites());
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> everywhere.cut(everywhere.everything()))
            .getMessage()
            .contains("no static network computes what is live"));
  }

  @Test
  void metadataThatTheGraphContradictsIsRefused() {
    Network dense = chain();
    Network whole = GatedNetworks.gated(dense, GateSites.of(dense).sites()).network();
    String key = "drivemark.gates";
    String text = whole.metadata().get(key);
    Map<String, String> wrong =
        Map.of(
            "{",
            "cannot be read",
            text.replace("\"version\":1", "\"version\":7"),
            "has version 7, this program reads version 1",
            text.replace("conv1_2.relu\"]", "conv1_1.relu\"]"),
            "speaks of gates at conv1_1.relu, nothing multiplies it",
            text.replaceFirst("\"units\":8", "\"units\":7"),
            "says 7 units of conv1_1, the graph has others",
            text.replaceFirst("\"units\":8", "\"units\":9"),
            "speaks of 9 units of conv1_1, without a head",
            text.replaceFirst("\"name\":\"conv1_1\"", "\"name\":\"other\""),
            "speaks of gates at conv1_1.relu of site other, there are none");
    wrong.forEach(
        (metadata, what) -> {
          String message =
              assertThrows(
                      BadInputException.class,
                      () -> GatedNetwork.of(whole.withMetadata(Map.of(key, metadata))))
                  .getMessage();
          assertTrue(message.contains(what), message);
          assertTrue(message.endsWith("prune its parent again with --technique dynamic"), message);
        });
  }

  @Test
  void weightsOfHeadsAreAGroupOfTheirOwn() {
    Network dense = chain();
    GatedNetwork gated = GatedNetworks.gated(dense, GateSites.of(dense).sites());
    long heads =
        gated.network().weights().values().stream()
            .filter(w -> w.group().equals(GatedNetwork.GROUP))
            .filter(w -> w.role() == Weight.Role.LEARNED)
            .count();
    assertEquals(2L * gated.sites().size(), heads);
  }
}
