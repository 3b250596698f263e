package io.drivemark.architectures.engine.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Identity;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.files.Digests;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The loss of pairs: figures worked out by hand, and a reference in double precision. */
class PairLossTest {
  /** What a step found: the loss, and its gradient for each scale's map. */
  record Found(double loss, List<float[]> gradients) {}

  /** A learned map for each scale is the network's output: its gradient is that of the output. */
  static Found backward(
      List<LossTerm> terms, double[][][][] scales, double[][][] left, double[][][] right) {
    NetworkBuilder b = new NetworkBuilder("maps", 1);
    b.input("x", 3);
    for (int s = 0; s < scales.length; s++) {
      float[] values = flat(scales[s]);
      Shape shape = Shape.of(1, 2, scales[s][0].length, scales[s][0][0].length);
      b.add(name(s), new Identity(), b.learned("map" + s, "kernels", Tensor.of(shape, values)));
    }
    Network network = b.build(names(scales.length).toArray(new String[0]));
    Shape batch = Shape.of(1, 3, left[0].length, left[0][0].length);
    Loss loss = new Loss(terms);
    LossInputs inputs = LossInputs.none();
    if (!loss.targets(batch).isEmpty()) {
      inputs =
          inputs
              .with(PhotometricError.LEFT, FloatBuffer.wrap(flat(left)))
              .with(PhotometricError.RIGHT, FloatBuffer.wrap(flat(right)));
    }
    try (Learner learner = new Learner(network, batch, loss, w -> true, 1)) {
      double value = learner.backward(FloatBuffer.allocate((int) batch.elements()), inputs, 1);
      List<float[]> gradients = new ArrayList<>();
      for (int s = 0; s < scales.length; s++) {
        float[] gradient = new float[learner.size("map" + s)];
        learner.gradient("map" + s, gradient);
        gradients.add(gradient);
      }
      return new Found(value, gradients);
    }
  }

  private static String name(int scale) {
    return "d" + scale;
  }

  static List<String> names(int scales) {
    List<String> names = new ArrayList<>();
    for (int s = 0; s < scales; s++) {
      names.add(name(s));
    }
    return names;
  }

  private static float[] flat(double[][][] maps) {
    float[] out = new float[maps.length * maps[0].length * maps[0][0].length];
    int i = 0;
    for (double[][] map : maps) {
      for (double[] row : map) {
        for (double value : row) {
          out[i++] = (float) value;
        }
      }
    }
    return out;
  }

  private static double[][] filled(int height, int width, double value) {
    double[][] map = new double[height][width];
    Arrays.stream(map).forEach(row -> Arrays.fill(row, value));
    return map;
  }

  private static double[][][] grey(double[][] map) {
    return new double[][][] {map, map, map};
  }

  private static double photometric(double[][][][] scales, double[][][] l, double[][][] r) {
    return backward(List.of(new PhotometricError(names(scales.length), 1)), scales, l, r).loss();
  }

  private static double consistency(double[][][][] scales) {
    double[][][] any = grey(filled(scales[0][0].length, scales[0][0][0].length, 0));
    return backward(List.of(new ConsistencyError(names(scales.length), 1)), scales, any, any)
        .loss();
  }

  /**
   * Grey 0.5 and 0.25, nothing moved: no variance, so SSIM = (2·0.125 + 1e-4)/(0.25 + 0.0625 +
   * 1e-4) = 0.2501/0.3126, half of what lacks to 1 is 0.0999680; 0.85 of it and 0.15 of 0.25,
   * twice.
   */
  @Test
  void evenPhotographsDifferByTheirLuminanceAlone() {
    double[][][][] still = {{filled(4, 5, 0), filled(4, 5, 0)}};
    double structure = (1 - 0.2501 / 0.3126) / 2;
    assertEquals(
        2 * (0.85 * structure + 0.15 * 0.25),
        photometric(still, grey(filled(4, 5, 0.5)), grey(filled(4, 5, 0.25))),
        1e-5);
    assertEquals(0.0999680, structure, 1e-7);
  }

  /**
   * A row of four. The left view has 1.5 pixels everywhere, the right one 1: the left one reads the
   * right one at −1.5, −0.5, 0.5 and 1.5 and finds 0, 0.125, 0.25, 0.25 where it has 0.375; the
   * right one reads the left one at 1, 2, 3 and 4 and finds 0.375 three times, then nothing.
   */
  @Test
  void viewsAreReadToTheLeftAndToTheRightAndBeyondTheBorderIsNothing() {
    double[][][][] row = {{filled(1, 4, 0.375), filled(1, 4, 0.25)}};
    double left = (0.375 + 0.25 + 0.125 + 0.125) / 4;
    double right = (0.125 + 0.125 + 0.125 + 0.25) / 4;
    assertEquals(left + right, consistency(row), 1e-6);
  }

  /** A disparity that rises by 0.1 a column, in a photograph that rises by 0.5 from 1 to 2. */
  @Test
  void disparitiesMayChangeWhereThePhotographDoes() {
    double[][] ramp = {{0, 0.1, 0.2}, {0, 0.1, 0.2}};
    double[][] edge = {{0.25, 0.25, 0.75}, {0.25, 0.25, 0.75}};
    double[][][][] scale = {{ramp, filled(2, 3, 0.2)}};
    double expected = (0.1 + 0.1 * Math.exp(-0.5)) / 2;
    assertEquals(
        expected,
        backward(List.of(new SmoothnessError(names(1), 1)), scale, grey(edge), grey(edge)).loss(),
        1e-6);
    double[][] down = {{0, 0, 0}, {0.3, 0.3, 0.3}};
    double[][][][] rows = {{filled(2, 3, 0.2), down}};
    assertEquals(
        0.3,
        backward(List.of(new SmoothnessError(names(1), 1)), rows, grey(edge), grey(edge)).loss(),
        1e-6);
  }

  /**
   * A texture that is {@code moved} columns further left in the right view, black where a view has
   * no partner: the right disparity leaves nothing, another sign or size does.
   */
  @Test
  void theRightDisparityOfAMovedTextureLeavesNothing() {
    int width = 32;
    int moved = 4;
    Random random = new Random(7);
    double[][] left = new double[8][width];
    double[][] right = new double[8][width];
    for (int y = 0; y < 8; y++) {
      for (int x = moved; x < width; x++) {
        left[y][x] = 0.2 + 0.6 * random.nextDouble();
        right[y][x - moved] = left[y][x];
      }
    }
    double share = (double) moved / width;
    double exact = photometric(both(8, width, share), grey(left), grey(right));
    double turned = photometric(both(8, width, -share), grey(left), grey(right));
    double off = photometric(both(8, width, 1.1 * share), grey(left), grey(right));
    assertEquals(0, exact, 1e-4); // variances are differences of float32 squares
    assertTrue(turned > 0.5, "" + turned);
    assertTrue(off > 0.05, "" + off);
    assertEquals(2 * share * moved / width, consistency(both(8, width, share)), 1e-6);
  }

  private static double[][][][] both(int height, int width, double share) {
    return new double[][][][] {{filled(height, width, share), filled(height, width, share)}};
  }

  /** Four scales of a photograph of 24×40. */
  private record Case(double[][][][] scales, double[][][] left, double[][][] right) {
    static Case random(long seed) {
      Random random = new Random(seed);
      double[][][][] scales = new double[4][][][];
      for (int s = 0; s < 4; s++) {
        scales[s] = maps(random, 2, 24 >> s, 40 >> s, 0.3);
      }
      return new Case(scales, maps(random, 3, 24, 40, 1), maps(random, 3, 24, 40, 1));
    }

    private static double[][][] maps(Random random, int n, int height, int width, double most) {
      double[][][] out = new double[n][height][width];
      for (double[][] map : out) {
        for (double[] row : map) {
          for (int x = 0; x < width; x++) {
            row[x] = (float) (most * random.nextDouble());
          }
        }
      }
      return out;
    }

    double total() {
      return PairReference.photometric(scales, left, right)
          + 0.1 * PairReference.smoothness(scales, left, right)
          + PairReference.consistency(scales);
    }
  }

  @Test
  void termsAreThoseOfTheReferenceAtFourScales() {
    for (long seed = 1; seed <= 3; seed++) {
      Case c = Case.random(seed);
      String what = "seed " + seed;
      assertEquals(
          PairReference.photometric(c.scales, c.left, c.right),
          photometric(c.scales, c.left, c.right),
          2e-5,
          what);
      assertEquals(
          PairReference.smoothness(c.scales, c.left, c.right),
          backward(List.of(new SmoothnessError(names(4), 1)), c.scales, c.left, c.right).loss(),
          1e-5,
          what);
      assertEquals(PairReference.consistency(c.scales), consistency(c.scales), 1e-5, what);
      assertEquals(
          c.total(),
          backward(Loss.ofPairs(names(4)).terms(), c.scales, c.left, c.right).loss(),
          3e-5,
          what);
    }
  }

  /** Central differences of the reference; at a kink of |x| or between columns they have no say. */
  @Test
  void gradientsAreThoseOfTheReference() {
    Case c = Case.random(11);
    Found found = backward(Loss.ofPairs(names(4)).terms(), c.scales, c.left, c.right);
    Random random = new Random(5);
    int compared = 0;
    for (int i = 0; i < 60; i++) {
      int s = random.nextInt(4);
      int view = random.nextInt(2);
      int y = random.nextInt(24 >> s);
      int x = random.nextInt(40 >> s);
      double coarse = slope(c, c.scales[s][view][y], x, 1e-6);
      double fine = slope(c, c.scales[s][view][y], x, 1e-7);
      if (Math.abs(coarse - fine) > 1e-6) {
        continue;
      }
      compared++;
      double gradient = found.gradients().get(s)[(view * (24 >> s) + y) * (40 >> s) + x];
      assertEquals(
          fine, gradient, 1e-4 + 1e-3 * Math.abs(fine), "scale " + s + ", " + y + ", " + x);
    }
    assertTrue(compared > 40, compared + " of 60");
  }

  private static double slope(Case c, double[] row, int x, double step) {
    double before = row[x];
    row[x] = before + step;
    double more = c.total();
    row[x] = before - step;
    double less = c.total();
    row[x] = before;
    return (more - less) / (2 * step);
  }

  /** A training finds its results again: the script is the same to the letter. */
  @Test
  void theScriptIsTheSameToTheLetter() {
    NetworkBuilder b = new NetworkBuilder("pairs", 1);
    String x = b.input("x", 3);
    String fine = b.conv("fine", x, 2, 3).same().bias().build();
    String coarse = b.conv("coarse", x, 2, 3).stride(2).padding(1).bias().build();
    String script =
        LossScript.of(
            b.build(fine, coarse),
            Shape.of(2, 3, 12, 16),
            Loss.ofPairs(List.of(fine, coarse)),
            ScriptMode.TRAINING);
    assertEquals(
        "c9537c9e6ffef9ffbe785d40d0268f1790e2e5e431026fe1fc30bda8368ca584",
        Digests.hex(Digests.sha256().digest(script.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void outputsThatAreNoPairsAreRefused() {
    double[][][] image = grey(filled(8, 8, 0.5));
    double[][][][] one = {
      {filled(8, 8, 0.1), filled(8, 8, 0.1)}, {filled(2, 2, 0), filled(2, 2, 0)}
    };
    assertEquals(
        "photometric error: an output of 2x2 has no window of 3x3; take larger images",
        assertThrows(IllegalArgumentException.class, () -> photometric(one, image, image))
            .getMessage());
    NetworkBuilder b = new NetworkBuilder("single", 1);
    String d = b.conv("d", b.input("x", 3), 1, 1).build();
    Loss loss = Loss.ofPairs(List.of(d));
    assertEquals(
        "output d is [1, 1, 8, 8], expected disparities of two views",
        assertThrows(
                IllegalArgumentException.class,
                () -> new Learner(b.build(d), Shape.of(1, 3, 8, 8), loss, w -> true, 1))
            .getMessage());
  }
}
