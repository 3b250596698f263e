package io.drivemark.architectures.engine.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.pytorch.DepthError.Norm;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.head.DepthHead.Form;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Losses of distances, alone and beside labels. */
class DepthErrorTest {
  private static final float UNKNOWN = Float.NaN;

  private record Found(double loss, float[] gradient) {}

  private static Loss loss(Form form, Norm norm) {
    return new Loss(List.of(new DepthError("sum", new DepthHead(1, 80, form), norm, 1)));
  }

  /** A learned map is the depth itself: its gradient is that of the output. */
  private static Found backward(Loss loss, float[] output, float... metres) {
    NetworkBuilder b = new NetworkBuilder("map", 1);
    Shape shape = Shape.of(1, 1, 1, output.length);
    String x = b.input("x", 1);
    String map = b.learned("map", "kernels", Tensor.of(shape, output));
    Network network = b.build(b.add("sum", new Elementwise(Elementwise.Kind.ADD), x, map));
    try (Learner learner = new Learner(network, shape, loss, w -> true, 1)) {
      double value =
          learner.backward(
              FloatBuffer.allocate(output.length),
              LossInputs.none().with(DepthError.TARGET, FloatBuffer.wrap(metres)),
              1);
      float[] gradient = new float[output.length];
      learner.gradient("map", gradient);
      return new Found(value, gradient);
    }
  }

  /** Errors 1, 2 and 4; a pixel without truth and two beyond the range do not count. */
  @Test
  void absoluteErrorsAreAveragedOverKnownPixelsOfTheRange() {
    Found found =
        backward(
            loss(Form.METRES, Norm.L1),
            new float[] {3, 6, 9, 100, 5, 5},
            2,
            8,
            5,
            UNKNOWN,
            0.5f,
            81);
    assertEquals(7 / 3.0, found.loss(), 1e-6);
    float third = 1 / 3f;
    assertArrayEquals(new float[] {third, -third, third, 0, 0, 0}, found.gradient(), 1e-7f);
  }

  /** c = 4/5 of errors 0.5 and 4: 0.5 counts as it is, 4 as (16 + 0.64)/1.6. */
  @Test
  void largeErrorsCountSquaredByBerhu() {
    Found found = backward(loss(Form.METRES, Norm.BERHU), new float[] {2.5f, 9, 50}, 2, 5, UNKNOWN);
    assertEquals((0.5 + 16.64 / 1.6) / 2, found.loss(), 1e-5);
    assertArrayEquals(new float[] {0.5f, 4 / 0.8f / 2, 0}, found.gradient(), 1e-6f);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void theErrorIsInTheOutputsOwnForm(Form form) {
    float[] right =
        switch (form) {
          case METRES -> new float[] {2, 10, 80};
          case INVERSE -> new float[] {0.5f, 0.1f, 1 / 80f};
          case LOG -> new float[] {(float) Math.log(2), (float) Math.log(10), (float) Math.log(80)};
          case UNIT_INVERSE ->
              new float[] {(0.5f - 1 / 80f) / (1 - 1 / 80f), (0.1f - 1 / 80f) / (1 - 1 / 80f), 0};
        };
    assertEquals(0, backward(loss(form, Norm.L1), right, 2, 10, 80).loss(), 1e-6);
    right[1] += 0.3f;
    assertEquals(0.1, backward(loss(form, Norm.L1), right, 2, 10, 80).loss(), 1e-6);
  }

  /** |ln| of a factor of 2 and one of 4, whatever the form. */
  @ParameterizedTest
  @EnumSource(Form.class)
  void logarithmsOfDistancesAreComparedWhateverTheForm(Form form) {
    float low = 1 / 80f;
    float[] output =
        switch (form) {
          case METRES -> new float[] {4, 5, 7};
          case INVERSE -> new float[] {1 / 4f, 1 / 5f, 7};
          case LOG -> new float[] {(float) Math.log(4), (float) Math.log(5), 7};
          case UNIT_INVERSE ->
              new float[] {(1 / 4f - low) / (1 - low), (1 / 5f - low) / (1 - low), 7};
        };
    Found found = backward(loss(form, Norm.LOG), output, 2, 20, UNKNOWN);
    assertEquals((Math.log(2) + Math.log(4)) / 2, found.loss(), 1e-6);
    double factor =
        switch (form) {
          case METRES -> 1 / 4.0;
          case INVERSE -> -4;
          case LOG -> 1;
          case UNIT_INVERSE -> -4 * (1 - low);
        };
    assertEquals(factor / 2, found.gradient()[0], 1e-5);
    assertEquals(0, found.gradient()[2]);
  }

  /** Below half of the range the logarithm goes on as a line: ln ½ − (½ − (−1))/½ at −1. */
  @Test
  void numbersThatAreNoDistanceStillLearn() {
    Found found = backward(loss(Form.METRES, Norm.LOG), new float[] {-1, 0.25f}, 2, 2);
    assertEquals((Math.log(4) + 3 + Math.log(4) + 0.5) / 2, found.loss(), 1e-6);
    assertArrayEquals(new float[] {-1, -1}, found.gradient(), 1e-6f);
    Loss wide =
        new Loss(List.of(new DepthError("sum", new DepthHead(1, 1e5, Form.INVERSE), Norm.LOG, 1)));
    float least = 5e-6f;
    assertEquals(
        -Math.log(least) - Math.log(2) + 1, backward(wide, new float[] {0}, 2).loss(), 1e-4);
  }

  @Test
  void noKnownDistanceIsNoLossAndNoNumberIsLost() {
    for (Norm norm : Norm.values()) {
      Found found = backward(loss(Form.LOG, norm), new float[] {1, 2}, UNKNOWN, 90);
      assertEquals(0, found.loss());
      assertArrayEquals(new float[2], found.gradient());
    }
  }

  /** Two heads on one input: scores [1, 2, 1, 2] and metres [1, 1, 1, 2], all from biases. */
  private static double both(byte[] truth, float[] metres, double[] gradients) {
    NetworkBuilder b = new NetworkBuilder("both", 1);
    String x = b.input("x", 1);
    String scores = b.conv("scores", x, 2, 1).bias().build();
    String z = b.conv("z", x, 1, 1).bias().build();
    DepthError term = new DepthError(z, new DepthHead(1, 80, Form.METRES), Norm.L1, 0.5);
    Loss loss = Loss.plain(scores, 2).with(term);
    try (Learner learner =
        new Learner(b.build(scores, z), Shape.of(1, 1, 1, 2), loss, w -> true, 1)) {
      double value =
          learner.backward(
              FloatBuffer.allocate(2),
              LossInputs.labels(ByteBuffer.wrap(truth))
                  .with(DepthError.TARGET, FloatBuffer.wrap(metres)),
              1);
      float[] gradient = new float[2];
      learner.gradient("scores.bias", gradient);
      gradients[0] = gradient[0];
      float[] one = new float[1];
      learner.gradient("z.bias", one);
      gradients[1] = one[0];
      return value;
    }
  }

  @Test
  void labelsAndDistancesAddByTheirWeightsAndEitherMayBeMissing() {
    byte nothing = (byte) 255;
    double[] gradients = new double[2];
    double sum = both(new byte[] {0, nothing}, new float[] {4, 8}, gradients);
    assertEquals(Math.log(2) + 0.5 * 6, sum, 1e-6);
    assertArrayEquals(new double[] {-0.5, -0.5}, gradients, 1e-6);
    double depth = both(new byte[] {nothing, nothing}, new float[] {4, UNKNOWN}, gradients);
    assertEquals(0.5 * 4, depth, 1e-6);
    assertArrayEquals(new double[] {0, -0.5}, gradients, 1e-6);
    double labels = both(new byte[] {0, 0}, new float[] {UNKNOWN, UNKNOWN}, gradients);
    assertEquals(Math.log(2), labels, 1e-6);
    assertArrayEquals(new double[] {-0.5, 0}, gradients, 1e-6);
    double none = both(new byte[] {nothing, nothing}, new float[] {UNKNOWN, 90}, gradients);
    assertEquals(0, none);
    assertArrayEquals(new double[2], gradients);
  }

  /** Grey values say the distance: log metres = 1.5 − 2·grey. Half the pixels have no truth. */
  @Test
  void aNetworkLearnsDistancesFromPixels() {
    NetworkBuilder b = new NetworkBuilder("learn", 5);
    String x = b.input("x", 1);
    String y = b.relu("relu", b.conv("a", x, 8, 1).bias().build());
    Network network = b.build(b.conv("z", y, 1, 1).bias().build());
    Shape batch = Shape.of(2, 1, 8, 8);
    DepthError term = new DepthError("z", new DepthHead(1, 80, Form.LOG), Norm.L1, 1);
    Random random = new Random(3);
    double first = 0;
    double last = 0;
    try (Learner learner = new Learner(network, batch, new Loss(List.of(term)), w -> true, 1)) {
      for (int step = 0; step < 300; step++) {
        float[] image = new float[128];
        float[] metres = new float[128];
        for (int i = 0; i < image.length; i++) {
          image[i] = random.nextFloat() * 0.7f;
          metres[i] = i % 2 == 0 ? UNKNOWN : (float) Math.exp(1.5 - 2 * image[i]);
        }
        double loss =
            learner.backward(
                FloatBuffer.wrap(image),
                LossInputs.none().with(DepthError.TARGET, FloatBuffer.wrap(metres)),
                step);
        first = step == 0 ? loss : first;
        last = loss;
        for (String name : learner.learned()) {
          float[] values = new float[learner.size(name)];
          float[] gradient = new float[values.length];
          learner.values(name, values);
          learner.gradient(name, gradient);
          for (int i = 0; i < values.length; i++) {
            values[i] -= (step < 200 ? 0.1f : 0.01f) * gradient[i];
          }
          learner.setValues(name, values);
        }
      }
    }
    System.out.printf("depth error of the logarithm: %.3f before, %.3f after%n", first, last);
    assertTrue(last < 0.25 * first, first + " " + last);
  }

  /**
   * Maps of 1×4 and 1×2 of inverse metres, each with two planes of which the first counts. At full
   * size the coarse one is 0.2, 0.1625, 0.0875 and 0.05.
   */
  @Test
  void everyScaleCountsHalfOfTheFinerOne() {
    NetworkBuilder b = new NetworkBuilder("scales", 1);
    b.input("x", 1);
    float[] fine = {0.2f, 0.2f, 0.1f, 0.1f, 9, 9, 9, 9};
    Tensor first = Tensor.of(Shape.of(1, 2, 1, 4), fine);
    Tensor second = Tensor.of(Shape.of(1, 2, 1, 2), new float[] {0.2f, 0.05f, 9, 9});
    b.add("a", new Identity(), b.learned("fine", "kernels", first));
    b.add("b", new Identity(), b.learned("coarse", "kernels", second));
    DepthError term =
        DepthError.ofScales(List.of("a", "b"), new DepthHead(1, 80, Form.INVERSE), Norm.LOG);
    assertEquals(Map.of("a", 1.0, "b", 0.5), term.shares());
    assertEquals(
        0.125,
        DepthError.ofScales(List.of("a", "b", "c", "d"), term.head(), Norm.L1).shares().get("d"));
    Loss loss = new Loss(List.of(term));
    try (Learner learner =
        new Learner(b.build("a", "b"), Shape.of(1, 1, 1, 4), loss, w -> true, 1)) {
      double value =
          learner.backward(
              FloatBuffer.allocate(4),
              LossInputs.none()
                  .with(DepthError.TARGET, FloatBuffer.wrap(new float[] {10, UNKNOWN, 40, 90})),
              1);
      double expected =
          (Math.log(2) + Math.log(4)) / 2 + 0.5 * (Math.log(2) + Math.log(0.0875 * 40)) / 2;
      assertEquals(expected, value, 1e-5);
      float[] gradient = new float[8];
      learner.gradient("fine", gradient);
      assertArrayEquals(new float[] {1 / 0.4f, 0, 1 / 0.2f, 0, 0, 0, 0, 0}, gradient, 1e-5f);
    }
  }

  @Test
  void whatHasNoValueTogetherIsRefused() {
    DepthError term = new DepthError("z", new DepthHead(1, 80, Form.LOG), Norm.L1, 1);
    Loss hard = Loss.ofLabels(List.of("y"), new float[] {1, 1}, 0.5, 0);
    assertEquals(
        "a depth error beside soft labels or a hard share below 1 has no value on frames that are"
            + " void throughout; learn from all pixels' labels",
        assertThrows(IllegalArgumentException.class, () -> hard.with(term)).getMessage());
    assertEquals(
        "soft targets without labels",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Loss(List.of(term)).withSoft(new SoftTargets(0.5, 1, 1, 1)))
            .getMessage());
  }
}
