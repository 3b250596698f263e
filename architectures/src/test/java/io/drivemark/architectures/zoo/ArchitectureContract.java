package io.drivemark.architectures.zoo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.pruning.ChannelGroups;
import io.drivemark.architectures.pruning.ChannelMasks;
import io.drivemark.architectures.pruning.Materialise;
import java.util.HashMap;
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
  private final boolean labels;
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
    this.labels = Architectures.named(name).heads(options).isEmpty();
  }

  @BeforeAll
  void calibrate() {
    network = Calibration.of(Architectures.build(name, options, CLASSES, 20));
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
    if (labels) {
      EngineAgreement.require(network, height, width);
    } else {
      EngineAgreement.requireDepth(network, height, width);
    }
  }

  @ParameterizedTest
  @CsvSource({"360, 480", "512, 1024", "353, 501", "96, 128"})
  void logitsHaveTheStatedSize(int height, int width) {
    int channels =
        labels ? CLASSES : network.shapesAt(height, width).get(network.outputs().get(0)).channels();
    Shape expected =
        Shape.of(1, channels, (height + stride - 1) / stride, (width + stride - 1) / stride);
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
    float[] masked =
        EngineAgreement.requireCutEqualsMasked(
            network, masks, input(height, width), height, width, what);
    float[] whole = logits(network, height, width);
    double change = 0;
    for (int i = 0; i < masked.length; i++) {
      change = Math.max(change, Math.abs(masked[i] - whole[i]));
    }
    assertTrue(change > 1e-3, what + ": the masks change nothing");
  }

  private float[] logits(Network run, int height, int width) {
    return EngineAgreement.run("onnxruntime", run, input(height, width), height, width).get(0);
  }

  private float[] input(int height, int width) {
    return inputs.computeIfAbsent(
        height + "x" + width, size -> EngineAgreement.frame(height, width));
  }
}
