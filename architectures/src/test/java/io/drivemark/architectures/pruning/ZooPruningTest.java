package io.drivemark.architectures.pruning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Cost;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.onnx.OnnxReader;
import io.drivemark.architectures.onnx.OnnxWriter;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.architectures.zoo.Calibration;
import io.drivemark.architectures.zoo.EngineAgreement;
import io.drivemark.architectures.zoo.Option;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random parts of every network of the zoo are removed. What is left computes what the masked
 * network computes, and its ONNX file runs on two engines with one answer.
 */
class ZooPruningTest {
  private static final int HEIGHT = 96;
  private static final int WIDTH = 128;
  private static final Map<String, String> NARROW = Map.of("width", "0.125");

  static List<String> architectures() {
    return Architectures.names();
  }

  /** Narrow where that is an option, so that VGG16 fits. */
  private static Network small(String name, boolean narrow) {
    boolean possible =
        Architectures.named(name).options().stream()
            .anyMatch(o -> o.name().equals("width") && o.domain() instanceof Option.Real);
    Network network = Architectures.build(name, possible && narrow ? NARROW : Map.of(), 11, 9);
    return Calibration.of(network, input(0), HEIGHT, WIDTH);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void removedPartsAreReallyGoneAndTheRestRuns(String name) {
    check(small(name, true), name.hashCode());
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("architectures")
  void removedPartsAreReallyGoneAndTheRestRunsAtFullWidth(String name) {
    Network network = small(name, false);
    for (long seed = 1; seed <= 10; seed++) {
      check(network, seed);
    }
  }

  private static void check(Network network, long seed) {
    Random random = new Random(seed);
    double share = 0.2 + 0.7 * random.nextDouble();
    String what = network.name() + ", seed " + seed + ", share " + share;
    ChannelMasks masks = ChannelMasks.random(ChannelGroups.of(network), share, random);
    Network cut = Materialise.apply(network, masks);
    assertTrue(cut.parameters() < network.parameters(), what);
    EngineAgreement.requireCutEqualsMasked(network, masks, input(seed), HEIGHT, WIDTH, what);
    requireBothEnginesRun(cut, seed, what);

    LayerScores order = LayerScores.random(RemovableUnit.of(cut), seed);
    if (order.byUnit().isEmpty()) {
      return;
    }
    int count = 1 + random.nextInt(order.byUnit().size());
    PruningPlan plan = LayerPlanner.remove(cut, order, count, seed);
    Network shallow = plan.apply(cut);
    long removed =
        RemovableUnit.of(cut).stream()
            .filter(u -> plan.layers().contains(u.name()))
            .mapToLong(u -> u.macs(cut, HEIGHT, WIDTH))
            .sum();
    String layers = what + ", without " + plan.layers();
    assertEquals(macs(cut) - removed, macs(shallow), layers);
    requireBothEnginesRun(shallow, seed, layers);
  }

  private static long macs(Network network) {
    return Cost.of(network, HEIGHT, WIDTH).macs();
  }

  /** Written as ONNX and read back, the network computes the same on two engines. */
  private static void requireBothEnginesRun(Network network, long seed, String what) {
    Network read = OnnxReader.read(OnnxWriter.toBytes(network, HEIGHT, WIDTH));
    assertEquals(network, read, what);
    EngineAgreement.requireEnginesAgree(read, input(seed), HEIGHT, WIDTH, what);
  }

  /** A smooth picture with some noise. */
  private static float[] input(long seed) {
    Random random = new Random(seed);
    float[] image = new float[3 * HEIGHT * WIDTH];
    for (int c = 0; c < 3; c++) {
      double a = random.nextDouble() / 8;
      double b = random.nextDouble() / 8;
      for (int i = 0; i < HEIGHT * WIDTH; i++) {
        double wave = Math.sin(a * Math.floorDiv(i, WIDTH)) + Math.cos(b * (i % WIDTH));
        image[c * HEIGHT * WIDTH + i] = (float) (wave + 0.2 * random.nextGaussian());
      }
    }
    return image;
  }
}
