package io.drivemark.architectures.pruning.mask;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.engine.pytorch.LossInputs;
import io.drivemark.architectures.engine.pytorch.MaskPenalty;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.onnx.OnnxReader;
import io.drivemark.architectures.onnx.OnnxWriter;
import io.drivemark.architectures.pruning.gate.GatedNetworks;
import io.drivemark.problem.BadInputException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JointMasksTest {
  private static final int HEIGHT = GatedNetworks.HEIGHT;
  private static final int WIDTH = GatedNetworks.WIDTH;

  private static JointMasks masks(Network dense, MaskPreset preset, int block) {
    return JointMasks.attach(dense, MaskSites.of(dense, preset, block, HEIGHT, WIDTH).sites());
  }

  /** Random parameters, about this share of them above 0, in no site none. */
  static Map<String, float[]> random(JointMasks masks, double share, long seed) {
    Random random = new Random(seed);
    Map<String, float[]> all = new LinkedHashMap<>();
    for (MaskSite site : masks.sites()) {
      float[] m = new float[site.masks()];
      for (int i = 0; i < m.length; i++) {
        m[i] = (random.nextDouble() < share ? 1 : -1) * (0.001f + random.nextFloat());
      }
      all.put(JointMasks.weight(site), m);
    }
    masks.revive(all);
    return all;
  }

  private static Network with(JointMasks masks, Map<String, float[]> parameters) {
    return masks.with(masks.network(), parameters);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dilated-fcn16s", "skipnet-resnet18", "fast-scnn", "enet", "unet"})
  void atFirstTheAnswerIsTheParentsInEveryBit(String architecture) {
    Network dense = GatedNetworks.dense(architecture, 0.25);
    for (MaskPreset preset : MaskPreset.values()) {
      JointMasks masks = masks(dense, preset, 1);
      float[] image = GatedNetworks.image(2);
      assertArrayEquals(
          GatedNetworks.run("pytorch", dense, image).get(0),
          GatedNetworks.run("pytorch", masks.network(), image).get(0),
          preset.key());
      assertEquals(dense, masks.hardened(masks.network()));
      assertTrue(
          masks.live(masks.parameters(masks.network())).stream().mapToInt(BitSet::cardinality).sum()
              == masks.masks());
    }
  }

  @Test
  void everyNumberBehindAMaskIsExactlyZeroOrOne() {
    Network dense = GatedNetworks.dense("skipnet-resnet18", 0.25);
    JointMasks masks = masks(dense, MaskPreset.ALL, 1);
    Map<String, float[]> parameters = random(masks, 0.5, 3);
    parameters.values().forEach(m -> m[0] = m[0] > 0 ? Float.MIN_VALUE : -Float.MIN_VALUE);
    masks.revive(parameters);
    List<String> outputs = new ArrayList<>(dense.outputs());
    masks.sites().forEach(s -> outputs.add(JointMasks.live(s)));
    List<float[]> found =
        GatedNetworks.run(
            "pytorch", with(masks, parameters).withOutputs(outputs), GatedNetworks.image(1));
    for (int s = 0; s < masks.sites().size(); s++) {
      float[] m = parameters.get(JointMasks.weight(masks.sites().get(s)));
      float[] expected = new float[m.length];
      for (int i = 0; i < m.length; i++) {
        expected[i] = m[i] > 0 ? 1 : 0;
      }
      assertArrayEquals(expected, found.get(dense.outputs().size() + s));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"dilated-fcn16s", "skipnet-resnet18", "fast-scnn", "dabnet", "enet", "unet"})
  void whatIsHardenedAnswersAsTheMaskedNetworkDoes(String architecture) {
    Network dense = GatedNetworks.dense(architecture, 0.25);
    for (long seed = 1; seed <= 4; seed++) {
      JointMasks masks = masks(dense, MaskPreset.values()[(int) (seed % 2)], seed == 4 ? 2 : 1);
      Network trained = with(masks, random(masks, 0.2 * seed, seed));
      Network cut = masks.hardened(trained);
      assertTrue(cut.parameters() < dense.parameters());
      float[] image = GatedNetworks.image(seed);
      double difference =
          GatedNetworks.difference(
              GatedNetworks.run("onnxruntime", cut, image).get(0),
              GatedNetworks.run("onnxruntime", trained, image).get(0));
      assertTrue(difference <= 1e-4, architecture + ", seed " + seed + ": " + difference);
    }
  }

  @Test
  void aFileOfOnnxHasTheSameNetwork() {
    Network dense = GatedNetworks.dense("fast-scnn", 0.25);
    JointMasks masks = masks(dense, MaskPreset.ALL, 4);
    Network trained = with(masks, random(masks, 0.5, 9));
    Network read = OnnxReader.read(OnnxWriter.toBytes(trained, HEIGHT, WIDTH));
    assertEquals(trained, read);
    masks
        .sites()
        .forEach(s -> assertEquals(Weight.MASKS, read.weights().get(JointMasks.weight(s)).group()));
    float[] image = GatedNetworks.image(5);
    assertTrue(
        GatedNetworks.difference(
                GatedNetworks.run("onnxruntime", read, image).get(0),
                GatedNetworks.run("pytorch", trained, image).get(0))
            <= 1e-4);
  }

  /** image 3 → 6 filters with masks → relu → 2 scores. */
  private static JointMasks small() {
    NetworkBuilder b = new NetworkBuilder("small", 7);
    String x = b.input("x", 3);
    String a = b.relu("act", b.conv("first", x, 6, 3).same().bias().build());
    Network dense = b.build(b.conv("scores", a, 2, 1).bias().build());
    return masks(dense, MaskPreset.ALL, 1);
  }

  private static double lossOf(
      Network network, Loss loss, LossInputs inputs, FloatBuffer image, Map<String, float[]> into) {
    try (Learner learner = new Learner(network, Shape.of(1, 3, 5, 6), loss, w -> true, 1)) {
      double value = learner.backward(image, inputs, 1);
      into.replaceAll(
          (name, old) -> {
            float[] gradient = new float[learner.size(name)];
            learner.gradient(name, gradient);
            return gradient;
          });
      return value;
    }
  }

  /** The network in which the masks are weights themselves. */
  private static Network linear(JointMasks masks, float[] values) {
    Network network = masks.network();
    List<Node> nodes = new ArrayList<>();
    for (Node node : network.nodes()) {
      boolean gate = node.op() instanceof Gate;
      nodes.add(
          gate
              ? new Node(node.name(), node.op(), List.of(node.inputs().get(0), "b"), node.outputs())
              : node);
    }
    List<Weight> weights = new ArrayList<>(network.weights().values());
    weights.add(
        new Weight("b", Weight.Role.LEARNED, "b", Tensor.of(Shape.of(values.length), values)));
    return new Network(
        network.name(), network.inputs(), nodes, weights, network.outputs(), Map.of());
  }

  @Test
  void theGradientOfAParameterIsThatOfItsMaskTimesTheSlopeOfTheSigmoid() {
    JointMasks masks = small();
    String name = JointMasks.weight(masks.sites().get(0));
    float[] m = {0.01f, -0.4f, 1.5f, -2, 0.3f, 0.02f};
    float[] b = {1, 0, 1, 0, 1, 1};
    FloatBuffer image = FloatBuffer.wrap(random(3 * 5 * 6, 11));
    byte[] truth = new byte[5 * 6];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = (byte) (i % 2);
    }
    Loss loss = Loss.plain(masks.network().outputs().get(0), 2);
    LossInputs inputs = LossInputs.labels(ByteBuffer.wrap(truth));
    Map<String, float[]> found = new LinkedHashMap<>(Map.of(name, new float[0]));
    double value = lossOf(with(masks, Map.of(name, m)), loss, inputs, image, found);
    Map<String, float[]> upstream = new LinkedHashMap<>(Map.of("b", new float[0]));
    assertEquals(value, lossOf(linear(masks, b), loss, inputs, image, upstream));
    for (int i = 0; i < m.length; i++) {
      double s = 1 / (1 + Math.exp(-m[i]));
      double expected = upstream.get("b")[i] * s * (1 - s);
      assertEquals(expected, found.get(name)[i], 1e-6 + 1e-5 * Math.abs(expected), "mask " + i);
      float step = 0.01f;
      double[] ends = new double[2];
      for (int end = 0; end < 2; end++) {
        float[] moved = b.clone();
        moved[i] += end == 0 ? -step : step;
        ends[end] = lossOf(linear(masks, moved), loss, inputs, image, new LinkedHashMap<>());
      }
      assertEquals((ends[1] - ends[0]) / (2 * step), upstream.get("b")[i], 2e-4, "finite " + i);
    }
  }

  @Test
  void thePenaltyIsWhatLiveMasksCostAndItsGradientPriceTimesSlope() {
    JointMasks masks = small();
    MaskSite site = masks.sites().get(0);
    String name = JointMasks.weight(site);
    float[] m = {0.01f, -0.4f, 1.5f, -2, 0.3f, 0.02f};
    float[] prices = {1, 2, 3, 4, 5, 6};
    for (String output : List.of(JointMasks.live(site), JointMasks.soft(site))) {
      Loss loss = new Loss(List.of(new MaskPenalty(List.of(output), 6, 1)));
      LossInputs inputs =
          LossInputs.none()
              .with(MaskPenalty.PRICES, FloatBuffer.wrap(prices))
              .with(MaskPenalty.FACTOR, FloatBuffer.wrap(new float[] {0.1f}));
      Map<String, float[]> found = new LinkedHashMap<>(Map.of(name, new float[0]));
      List<String> outputs = new ArrayList<>(masks.network().outputs());
      outputs.add(output);
      double value =
          lossOf(
              with(masks, Map.of(name, m)).withOutputs(outputs),
              loss,
              inputs,
              FloatBuffer.allocate(3 * 5 * 6),
              found);
      double expected = 0;
      for (int i = 0; i < m.length; i++) {
        double s = 1 / (1 + Math.exp(-m[i]));
        expected += 0.1 * prices[i] * (output.equals(JointMasks.soft(site)) ? s : m[i] > 0 ? 1 : 0);
        assertEquals(0.1 * prices[i] * s * (1 - s), found.get(name)[i], 1e-6);
      }
      assertEquals(expected, value, 1e-6, output);
    }
  }

  @Test
  void aSiteThatWouldGoDarkKeepsItsLargestParameterAndOneOnly() {
    JointMasks masks = small();
    String name = JointMasks.weight(masks.sites().get(0));
    Map<String, float[]> parameters =
        new LinkedHashMap<>(Map.of(name, new float[] {-3, -1, -2, -1, -9, 0}));
    assertEquals(Set.of("first"), masks.revive(parameters));
    assertArrayEquals(new float[] {-3, -1, -2, -1, -9, JointMasks.START}, parameters.get(name));
    parameters.put(name, new float[] {-3, -1, -2, -1, -9, -7});
    masks.revive(parameters);
    assertArrayEquals(new float[] {-3, JointMasks.START, -2, -1, -9, -7}, parameters.get(name));
    assertEquals(Set.of(), masks.revive(parameters));
  }

  @Test
  void aNetworkWithoutFiltersToSwitchOffIsRefused() {
    NetworkBuilder b = new NetworkBuilder("scores-alone", 7);
    Network dense = b.build(b.conv("scores", b.input("x", 3), 2, 1).build());
    MaskSites sites = MaskSites.of(dense, MaskPreset.ALL, 1, HEIGHT, WIDTH);
    assertEquals(
        "network scores-alone has no filters that masks could switch off",
        assertThrows(BadInputException.class, () -> JointMasks.attach(dense, sites.sites()))
            .getMessage());
    assertEquals(Map.of("scores", "it is output scores of the network"), sites.refused());
  }

  private static float[] random(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
