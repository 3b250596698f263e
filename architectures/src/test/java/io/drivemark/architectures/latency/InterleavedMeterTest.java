package io.drivemark.architectures.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.Networks;
import io.drivemark.architectures.engine.EngineFailure;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.ArgMax;
import io.drivemark.architectures.graph.op.Gather;
import io.drivemark.architectures.graph.op.Reshape;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.eval.latency.LatencySamples;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.problem.Progress;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InterleavedMeterTest {
  /** Three runs a round. */
  private static LatencySamples samples(long... nanos) {
    int[] blocks = new int[nanos.length];
    int[] orders = new int[nanos.length];
    Arrays.setAll(blocks, i -> i / 3);
    Arrays.setAll(orders, i -> i);
    return new LatencySamples(nanos, blocks, orders);
  }

  @Test
  void aShareIsTheMedianOverRoundsOfTheQuotientOfMedians() {
    LatencySamples whole = samples(100, 100, 900, 200, 200, 200, 400, 1, 400);
    LatencySamples part = samples(50, 50, 50, 120, 120, 120, 280, 280, 999);
    assertEquals(0.6, InterleavedMeter.share(whole, part), 1e-12, "of 0.5, 0.6 and 0.7");
  }

  @Test
  void theBandIsOfTheSameEstimate() {
    LatencySamples whole = samples(100, 100, 900, 200, 200, 200, 400, 1, 400);
    LatencySamples slower = samples(110, 110, 110, 220, 999, 220, 440, 440, 440);
    assertEquals(
        0.1,
        InterleavedMeter.halfBand(whole, slower),
        1e-12,
        "slower by a tenth in every round, whatever the rounds are");
    assertEquals(0, InterleavedMeter.halfBand(whole, whole));
    assertEquals(
        0.1, InterleavedMeter.halfBand(samples(100, 100, 100), samples(90, 90, 90)), 1e-12);
  }

  @Test
  void theBandHoldsWhatTheShareOfANetworkOfItselfIsTwentyTimesInTwenty() {
    // Rounds drift by half; within a round both drift alike. Ratios of overall medians would not
    // see that.
    Random random = new Random(3);
    int inside = 0;
    for (int trial = 0; trial < 200; trial++) {
      long[] one = new long[60];
      long[] two = new long[60];
      for (int i = 0; i < 60; i++) {
        double drift = 100_000 * (1 + 0.5 * Math.sin(Math.floorDiv(i, 3)));
        one[i] = (long) (drift * (1 + 0.02 * random.nextGaussian()));
        two[i] = (long) (drift * (1 + 0.02 * random.nextGaussian()));
      }
      double share = InterleavedMeter.share(samples(one), samples(two));
      double band = InterleavedMeter.halfBand(samples(one), samples(two));
      assertTrue(band < 0.05, trial + ": " + band);
      inside += Math.abs(share - 1) <= band ? 1 : 0;
    }
    assertEquals(200, inside);
  }

  @Test
  void aPartThatTheEngineFailsOnIsAFailureOfIt() {
    NetworkBuilder b = new NetworkBuilder("broken", 1);
    String largest = b.add("largest", new ArgMax(1, false), b.input("image", 3));
    String data = b.constant("data", Tensor.of(Shape.of(1, 3), new float[3]));
    String rows = b.add("flat", new Reshape(List.of(-1)), largest);
    Network broken = b.build(b.add("lookup", new Gather(0), data, rows));
    float[] image = new float[3 * 32 * 48];
    image[2 * 32 * 48] = 1;
    InterleavedMeter meter =
        new InterleavedMeter(new EngineSetup("onnxruntime", 1), 32, 48, image, NanoClock.SYSTEM);
    EngineFailure e =
        assertThrows(
            EngineFailure.class, () -> meter.measure(Networks.mixed(), broken, Progress.NONE));
    assertTrue(
        e.getMessage()
            .startsWith("engine onnxruntime failed while it ran network broken at 32x48:"),
        e.getMessage());
  }
}
