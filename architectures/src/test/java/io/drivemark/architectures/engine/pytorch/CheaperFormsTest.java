package io.drivemark.architectures.engine.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.CropLike;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.PadToMultiple;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.ResizeTo;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.Slice;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Operators that a learner writes in a cheaper form than the engine does, against the plain form: a
 * learner that looks at inference writes that one, and without normalisation and dropout the two
 * are the same function.
 */
class CheaperFormsTest {
  /** Sums of some hundred float32 products in another order. */
  private static final double ROUNDING = 1e-5;

  /** What a step gives: the loss, and the gradient of each weight. */
  private record Answer(double loss, Map<String, float[]> gradients) {}

  private static Answer answer(Learner learner, Shape batch, int classes) {
    byte[] truth = new byte[batch.extent(0) * batch.height() * batch.width()];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = (byte) (i % 5 == 0 ? 255 : i % classes);
    }
    FloatBuffer image = FloatBuffer.wrap(Probe.random((int) batch.elements(), 3));
    double loss = learner.backward(image, ByteBuffer.wrap(truth), 1);
    Map<String, float[]> gradients = new LinkedHashMap<>();
    for (String name : learner.learned()) {
      gradients.put(name, new float[learner.size(name)]);
      learner.gradient(name, gradients.get(name));
    }
    return new Answer(loss, gradients);
  }

  private static void requireSame(Network network, Shape batch, int classes) {
    Loss loss = Loss.plain(network.outputs().get(0), classes);
    try (Learner cheap = new Learner(network, batch, loss, w -> true, 1);
        Learner plain = Learner.inference(network, batch, loss, w -> true, 1)) {
      requireSame(answer(plain, batch, classes), answer(cheap, batch, classes));
    }
  }

  private static void requireSame(Answer expected, Answer found) {
    assertEquals(expected.loss(), found.loss(), ROUNDING);
    assertEquals(expected.gradients().keySet(), found.gradients().keySet());
    expected
        .gradients()
        .forEach(
            (name, gradient) -> {
              double steepest = 0;
              for (float g : gradient) {
                steepest = Math.max(steepest, Math.abs(g));
              }
              assertTrue(steepest > 0, name);
              assertArrayEquals(
                  gradient, found.gradients().get(name), (float) (ROUNDING * steepest), name);
            });
  }

  private static String script(Network network, Shape batch, int classes) {
    return LossScript.of(
        network, batch, Loss.plain(network.outputs().get(0), classes), ScriptMode.TRAINING);
  }

  /** 2·5·8 = 16·5 pixels, 2·3·17 = 17·6, 1·11·1: too few, 16·2·2: PyTorch needs no help. */
  @ParameterizedTest(name = "{0}x{1}x{2}")
  @CsvSource({
    "2, 5, 8, '[16, 1, 5, 3]'",
    "2, 3, 17, '[17, 1, 6, 3]'",
    "1, 23, 1, '[23, 1, 1, 3]'",
    "1, 11, 1, ''",
    "16, 2, 2, ''"
  })
  void pointwiseConvolutionsSeeAtLeastSixteenImages(
      int images, int height, int width, String folded) {
    NetworkBuilder b = new NetworkBuilder("pointwise", 1);
    String x = b.conv("first", b.input("x", 3), 7, 1).bias().build();
    Network network = b.build(b.conv("second", x, 4, 1).build());
    Shape batch = Shape.of(images, 3, height, width);
    requireSame(network, batch, 4);
    String script = script(network, batch, 4);
    assertEquals(!folded.isEmpty(), script.contains("reshape"), script);
    assertTrue(script.contains(folded), script);
  }

  @ParameterizedTest(name = "{0}x{1}, {2}x{3}")
  @CsvSource({
    "3, 1, 8, 6, 2, true",
    "3, 1, 9, 6, 3, true",
    "5, 1, 8, 6, 4, true",
    "3, 1, 7, 6, 2, false",
    "1, 3, 5, 8, 2, true",
    "1, 5, 5, 12, 4, true",
    "1, 3, 5, 10, 4, false",
    "3, 3, 8, 8, 2, false"
  })
  void dilatedLinesAChannelAreNotDilatedWhereTheExtentDivides(
      int rows, int columns, int height, int width, int dilation, boolean folds) {
    NetworkBuilder b = new NetworkBuilder("lines", 2);
    String x = b.conv("first", b.input("x", 3), 4, 3).same().build();
    String y =
        b.conv("line", x, 4, new Extent(rows, columns))
            .dilation(dilation)
            .groups(4)
            .same()
            .bias()
            .build();
    Network network = b.build(y);
    Shape batch = Shape.of(2, 3, height, width);
    requireSame(network, batch, 4);
    String script = script(network, batch, 4);
    assertEquals(folds, script.contains("reshape"), script);
  }

  /** Also at 0, where PyTorch's own operator lets the slope through; there is no rounding in it. */
  @Test
  void preluIsTheSameNumberAndSoAreItsGradients() {
    NetworkBuilder b = new NetworkBuilder("prelu", 1);
    float[] values = {-2, 0, 1, -0.5f, 0, 3, -1, 7, 0, 0, -3, 2};
    String map = b.learned("map", "kernels", Tensor.of(Shape.of(1, 2, 2, 3), values));
    String x = b.add("sum", new Elementwise(Elementwise.Kind.MUL), b.input("x", 2), map);
    Network network = b.build(b.pRelu("act", x));
    Shape batch = Shape.of(1, 2, 2, 3);
    Loss loss = Loss.plain(network.outputs().get(0), 2);
    try (Learner cheap = new Learner(network, batch, loss, w -> true, 1);
        Learner plain = Learner.inference(network, batch, loss, w -> true, 1)) {
      Answer expected = answer(plain, batch, 2);
      Answer found = answer(cheap, batch, 2);
      assertEquals(expected.loss(), found.loss());
      assertArrayEquals(
          expected.gradients().get("act.weight"), found.gradients().get("act.weight"));
      assertArrayEquals(
          expected.gradients().get("map"), found.gradients().get("map"), (float) ROUNDING);
      assertTrue(expected.gradients().get("map")[1] != 0, "the gradient at 0");
    }
    assertFalse(script(network, batch, 2).contains("prelu"));
  }

  @Test
  void whatClipsIsWrittenWithAGradientOfOnePass() {
    NetworkBuilder b = new NetworkBuilder("clip", 6);
    String x = b.conv("first", b.input("x", 3), 4, 3).same().build();
    x = b.add("relu6", new Activation(Activation.Kind.CLIP, -0.5, 0.5), x);
    x = b.conv("second", x, 4, 3).same().build();
    x = b.add("above", new Activation(Activation.Kind.CLIP, 0, Double.POSITIVE_INFINITY), x);
    x = b.conv("third", x, 4, 3).same().build();
    Network network =
        b.build(b.add("hard", new Activation(Activation.Kind.HARD_SIGMOID, 3, 0.1), x));
    Shape batch = Shape.of(2, 3, 6, 8);
    requireSame(network, batch, 4);
    assertEquals(3, script(network, batch, 4).split("hardtanh").length - 1);
  }

  /** The graph's own operator upsamples in the plain form. */
  @Test
  void coarseScoresAreUpsampledAsTheGraphDoes() {
    Shape batch = Shape.of(2, 3, 12, 20);
    Network coarse = coarse(false);
    Network full = coarse(true);
    Loss loss = Loss.plain(coarse.outputs().get(0), 4);
    try (Learner cheap = new Learner(coarse, batch, loss, w -> true, 1);
        Learner plain =
            new Learner(full, batch, Loss.plain(full.outputs().get(0), 4), w -> true, 1)) {
      requireSame(answer(plain, batch, 4), answer(cheap, batch, 4));
    }
    assertTrue(script(coarse, batch, 4).contains("torch.matmul"));
    assertFalse(script(full, batch, 4).contains("torch.matmul"));
  }

  private static Network coarse(boolean resized) {
    NetworkBuilder b = new NetworkBuilder("coarse", 5);
    String x = b.conv("scores", b.input("x", 3), 4, 4).stride(4).bias().build();
    return b.build(resized ? b.add("up", new ResizeTo(ResizeMode.BILINEAR, 12, 20), x) : x);
  }

  /** Four channels, and the same ones four times, of which the first four go on. */
  @Test
  void fewChannelsAreNormalisedAsManyAre() {
    Shape batch = Shape.of(2, 3, 6, 8);
    Network narrow = normalised(1);
    Network wide = normalised(4);
    Loss loss = Loss.plain(narrow.outputs().get(0), 4);
    try (Learner cheap = new Learner(narrow, batch, loss, w -> true, 1);
        Learner plain =
            new Learner(wide, batch, Loss.plain(wide.outputs().get(0), 4), w -> true, 1)) {
      Answer expected = answer(plain, batch, 4);
      Answer found = answer(cheap, batch, 4);
      assertEquals(expected.loss(), found.loss(), ROUNDING);
      for (String name : List.of("first.weight", "head.weight")) {
        float[] gradient = expected.gradients().get(name);
        assertArrayEquals(gradient, found.gradients().get(name), (float) ROUNDING, name);
      }
      float[] mean = new float[4];
      float[] means = new float[16];
      cheap.values("bn.running_mean", mean);
      plain.values("bn.running_mean", means);
      assertArrayEquals(java.util.Arrays.copyOf(means, 4), mean, (float) ROUNDING);
    }
    assertTrue(script(narrow, batch, 4).contains("memory_format=0"));
    assertFalse(script(wide, batch, 4).contains("memory_format=0"));
  }

  private static Network normalised(int times) {
    NetworkBuilder b = new NetworkBuilder("normalised", 8);
    String x = b.conv("first", b.input("x", 3), 4, 3).same().build();
    String all = times == 1 ? x : b.concat("all", x, x, x, x);
    String y = b.batchNorm("bn", all, 1e-3);
    if (times > 1) {
      y = b.add("part", new Slice(List.of(1), List.of(0), List.of(4)), y);
    }
    return b.build(b.conv("head", y, 4, 3).same().build());
  }

  /** The gradient of a part is a map of zeros and a copy; all of a map needs neither. */
  @Test
  void aCropCutsOnlyWhereSomethingIsCut() {
    NetworkBuilder b = new NetworkBuilder("crop", 1);
    String image = b.input("x", 3);
    String x = b.conv("scores", b.add("pad", new PadToMultiple(4), image), 4, 3).same().build();
    Network network = b.build(b.add("crop", new CropLike(), x, image));
    Shape batch = Shape.of(1, 3, 6, 8);
    requireSame(network, batch, 4);
    List<String> cuts =
        script(network, batch, 4).lines().filter(line -> line.contains("torch.slice")).toList();
    assertEquals(1, cuts.size(), cuts.toString());
    assertTrue(cuts.get(0).contains(", 2, 0, 6, 1)"), cuts.toString());
  }
}
