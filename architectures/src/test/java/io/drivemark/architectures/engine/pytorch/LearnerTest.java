package io.drivemark.architectures.engine.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.MaxPool;
import io.drivemark.architectures.graph.op.MaxUnpool;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LearnerTest {
  private static final byte VOID = (byte) 255;

  /** Adds a learned map to an input of zeros: the gradient of the map is that of the logits. */
  private static Network logits(Shape shape, float[] values) {
    NetworkBuilder b = new NetworkBuilder("logits", 1);
    String x = b.input("x", shape.channels());
    String map = b.learned("map", "kernels", Tensor.of(shape, values));
    return b.build(b.add("sum", new Elementwise(Elementwise.Kind.ADD), x, map));
  }

  private static float[] gradient(
      Shape shape, float[] logits, byte[] truth, Loss loss, double[] value) {
    try (Learner learner = new Learner(logits(shape, logits), shape, loss, w -> true, 1)) {
      FloatBuffer image = FloatBuffer.allocate(logits.length);
      value[0] = learner.backward(image, ByteBuffer.wrap(truth), 1);
      float[] gradient = new float[logits.length];
      learner.gradient("map", gradient);
      return gradient;
    }
  }

  @Test
  void lossIsTheWeightedMeanAndVoidHasNoGradientAtAll() {
    // two classes, pixels: truth 0, truth 1, void; logits 0 everywhere but class 1 of pixel 1
    float[] z = {0, 0, 5, 0, 1, -7};
    double[] value = new double[1];
    float[] gradient =
        gradient(
            Shape.of(1, 2, 1, 3),
            z,
            new byte[] {0, 1, VOID},
            Loss.ofLabels(List.of("sum"), new float[] {1, 3}, 1, 0),
            value);
    double right = 1 / (1 + Math.exp(-1));
    assertEquals((Math.log(2) - 3 * Math.log(right)) / 4, value[0], 1e-6);
    assertEquals(-0.5 / 4, gradient[0], 1e-6);
    assertEquals(3 * (1 - right) / 4, gradient[1], 1e-6);
    assertEquals(0.5 / 4, gradient[3], 1e-6);
    assertEquals(-3 * (1 - right) / 4, gradient[4], 1e-6);
    assertEquals(0f, Math.abs(gradient[2]));
    assertEquals(0f, Math.abs(gradient[5]));
  }

  @Test
  void onlyVoidIsNoLossAndNoNumberIsLost() {
    Shape shape = Shape.of(1, 2, 1, 2);
    try (Learner learner =
        new Learner(logits(shape, new float[4]), shape, Loss.plain("sum", 2), w -> true, 1)) {
      byte[] truth = {VOID, VOID};
      assertEquals(0, learner.backward(FloatBuffer.allocate(4), ByteBuffer.wrap(truth), 1));
      float[] gradient = {1, 1, 1, 1};
      learner.gradient("map", gradient);
      assertArrayEquals(new float[4], gradient);
    }
  }

  /**
   * Pixel 0: the other network's logits (2 ln 3, 0) at T = 2 are (3/4, 1/4), its own (1/2, 1/2), so
   * KL = 3/4 ln 3/2 + 1/4 ln 1/2 = 0.130812; pixel 1 agrees; the void pixel does not count. With
   * weight 1/4: 3/4 ln 2 + 1/4 · 4 · 0.130812/2.
   */
  @Test
  void softTargetsAddTheDivergenceFromAnotherNetwork() {
    Shape shape = Shape.of(1, 2, 1, 3);
    float[] other = {(float) (2 * Math.log(3)), 4, 9, 0, 4, -9};
    Loss loss = Loss.plain("sum", 2).withSoft(new SoftTargets(0.25, 2, 1, 3));
    float[] gradient = new float[6];
    double value;
    try (Learner learner = new Learner(logits(shape, new float[6]), shape, loss, w -> true, 1)) {
      byte[] truth = {0, 0, VOID};
      value =
          learner.backward(
              FloatBuffer.allocate(6),
              LossInputs.labels(ByteBuffer.wrap(truth))
                  .with(SoftLabels.TARGET, FloatBuffer.wrap(other)),
              1);
      learner.gradient("map", gradient);
    }
    assertEquals(0.75 * Math.log(2) + 0.065406, value, 1e-6);
    double labels = -0.75 * 0.5 / 2;
    assertEquals(labels + 0.25 * 4 / 2 / 2 * (0.5 - 0.75), gradient[0], 1e-6);
    assertEquals(labels, gradient[1], 1e-6);
    assertEquals(0f, Math.abs(gradient[2]));
    assertEquals(-labels + 0.25 * 4 / 2 / 2 * (0.5 - 0.25), gradient[3], 1e-6);
    assertEquals(0f, Math.abs(gradient[5]));
  }

  @Test
  void softTargetsOfASmallerMapAreUpsampled() {
    Shape shape = Shape.of(1, 2, 2, 4);
    Loss whole = Loss.plain("sum", 2).withSoft(new SoftTargets(1, 3, 2, 4));
    Loss small = Loss.plain("sum", 2).withSoft(new SoftTargets(1, 3, 1, 1));
    float[] same = new float[16];
    java.util.Arrays.fill(same, 0, 8, 2);
    assertEquals(soft(shape, whole, same), soft(shape, small, new float[] {2, 0}), 1e-6);
    assertTrue(soft(shape, whole, same) > 0.1);
    assertEquals(0, soft(shape, small, new float[2]), 1e-6);
  }

  private static double soft(Shape shape, Loss loss, float[] other) {
    try (Learner learner = new Learner(logits(shape, new float[16]), shape, loss, w -> true, 1)) {
      return learner.backward(
          FloatBuffer.allocate(16),
          LossInputs.labels(ByteBuffer.allocate(8))
              .with(SoftLabels.TARGET, FloatBuffer.wrap(other)),
          1);
    }
  }

  @Test
  void whatALossDoesNotNeedOrNeedsInAnotherSizeIsRefused() {
    Shape shape = Shape.of(1, 2, 1, 1);
    Loss plain = Loss.plain("sum", 2);
    try (Learner learner = new Learner(logits(shape, new float[2]), shape, plain, w -> true, 1);
        Learner soft =
            new Learner(
                logits(shape, new float[2]),
                shape,
                plain.withSoft(new SoftTargets(0.5, 1, 1, 1)),
                w -> true,
                1)) {
      FloatBuffer image = FloatBuffer.allocate(2);
      LossInputs labels = LossInputs.labels(ByteBuffer.allocate(1));
      refused(
          "the loss needs labels and [], given are labels and [soft]",
          () -> learner.backward(image, labels.with("soft", FloatBuffer.allocate(2)), 1));
      refused(
          "the loss needs labels and [], given are no labels and []",
          () -> learner.backward(image, LossInputs.none(), 1));
      refused(
          "the loss needs labels and [soft], given are labels and []",
          () -> soft.backward(image, labels, 1));
      refused(
          "target soft: 3 values, expected 2",
          () -> soft.backward(image, labels.with("soft", FloatBuffer.allocate(3)), 1));
      refused(
          "the loss is of output nap, network logits has sum",
          () ->
              new Learner(logits(shape, new float[2]), shape, Loss.plain("nap", 2), w -> true, 1));
    }
  }

  @Test
  void bootstrappingKeepsTheHardestShareOfValidPixels() {
    // losses of class 0 against 0: log(1 + e^z) for z = 3, 0, 1, −2; one void pixel
    float[] z = {0, 0, 0, 0, 0, 3, 0, 1, -2, 9};
    double[] value = new double[1];
    float[] gradient =
        gradient(
            Shape.of(1, 2, 1, 5),
            z,
            new byte[] {0, 0, 0, 0, VOID},
            Loss.ofLabels(List.of("sum"), new float[] {2, 1}, 0.5, 0),
            value);
    double expected = (Math.log1p(Math.exp(3)) + Math.log1p(Math.exp(1))) / 2;
    assertEquals(expected, value[0], 1e-6);
    for (int pixel : new int[] {1, 3, 4}) {
      assertEquals(0f, Math.abs(gradient[pixel]), "pixel " + pixel);
      assertEquals(0f, Math.abs(gradient[5 + pixel]), "pixel " + pixel);
    }
    assertEquals(0.5 / (1 + Math.exp(-1)), gradient[5 + 2], 1e-6);
  }

  @Test
  void auxiliaryOutputsAddTheirShare() {
    NetworkBuilder b = new NetworkBuilder("heads", 1);
    String x = b.input("x", 1);
    String main = b.conv("main", x, 2, 1).bias().build();
    String side = b.conv("side", x, 2, 1).bias().build();
    Shape batch = Shape.of(1, 1, 1, 1);
    Loss loss = Loss.ofLabels(List.of(main, side), new float[] {1, 1}, 1, 0.25);
    try (Learner learner = new Learner(b.build(main, side), batch, loss, w -> true, 1)) {
      double value = learner.backward(FloatBuffer.allocate(1), ByteBuffer.wrap(new byte[1]), 1);
      assertEquals(1.25 * Math.log(2), value, 1e-6);
      float[] gradient = new float[2];
      learner.gradient("main.bias", gradient);
      assertEquals(-0.5, gradient[0], 1e-6);
      learner.gradient("side.bias", gradient);
      assertEquals(-0.125, gradient[0], 1e-6);
    }
  }

  @Test
  void labelWithoutAClassIsRefused() {
    Shape shape = Shape.of(1, 2, 1, 1);
    try (Learner learner =
        new Learner(logits(shape, new float[2]), shape, Loss.plain("sum", 2), w -> true, 1)) {
      IllegalArgumentException problem =
          assertThrows(
              IllegalArgumentException.class,
              () -> learner.backward(FloatBuffer.allocate(2), ByteBuffer.wrap(new byte[] {2}), 1));
      assertEquals("label 2 has no class among the 2 outputs", problem.getMessage());
    }
  }

  @Test
  void gradientsPassThroughPoolingAndUnpoolingExactly() {
    NetworkBuilder b = new NetworkBuilder("unpool", 1);
    String x = b.input("x", 2);
    String map =
        b.learned(
            "map",
            "kernels",
            Tensor.of(Shape.of(1, 2, 2, 2), new float[] {1, 4, 4, 2, 0, -1, -3, -2}));
    String sum = b.add("sum", new Elementwise(Elementwise.Kind.ADD), x, map);
    MaxPool pool = new MaxPool(Extent.square(2), Extent.square(2), Padding.NONE, false, true);
    List<String> pooled = b.addAll("pool", pool, List.of(sum), List.of("max", "where"));
    String back =
        b.add(
            "back",
            new MaxUnpool(Extent.square(2), Extent.square(2)),
            pooled.get(0),
            pooled.get(1));
    Shape batch = Shape.of(1, 2, 2, 2);
    try (Learner learner = new Learner(b.build(back), batch, Loss.plain(back, 2), w -> true, 1)) {
      learner.backward(FloatBuffer.allocate(8), ByteBuffer.wrap(new byte[4]), 1);
      float[] gradient = new float[8];
      learner.gradient("map", gradient);
      // only the two maxima (the first of the tie) are connected to the loss
      double p = 1 / (1 + Math.exp(4)); // class 1 at pixel 1, where class 0 has 4
      assertEquals(-p / 4, gradient[1], 1e-6);
      assertEquals(0.5 / 4, gradient[4], 1e-6);
      for (int i : new int[] {0, 2, 3, 5, 6, 7}) {
        assertEquals(0f, Math.abs(gradient[i]), "value " + i);
      }
    }
  }

  @Test
  void batchStatisticsMoveTheRunningOnesByATenth() {
    NetworkBuilder b = new NetworkBuilder("bn", 1);
    String x = b.input("x", 2);
    Network network = b.build(b.batchNorm("bn", x, 1e-5));
    Shape batch = Shape.of(2, 2, 1, 2);
    try (Learner learner =
        new Learner(network, batch, Loss.plain(network.outputs().get(0), 2), w -> true, 1)) {
      // channel 0: 1, 2, 3, 6: mean 3, unbiased variance 14/3; channel 1: 0
      float[] image = {1, 2, 0, 0, 3, 6, 0, 0};
      learner.backward(FloatBuffer.wrap(image), ByteBuffer.wrap(new byte[4]), 1);
      float[] mean = new float[2];
      float[] variance = new float[2];
      learner.values("bn.running_mean", mean);
      learner.values("bn.running_var", variance);
      assertArrayEquals(new float[] {0.3f, 0}, mean, 1e-6f);
      assertArrayEquals(new float[] {0.9f + 0.1f * 14 / 3, 0.9f}, variance, 1e-5f);
      assertEquals(
          Tensor.of(Shape.of(2), mean),
          learner.network().weights().get("bn.running_mean").tensor());
    }
  }

  /** Loss and gradients are those of the network at inference, and dropout still drops. */
  @Test
  void fixedStatisticsNormaliseAndStay() {
    NetworkBuilder b = new NetworkBuilder("bn", 1);
    Network network = b.build(b.batchNorm("bn", b.input("x", 2), 1e-5));
    Shape batch = Shape.of(2, 2, 1, 2);
    Loss loss = Loss.plain(network.outputs().get(0), 2);
    FloatBuffer image = FloatBuffer.wrap(new float[] {1, 2, 0, 0, 3, 6, 0, 0});
    ByteBuffer truth = ByteBuffer.wrap(new byte[] {0, 1, 1, 0});
    try (Learner fixed = Learner.withFixedStatistics(network, batch, loss, w -> true, 1);
        Learner moving = new Learner(network, batch, loss, w -> true, 1);
        Learner inference = Learner.inference(network, batch, loss, w -> true, 1)) {
      for (Learner learner : List.of(fixed, inference)) {
        learner.setValues("bn.running_mean", new float[] {2, -1});
        learner.setValues("bn.running_var", new float[] {4, 0.25f});
      }
      assertEquals(inference.backward(image, truth, 1), fixed.backward(image, truth, 1));
      assertNotEquals(moving.backward(image, truth, 1), fixed.backward(image, truth, 1));
      float[] expected = new float[2];
      float[] found = new float[2];
      for (String name : fixed.learned()) {
        inference.gradient(name, expected);
        fixed.gradient(name, found);
        assertArrayEquals(expected, found, name);
      }
      fixed.values("bn.running_mean", found);
      assertArrayEquals(new float[] {2, -1}, found);
      fixed.values("bn.running_var", found);
      assertArrayEquals(new float[] {4, 0.25f}, found);
    }
  }

  @Test
  void dropoutDropsWhereStatisticsAreFixed() {
    NetworkBuilder b = new NetworkBuilder("drop", 1);
    String x = b.batchNorm("bn", b.input("x", 2), 1e-5);
    Network network = b.build(b.add("drop", new Dropout(0.5), x));
    Shape batch = Shape.of(1, 2, 1, 2);
    Loss loss = Loss.plain(network.outputs().get(0), 2);
    FloatBuffer image = FloatBuffer.wrap(new float[] {1, 2, 3, 4});
    ByteBuffer truth = ByteBuffer.wrap(new byte[2]);
    try (Learner fixed = Learner.withFixedStatistics(network, batch, loss, w -> true, 1)) {
      long values =
          LongStream.range(0, 20)
              .mapToObj(seed -> fixed.backward(image, truth, seed))
              .distinct()
              .count();
      assertTrue(values > 1, "20 seeds, one loss");
    }
  }

  @Test
  void predictionUsesTheWeightsAsTheyAre() {
    Shape shape = Shape.of(1, 2, 1, 2);
    try (Learner learner =
        new Learner(
            logits(shape, new float[] {1, 0, 0, 1}), shape, Loss.plain("sum", 2), w -> true, 1)) {
      byte[] labels = new byte[2];
      learner.predict(FloatBuffer.allocate(4), 1, 2, 1, 2, labels);
      assertArrayEquals(new byte[] {0, 1}, labels);
      learner.setValues("map", new float[] {0, 3, 1, 1});
      learner.predict(FloatBuffer.allocate(4), 1, 2, 1, 2, labels);
      assertArrayEquals(new byte[] {1, 0}, labels);
      byte[] larger = new byte[8];
      learner.predict(FloatBuffer.allocate(4), 1, 2, 2, 4, larger);
      assertArrayEquals(new byte[] {1, 1, 0, 0, 1, 1, 0, 0}, larger);
    }
  }

  /** Every gradient of a small network with all that ENet and ESPNet use, against differences. */
  @Test
  void gradientsEqualFiniteDifferences() {
    NetworkBuilder b = new NetworkBuilder("mixed", 3);
    String x = b.input("x", 2);
    String y = b.conv("a", x, 4, 3).same().build();
    y = b.pRelu("prelu", b.batchNorm("bn", y, 1e-3));
    String z =
        b.convTranspose("up", b.conv("down", y, 4, 2).stride(2).build(), 4, 2).stride(2).build();
    String head = b.conv("head", b.sum("sum", y, z), 3, 1).bias().build();
    Network network = b.build(head);
    Shape batch = Shape.of(2, 2, 4, 4);
    float[] image = Probe.random(64, 11);
    byte[] truth = new byte[32];
    new Random(5).nextBytes(truth);
    for (int i = 0; i < truth.length; i++) {
      truth[i] = i % 7 == 0 ? VOID : (byte) Math.floorMod(truth[i], 3);
    }
    Loss loss = Loss.ofLabels(List.of(head), new float[] {1, 2, 0.5f}, 1, 0);
    try (Learner learner = new Learner(network, batch, loss, w -> true, 1)) {
      learner.backward(FloatBuffer.wrap(image), ByteBuffer.wrap(truth), 1);
      List<float[]> gradients = new ArrayList<>();
      for (String name : learner.learned()) {
        float[] gradient = new float[learner.size(name)];
        learner.gradient(name, gradient);
        gradients.add(gradient);
      }
      float step = 1e-3f;
      for (int w = 0; w < gradients.size(); w++) {
        String name = learner.learned().get(w);
        float[] values = new float[learner.size(name)];
        learner.values(name, values);
        double steepest = 0;
        for (int i = 0; i < Math.min(4, values.length); i++) {
          float[] moved = values.clone();
          moved[i] = values[i] + step;
          learner.setValues(name, moved);
          double above = learner.backward(FloatBuffer.wrap(image), ByteBuffer.wrap(truth), 1);
          moved[i] = values[i] - step;
          learner.setValues(name, moved);
          double below = learner.backward(FloatBuffer.wrap(image), ByteBuffer.wrap(truth), 1);
          learner.setValues(name, values);
          // rounding of float32 losses over the step: below a thousandth
          assertEquals(
              (above - below) / (2 * step), gradients.get(w)[i], 1e-3, name + "[" + i + "]");
          steepest = Math.max(steepest, Math.abs(gradients.get(w)[i]));
        }
        assertNotEquals(0, steepest, name);
      }
    }
  }

  /** A thousand steps: resident memory at the end is that after the first two hundred. */
  @Test
  @Tag("leak")
  void memoryStaysFlatOverSteps() throws IOException {
    Path status = Path.of("/proc/self/status");
    Assumptions.assumeTrue(Files.exists(status), "resident memory is read from /proc");
    NetworkBuilder b = new NetworkBuilder("small", 3);
    String y = b.conv("a", b.input("x", 3), 16, 3).same().build();
    Network network = b.build(b.conv("head", b.pRelu("act", y), 3, 1).build());
    Shape batch = Shape.of(2, 3, 32, 48);
    FloatBuffer image = FloatBuffer.wrap(Probe.random((int) batch.elements(), 1));
    ByteBuffer truth = ByteBuffer.allocate(2 * 32 * 48);
    try (Learner learner =
        new Learner(network, batch, Loss.plain(network.outputs().get(0), 3), w -> true, 1)) {
      long early = 0;
      for (int i = 0; i < 1_000; i++) {
        learner.backward(image, truth, i);
        for (String name : learner.learned()) {
          learner.gradient(name, new float[learner.size(name)]);
        }
        learner.predict(image, 32, 48, 32, 48, new byte[32 * 48]);
        if (i == 200) {
          early = Probe.residentKib(status);
        }
      }
      long grown = Probe.residentKib(status) - early;
      System.out.println("pytorch: 1000 training steps, resident memory grew by " + grown + " KiB");
      assertTrue(grown < 16 * 1024, "resident memory grew by " + grown + " KiB");
    }
  }

  @Test
  void arraysOfAnotherLengthAndFrozenWeightsAreRefused() {
    Shape shape = Shape.of(1, 2, 1, 1);
    try (Learner learner =
        new Learner(logits(shape, new float[2]), shape, Loss.plain("sum", 2), w -> false, 1)) {
      assertEquals(2, learner.size("map"));
      refused("weight map: expected 2 values, found 1", () -> learner.values("map", new float[1]));
      refused(
          "weight map: expected 2 values, found 3", () -> learner.setValues("map", new float[3]));
      refused(
          "weight map is frozen: it has no gradient", () -> learner.gradient("map", new float[2]));
      refused("logits has no weight nap", () -> learner.size("nap"));
    }
  }

  private static void refused(String message, org.junit.jupiter.api.function.Executable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
