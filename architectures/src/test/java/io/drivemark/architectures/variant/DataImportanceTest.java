package io.drivemark.architectures.variant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.drivemark.architectures.Networks;
import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.pruning.Criteria;
import io.drivemark.architectures.pruning.Criterion;
import io.drivemark.architectures.pruning.Importance;
import io.drivemark.architectures.zoo.Architectures;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Scores from data against the chain rule written out, and what must not change them. */
class DataImportanceTest {
  private static final double EPSILON = 1e-3;
  private static final InputSpec INPUT =
      new InputSpec(Optional.empty(), "rgb", List.of(100.0, 90.0, 80.0), List.of(60.0, 50.0, 70.0));

  /** Convolution of two filters, normalisation, ReLU, and a head for three classes; all 1×1. */
  private static Network chain() {
    NetworkBuilder b = new NetworkBuilder("chain", 5);
    String x = b.conv("a", b.input("image", 3), 2, 1).build();
    x = b.relu("a.relu", b.batchNorm("a.bn", x, EPSILON));
    return Networks.seeded(b.build(b.conv("head", x, 3, 1).build()), 8);
  }

  private static CalibrationSet frames(TinyFrames frames) {
    return new CalibrationSet(frames, INPUT, 100);
  }

  private static Importance score(Network network, String criterion, TinyFrames frames) {
    return DataImportance.of(network, Criteria.named(criterion), frames(frames), 1, Progress.NONE);
  }

  /** The chain of derivatives in double precision, pixel by pixel. */
  private static final class ByHand {
    private final double[] weights = array("a.weight");
    private final double[] head = array("head.weight");
    private final double[] scale = array("a.bn.weight");
    private final double[] shift = array("a.bn.bias");
    private final double[] mean = array("a.bn.running_mean");
    private final double[] variance = array("a.bn.running_var");
    private final double[] weightGradient = new double[6];
    private final double[] scaleGradient = new double[2];
    private final double[] shiftGradient = new double[2];
    private final double[] products = new double[2];
    private final double[] absolute = new double[2];

    private static double[] array(String weight) {
      float[] values = chain().weights().get(weight).tensor().floats();
      double[] doubles = new double[values.length];
      for (int i = 0; i < doubles.length; i++) {
        doubles[i] = values[i];
      }
      return doubles;
    }

    ByHand(CalibrationSet.Frame frame) {
      int plane = frame.truth().length;
      for (int p = 0; p < plane; p++) {
        double[] x = {frame.image()[p], frame.image()[plane + p], frame.image()[2 * plane + p]};
        double[] normalised = new double[2];
        double[] map = new double[2];
        for (int f = 0; f < 2; f++) {
          double a = weights[3 * f] * x[0] + weights[3 * f + 1] * x[1] + weights[3 * f + 2] * x[2];
          normalised[f] = (a - mean[f]) / Math.sqrt(variance[f] + EPSILON);
          map[f] = scale[f] * normalised[f] + shift[f];
        }
        double[] logits = new double[3];
        double sum = 0;
        for (int k = 0; k < 3; k++) {
          logits[k] = head[2 * k] * Math.max(0, map[0]) + head[2 * k + 1] * Math.max(0, map[1]);
          sum += Math.exp(logits[k]);
        }
        for (int f = 0; f < 2; f++) {
          double gradient = 0;
          for (int k = 0; k < 3; k++) {
            double error = Math.exp(logits[k]) / sum - (frame.truth()[p] == k ? 1 : 0);
            gradient += map[f] > 0 ? head[2 * k + f] * error / plane : 0;
          }
          products[f] += map[f] * gradient;
          absolute[f] += Math.abs(map[f] * gradient) / plane;
          scaleGradient[f] += gradient * normalised[f];
          shiftGradient[f] += gradient;
          for (int c = 0; c < 3; c++) {
            weightGradient[3 * f + c] +=
                gradient * scale[f] / Math.sqrt(variance[f] + EPSILON) * x[c];
          }
        }
      }
    }

    double[] scores(String criterion) {
      double[] scores = new double[2];
      double norm = Math.hypot(absolute[0], absolute[1]) + 1e-8;
      for (int f = 0; f < 2; f++) {
        double bn = scale[f] * scaleGradient[f] + shift[f] * shiftGradient[f];
        double squares = 0;
        for (int c = 0; c < 3; c++) {
          double product = weights[3 * f + c] * weightGradient[3 * f + c];
          squares += product * product;
        }
        scores[f] =
            switch (criterion) {
              case "taylor-weight" -> squares;
              case "taylor-bn" -> bn * bn;
              case "taylor-gate" -> products[f] * products[f];
              case "taylor-map" -> absolute[f] / norm;
              default -> throw new AssertionError(criterion);
            };
      }
      return scores;
    }
  }

  @ParameterizedTest
  @MethodSource("gradientCriteria")
  void scoresAreTheChainRulesMeanOverFrames(String criterion) {
    TinyFrames tiny = TinyFrames.of(3, 12, 18);
    CalibrationSet set = frames(tiny);
    double[] expected = new double[2];
    for (int i = 0; i < set.count(); i++) {
      double[] one = new ByHand(set.get(i)).scores(criterion);
      expected[0] += one[0] / set.count();
      expected[1] += one[1] / set.count();
    }
    String layer = criterion.equals("taylor-bn") ? "a.bn" : "a";
    double[] found = score(chain(), criterion, tiny).layer(layer).orElseThrow();
    for (int f = 0; f < 2; f++) {
      assertNotEquals(0, expected[f], "a score that is 0 compares nothing");
      assertEquals(expected[f], found[f], 1e-6 * Math.max(1, expected[f]), criterion);
      assertEquals(1, found[f] / expected[f], 1e-3, criterion);
    }
  }

  static Stream<String> gradientCriteria() {
    return dataCriteria().filter(c -> !c.equals("hrank"));
  }

  static Stream<String> dataCriteria() {
    return Criteria.names().stream()
        .filter(c -> Criteria.named(c).evidence() != Criterion.Evidence.NONE);
  }

  @Test
  void ranksAreThoseOfTheActivatedMaps() {
    // Every row of a frame without noise is the same: all maps have rank 1, or 0 behind the ReLU.
    TinyFrames plain = new TinyFrames(List.of("frame0", "frame1"), 12, 18, 0);
    for (double rank : score(chain(), "hrank", plain).layer("a").orElseThrow()) {
      assertEquals(1, Math.max(rank, 1), "rank of a map of equal rows");
    }
    TinyFrames noisy = new TinyFrames(List.of("frame0", "frame1"), 12, 18, 40);
    double[] ranks = score(chain(), "hrank", noisy).layer("head").orElseThrow();
    assertEquals(12, Math.max(ranks[0], Math.max(ranks[1], ranks[2])), "full rank of 12×18");
  }

  @ParameterizedTest
  @MethodSource("dataCriteria")
  void neitherOrderOfFramesNorThreadsShowInAnyDigit(String criterion) {
    Network network = Networks.seeded(Architectures.build("enet", Map.of(), 3, 2), 4);
    TinyFrames tiny = TinyFrames.of(5, 32, 40);
    Importance first = score(network, criterion, tiny);
    List<String> other = new ArrayList<>(tiny.ids());
    Collections.shuffle(other, new Random(7));
    assertNotEquals(tiny.ids(), other);
    useThreads(network, 2);
    Importance second = score(network, criterion, new TinyFrames(other, 32, 40, tiny.noise()));
    assertEquals(first, second);
    assertArrayEquals(
        first.layer(first.layers().get(3)).orElseThrow(),
        second.layer(first.layers().get(3)).orElseThrow());
  }

  /** Leaves PyTorch set to this number of threads. */
  private static void useThreads(Network network, int threads) {
    try (Session session =
        Engines.named("pytorch").open(network, 32, 40, new EngineOptions(threads))) {
      FloatBuffer image = Session.buffer(session.inputShape());
      session.run(image, session.outputShapes().stream().map(Session::buffer).toList());
    }
  }

  @Test
  void framesWithoutAClassAreLeftOut() {
    TinyFrames some = new TinyFrames(List.of("frame0", "void1", "frame2"), 12, 18, 40);
    TinyFrames valid = new TinyFrames(List.of("frame0", "frame2"), 12, 18, 40);
    assertEquals(score(chain(), "taylor-gate", valid), score(chain(), "taylor-gate", some));
    TinyFrames nothing = new TinyFrames(List.of("void0", "void1"), 12, 18, 40);
    assertEquals(
        "criterion taylor-weight: no pixel of tiny train, 2 of 2 frames at 12x18 has a class; take"
            + " other frames",
        assertThrows(BadInputException.class, () -> score(chain(), "taylor-weight", nothing))
            .getMessage());
  }

  @Test
  void framesAreSpreadOverTheSplitAndTruthsScaled() {
    TinyFrames tiny = TinyFrames.of(9, 12, 18);
    InputSpec small =
        new InputSpec(
            Optional.of(new io.drivemark.architectures.model.ModelSpec.Size(4, 6)),
            "rgb",
            INPUT.mean(),
            INPUT.std());
    CalibrationSet set = new CalibrationSet(tiny, small, 3);
    assertEquals("tiny train, 3 of 9 frames at 4x6", set.toString());
    byte[] whole = tiny.frame(3).sample().truth().pixels();
    byte[] scaled = set.get(1).truth();
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 6; x++) {
        assertEquals(whole[(3 * y + 1) * 18 + 3 * x + 1], scaled[6 * y + x], y + ", " + x);
      }
    }
    assertEquals(LabelSpace.VOID, 255);
  }
}
