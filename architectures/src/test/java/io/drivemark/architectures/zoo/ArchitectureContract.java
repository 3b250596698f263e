package io.drivemark.architectures.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Node;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.pruning.ChannelGroups;
import io.drivemark.architectures.pruning.ChannelMasks;
import io.drivemark.architectures.pruning.MaskedNetwork;
import io.drivemark.architectures.pruning.Materialise;
import io.drivemark.datasets.DatasetRequest;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.catalog.Datasets;
import io.drivemark.datasets.image.ChannelOrder;
import io.drivemark.datasets.image.Preprocess;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every architecture of the zoo must hold; a new one gets it by a subclass of a few lines. The
 * weights are random, with normalisation statistics of one frame of SynthDrive.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ArchitectureContract {
  private static final int CLASSES = 11;

  private final String name;
  private final Map<String, String> options;
  private final int stride;
  private final Map<String, float[]> inputs = new HashMap<>();
  private Network network;

  /**
   * @param options small ones, where the network is large
   * @param stride the input's extent over the logits', rounded up
   */
  protected ArchitectureContract(String name, Map<String, String> options, int stride) {
    this.name = name;
    this.options = options;
    this.stride = stride;
  }

  @BeforeAll
  void calibrate() {
    network = calibrated(options);
  }

  final Network calibrated(Map<String, String> chosen) {
    Network random = Architectures.build(name, chosen, CLASSES, 20);
    return Calibration.of(random, input(180, 240), 180, 240);
  }

  /** Heights and widths to run at. */
  Stream<Arguments> sizes() {
    return Stream.of(arguments(360, 480), arguments(512, 1024), arguments(353, 501));
  }

  /** Seeds and shares of random masks, with a size for each. */
  Stream<Arguments> masks() {
    return Stream.of(
        arguments(1, 0.3, 360, 480),
        arguments(2, 0.6, 353, 501),
        arguments(3, 0.5, 512, 1024),
        arguments(4, 0.8, 96, 128));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void enginesAgree(int height, int width) {
    assertEnginesAgree(network, height, width);
  }

  final void assertEnginesAgree(Network network, int height, int width) {
    List<Node> pools =
        network.nodes().stream().filter(n -> n.op() instanceof MaxPool p && p.indices()).toList();
    List<String> taps = new ArrayList<>(network.outputs());
    pools.forEach(p -> taps.addAll(List.of(p.inputs().get(0), p.outputs().get(1))));
    Network tapped = network.withOutputs(taps);
    List<float[]> one = run("onnxruntime", tapped, height, width);
    List<float[]> two = run("pytorch", tapped, height, width);
    assertAgree(one.get(0), two.get(0), 1e-3, "engines");
    assertLabelsAgree(one.get(0), two.get(0));
    Map<String, Shape> shapes = network.shapesAt(height, width);
    for (int i = 0; i < pools.size(); i++) {
      Shape pooled = shapes.get(pools.get(i).inputs().get(0));
      int plane = pooled.height() * pooled.width();
      float[] map = one.get(1 + 2 * i);
      assertOnlyTiesDiffer(map, one.get(2 + 2 * i), two.get(2 + 2 * i), plane);
    }
  }

  @ParameterizedTest
  @CsvSource({"360, 480", "512, 1024", "353, 501", "96, 128"})
  void logitsHaveTheStatedSize(int height, int width) {
    Shape expected =
        Shape.of(1, CLASSES, (height + stride - 1) / stride, (width + stride - 1) / stride);
    assertEquals(expected, network.shapesAt(height, width).get(network.outputs().get(0)));
  }

  @Test
  void smallestSizeWorks() {
    int size = Architectures.named(name).smallestSize();
    assertEquals(
        network.shapesAt(size, size).get(network.outputs().get(0)).elements(),
        logits(network, size, size).length);
  }

  @Test
  void everyWeightIsReadOrSaidToBeUnread() {
    Set<String> read =
        network.nodes().stream().flatMap(n -> n.inputs().stream()).collect(Collectors.toSet());
    Set<String> unread =
        network.weights().values().stream()
            .map(Weight::name)
            .filter(w -> !read.contains(w))
            .collect(Collectors.toSet());
    assertEquals(unread(), unread);
  }

  /** Names of weights that only make published state dicts and parameter counts fit. */
  Set<String> unread() {
    return Set.of();
  }

  @Test
  void everyUnitIsFreeOrSaysWhyNot() {
    ChannelGroups groups = ChannelGroups.of(network);
    assertFalse(groups.prunable().isEmpty());
    for (ChannelGroups.Family family : groups.families()) {
      assertFalse(family.producers().isEmpty());
      family.lock().ifPresent(reason -> assertFalse(reason.isBlank()));
    }
    String logits = network.outputs().get(0);
    for (int unit : groups.unitsOf(logits).orElseThrow()) {
      assertEquals("it is output " + logits + " of the network", groups.lock(unit).orElseThrow());
    }
  }

  @ParameterizedTest
  @MethodSource("masks")
  void maskedEqualsMaterialised(long seed, double share, int height, int width) {
    ChannelGroups groups = ChannelGroups.of(network);
    ChannelMasks masks = ChannelMasks.random(groups, share, new Random(seed));
    String what = "seed " + seed + ", " + masks;
    assertTrue(masks.removed() > 0, what);
    Network small = Materialise.apply(network, masks);
    assertTrue(small.parameters() < network.parameters(), what);
    float[] masked = logits(MaskedNetwork.of(network, masks), height, width);
    assertAgree(masked, logits(small, height, width), 1e-4, what);
    float[] whole = logits(network, height, width);
    double change = 0;
    for (int i = 0; i < masked.length; i++) {
      change = Math.max(change, Math.abs(masked[i] - whole[i]));
    }
    assertTrue(change > 1e-3, what + ": the masks change nothing");
  }

  /**
   * All values agree to {@code tolerance}·max(1, max|value|). Where the network unpools, two per
   * cent may be off by more: two values of a pooling window that differ by less than rounding may
   * swap their order, and then the unpooled value sits one pixel beside.
   */
  private void assertAgree(float[] one, float[] two, double tolerance, String what) {
    float largest = 1;
    for (float value : one) {
      largest = Math.max(largest, Math.abs(value));
    }
    double worst = 0;
    int off = 0;
    for (int i = 0; i < one.length; i++) {
      double difference = Math.abs(one[i] - two[i]);
      assertTrue(Double.isFinite(difference), what + ": no number at " + i);
      worst = Math.max(worst, difference);
      off += difference > tolerance * largest ? 1 : 0;
    }
    boolean unpools = network.nodes().stream().anyMatch(n -> n.op() instanceof MaxUnpool);
    assertTrue(
        off <= (unpools ? one.length / 50 : 0),
        what + ": " + off + " of " + one.length + " differ, by up to " + worst + " of " + largest);
  }

  private static void assertLabelsAgree(float[] one, float[] two) {
    int plane = one.length / CLASSES;
    int equal = 0;
    Set<Integer> seen = new HashSet<>();
    for (int p = 0; p < plane; p++) {
      int label = argmax(one, p, plane);
      seen.add(label);
      equal += label == argmax(two, p, plane) ? 1 : 0;
    }
    assertTrue(equal >= 0.999 * plane, equal + " of " + plane + " labels agree");
    assertTrue(seen.size() > 1, "all pixels have one label, which compares nothing");
  }

  /** Engines number positions differently, through one plane or through all. */
  private static void assertOnlyTiesDiffer(float[] map, float[] one, float[] two, int plane) {
    int pooled = one.length / (map.length / plane);
    for (int i = 0; i < one.length; i++) {
      int start = i / pooled * plane;
      float a = map[start + (int) one[i] % plane];
      float b = map[start + (int) two[i] % plane];
      assertEquals(a, b, 1e-4f, "maxima that the engines take");
    }
  }

  private float[] logits(Network run, int height, int width) {
    return run("onnxruntime", run, height, width).get(0);
  }

  private List<float[]> run(String engine, Network run, int height, int width) {
    try (Session session = Engines.named(engine).open(run, height, width, new EngineOptions(2))) {
      FloatBuffer input = Session.buffer(session.inputShape());
      input.put(0, input(height, width));
      List<FloatBuffer> outputs = session.outputShapes().stream().map(Session::buffer).toList();
      session.run(input, outputs);
      List<float[]> all = new ArrayList<>();
      for (FloatBuffer output : outputs) {
        float[] values = new float[output.capacity()];
        output.get(0, values);
        all.add(values);
      }
      return all;
    }
  }

  private float[] input(int height, int width) {
    return inputs.computeIfAbsent(height + "x" + width, size -> draw(size, height, width));
  }

  private static float[] draw(String size, int height, int width) {
    RgbImage frame =
        Datasets.open(
                DatasetRequest.of("synthdrive", "val")
                    .withLimit(1)
                    .withOption("size", size)
                    .withOption("seed", "3"))
            .load(0)
            .image();
    InputSpec usual = InputSpec.IMAGENET;
    return new Preprocess(ChannelOrder.RGB, usual.mean(), usual.std(), height, width).apply(frame);
  }

  private static int argmax(float[] logits, int pixel, int plane) {
    int best = 0;
    for (int c = 1; c < CLASSES; c++) {
      best = logits[c * plane + pixel] > logits[best * plane + pixel] ? c : best;
    }
    return best;
  }
}
