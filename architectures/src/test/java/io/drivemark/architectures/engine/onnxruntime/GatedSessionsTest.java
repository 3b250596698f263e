package io.drivemark.architectures.engine.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.GateForm;
import io.drivemark.architectures.engine.GateRun;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.pruning.gate.GateSite;
import io.drivemark.architectures.pruning.gate.GateSites;
import io.drivemark.architectures.pruning.gate.GatedNetwork;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms that leave work out answer as the one that computes everything. */
class GatedSessionsTest {
  private static final int HEIGHT = 64;
  private static final int WIDTH = 96;
  private static final double TOLERANCE = 1e-4; // times the largest logit: float32 sums reordered

  private static Session open(Network network, GateForm form) {
    return new OnnxRuntimeEngine()
        .open(network, HEIGHT, WIDTH, new EngineOptions(1).withForm(form));
  }

  private static float[] logits(Session session, long image) {
    FloatBuffer noise = Likeness.noise(session.inputShape(), image);
    List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
    session.run(noise, outputs);
    float[] first = new float[outputs.get(0).capacity()];
    outputs.get(0).get(0, first);
    return first;
  }

  private static float[] logits(Network network, GateForm form, GateForm expected, long image) {
    try (Session session = open(network, form)) {
      assertEquals(new GateRun(expected, ""), session.gates().orElseThrow());
      return logits(session, image);
    }
  }

  private static float[] plain(Network network, long image) {
    try (Session session = open(network, GateForm.AUTO)) {
      assertTrue(session.gates().isEmpty());
      return logits(session, image);
    }
  }

  private static void assertAlike(float[] expected, float[] found, String what) {
    double most = 1;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      most = Math.max(most, Math.abs(expected[i]));
      difference = Math.max(difference, Math.abs(expected[i] - found[i]));
    }
    assertTrue(difference <= TOLERANCE * most, what + ": " + difference + " of " + most);
  }

  private static Network dense(String architecture) {
    Map<String, String> options =
        switch (architecture) {
          case "dilated-fcn16s" -> Map.of("tail", "bilinear", "width", "0.5");
          case "skipnet-resnet18" -> Map.of("tail", "bilinear");
          default -> Map.of();
        };
    return GatedNetworks.dense(architecture, options, 7);
  }

  @ParameterizedTest
  @CsvSource({"dilated-fcn16s", "skipnet-resnet18", "ddrnet-23-slim"})
  void blocksAnswerBitForBitAsTheNetworkCutToThem(String architecture) {
    Network dense = dense(architecture);
    List<GateSite> sites = GatedNetworks.blocks(dense, RuntimeLayout.block());
    GatedNetwork gated = GatedNetworks.published(dense, sites);
    assertArrayEquals(
        plain(dense, 1),
        logits(gated.network(), GateForm.BLOCKED, GateForm.BLOCKED, 1),
        "all live");
    for (long seed = 1; seed <= 3; seed++) {
      List<BitSet> live = GatedNetworks.random(gated, 0.5, new Random(seed));
      assertArrayEquals(
          plain(gated.cut(live), seed),
          logits(gated.constant(live).network(), GateForm.AUTO, GateForm.BLOCKED, seed),
          "seed " + seed);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dilated-fcn16s, 1",
    "dilated-fcn16s, 16",
    "skipnet-resnet18, 1",
    "ddrnet-23-slim, 1",
    "enet, 1",
    "skipnet-mobilenet, 1"
  })
  void gatheredFiltersAnswerAsTheMaskedNetwork(String architecture, int unit) {
    Network dense = dense(architecture);
    List<GateSite> sites =
        unit == 1 ? GateSites.of(dense).sites() : GatedNetworks.blocks(dense, unit);
    GatedNetwork gated = GatedNetworks.published(dense, sites);
    for (long seed = 1; seed <= 2; seed++) {
      List<BitSet> live = GatedNetworks.random(gated, 0.5, new Random(seed));
      Network fixed = gated.constant(live).network();
      assertAlike(
          logits(fixed, GateForm.MASKED, GateForm.MASKED, seed),
          logits(fixed, GateForm.GATHERED, GateForm.GATHERED, seed),
          architecture + ", seed " + seed);
    }
  }

  @ParameterizedTest
  @CsvSource({"dabnet, GATHERED", "dabnet, BLOCKED", "enet, GATHERED", "enet, BLOCKED"})
  void residualUnitsThatAreOffAreAsIfTheyWereNotThere(String architecture, GateForm form) {
    Network dense = dense(architecture);
    GatedNetwork gated = GatedNetworks.published(dense, GateSites.layers(dense));
    for (long seed = 1; seed <= 2; seed++) {
      List<BitSet> live = GatedNetworks.random(gated, 0.5, new Random(seed));
      float[] found = logits(gated.constant(live).network(), form, form, seed);
      assertAlike(plain(gated.cut(live), seed), found, architecture + ", seed " + seed);
    }
    assertAlike(plain(dense, 1), logits(gated.allLive().network(), form, form, 1), "all are live");
  }

  @Test
  void masksThatChangeWithTheImageAreTheSameInAllForms() {
    Network dense = dense("dilated-fcn16s");
    GatedNetwork gated =
        GatedNetworks.varying(dense, GatedNetworks.blocks(dense, RuntimeLayout.block()), 3);
    int gates = dense.outputs().size();
    try (Session masked = open(gated.network(), GateForm.MASKED);
        Session gathered = open(gated.network(), GateForm.GATHERED);
        Session blocked = open(gated.network(), GateForm.BLOCKED)) {
      assertEquals(GateForm.BLOCKED, blocked.gates().orElseThrow().form());
      List<FloatBuffer> first = null;
      int varied = 0;
      for (long image = 1; image <= 5; image++) {
        FloatBuffer noise = Likeness.noise(masked.inputShape(), image);
        List<FloatBuffer> expected = run(masked, shifted(noise, image));
        for (Session session : List.of(gathered, blocked)) {
          assertTrue(
              Likeness.difference(expected, run(session, noise)).isEmpty(),
              session.gates() + ", image " + image);
        }
        first = first == null ? expected : first;
        varied += first.get(gates).equals(expected.get(gates)) ? 0 : 1;
      }
      assertTrue(varied > 0, "all images have the same masks, so nothing was tried");
    }
  }

  /** Of another contrast and brightness, so that heads which pool the mean see other values. */
  private static FloatBuffer shifted(FloatBuffer noise, long image) {
    for (int i = 0; i < noise.capacity(); i++) {
      noise.put(i, noise.get(i) * image - image % 3);
    }
    return noise;
  }

  private static List<FloatBuffer> run(Session session, FloatBuffer image) {
    List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
    session.run(image, outputs);
    return outputs;
  }

  @ParameterizedTest
  @CsvSource({"-100", "NaN", "-Infinity"})
  void headsThatWantNoFilterNeitherKillTheProcessNorLeaveALayerDark(float bias) {
    Network dense = dense("dilated-fcn16s");
    GatedNetwork gated =
        GatedNetworks.published(dense, GatedNetworks.blocks(dense, RuntimeLayout.block()));
    Map<String, Tensor> tensors = new HashMap<>();
    for (GateSite site : gated.sites()) {
      Tensor weight = gated.network().weights().get(GatedNetwork.weight(site)).tensor();
      tensors.put(GatedNetwork.weight(site), Tensor.filled(weight.shape(), 0));
      Tensor offsets = gated.network().weights().get(GatedNetwork.bias(site)).tensor();
      tensors.put(GatedNetwork.bias(site), Tensor.filled(offsets.shape(), bias));
    }
    Network dark = gated.network().withTensors(tensors);
    for (GateForm form : List.of(GateForm.MASKED, GateForm.GATHERED, GateForm.BLOCKED)) {
      try (Session session = open(dark, form)) {
        float[] found = logits(session, 1);
        if (bias == -100) {
          assertEquals(form, session.gates().orElseThrow().form());
          assertAlike(plain(dense, 1), found, form + ": all logits are the largest, so all live");
        }
      }
    }
  }

  @Test
  void unitsThatAreNoWholeBlocksAreGathered() {
    Network dense = dense("dilated-fcn16s");
    GatedNetwork gated = GatedNetworks.published(dense, GateSites.of(dense).sites());
    try (Session session = open(gated.network(), GateForm.BLOCKED)) {
      assertEquals(
          "gates run in gathered form: blocked form: site conv1_1: units of 1 filters are no whole"
              + " blocks of "
              + RuntimeLayout.block(),
          session.gates().orElseThrow().sentence());
    }
  }

  @Test
  void theBlockIsReadOffAMapThatLiesInBlocks() {
    FloatBuffer map = FloatBuffer.allocate(256);
    for (int c = 0; c < 128; c++) {
      for (int x = 0; x < 2; x++) {
        map.put(c / 8 * 16 + x * 8 + c % 8, c * 2 + x);
      }
    }
    assertEquals(8, RuntimeLayout.block(map));
    map.put(17, -1);
    assertEquals(1, RuntimeLayout.block(map), "something else lies there");
  }

  /** Ten thousand frames whose masks differ: memory at the end is that after the first thousand. */
  @Test
  @Tag("leak")
  void memoryStaysFlatWhileMasksChange() throws IOException {
    Path statm = Path.of("/proc/self/statm");
    Assumptions.assumeTrue(Files.exists(statm), "resident memory is read from /proc");
    Network dense = dense("dilated-fcn16s");
    GatedNetwork gated =
        GatedNetworks.varying(dense, GatedNetworks.blocks(dense, RuntimeLayout.block()), 3);
    for (GateForm form : List.of(GateForm.BLOCKED, GateForm.GATHERED)) {
      try (Session session = open(gated.network(), form)) {
        assertEquals(form, session.gates().orElseThrow().form());
        List<FloatBuffer> images =
            IntStream.range(0, 16).mapToObj(i -> Likeness.noise(session.inputShape(), i)).toList();
        List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
        Set<FloatBuffer> masks = new HashSet<>();
        long early = 0;
        for (int i = 0; i < 10_000; i++) {
          FloatBuffer image = images.get(i % images.size());
          int at = i % image.capacity();
          image.put(at, image.get(at) + i % 7 - 3);
          session.run(image, outputs);
          if (i < images.size()) {
            FloatBuffer gates = outputs.get(outputs.size() - 1);
            masks.add(FloatBuffer.allocate(gates.capacity()).put(gates.duplicate()).flip());
          }
          if (i == 1_000) {
            early = residentKib(statm);
          }
        }
        assertTrue(masks.size() > 1, "all frames have the same masks");
        long grown = residentKib(statm) - early;
        System.out.println(form + ": 10000 frames, resident memory grew by " + grown + " KiB");
        assertTrue(grown < 16 * 1024, form + ": resident memory grew by " + grown + " KiB");
      }
    }
  }

  private static long residentKib(Path statm) throws IOException {
    System.gc();
    return 4 * Long.parseLong(Files.readString(statm).split(" ")[1]);
  }

  @ParameterizedTest
  @CsvSource({"pytorch", "opencv"})
  void enginesThatHaveTheMaskedFormAloneSaySo(String name) {
    Network dense = dense("dilated-fcn16s");
    Network gated = GatedNetworks.published(dense, GateSites.of(dense).sites()).network();
    EngineOptions options = new EngineOptions(1);
    try (Session session = Engines.named(name).open(gated, HEIGHT, WIDTH, options)) {
      assertEquals("gates run in masked form", session.gates().orElseThrow().sentence());
    }
    try (Session session =
        Engines.named(name).open(gated, HEIGHT, WIDTH, options.withForm(GateForm.BLOCKED))) {
      assertEquals(
          "gates run in masked form: engine "
              + name
              + " runs gated networks in masked form alone; form blocked needs engine onnxruntime",
          session.gates().orElseThrow().sentence());
    }
    try (Session session = Engines.named(name).open(dense, HEIGHT, WIDTH, options)) {
      assertTrue(session.gates().isEmpty());
    }
  }
}
