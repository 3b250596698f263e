package io.drivemark.architectures.engine.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The losses of labels that trainings of shipped networks used. Their scripts are kept to the
 * letter, so that a training gives the same bits as before on one machine; the values of three
 * steps are kept as numbers, which on another machine's kernels may differ in the last digits.
 *
 * <p>The scripts changed once, when a learner began to write PReLU, 1×1 convolutions and the
 * upsampling of coarse scores in forms that take less time; the numbers, made before, did not.
 */
class LossGoldenTest {
  private static final Shape BATCH = Shape.of(2, 3, 8, 12);
  private static final List<String> OUTPUTS = List.of("scores", "aux");
  private static final float[] WEIGHTS = {1, 2, 0.5f, 0};

  /** Losses by name: all that a recipe can ask for. */
  private static Map<String, Loss> losses() {
    Map<String, Loss> losses = new LinkedHashMap<>();
    losses.put("plain", Loss.plain("scores", 4));
    losses.put("weighted-auxiliary", Loss.ofLabels(OUTPUTS, WEIGHTS, 1, 0.4));
    losses.put("hardest", Loss.ofLabels(OUTPUTS, WEIGHTS, 0.25, 0));
    losses.put("hardest-auxiliary", Loss.ofLabels(OUTPUTS, WEIGHTS, 0.25, 0.4));
    losses.put("distilled", Loss.plain("scores", 4).withSoft(new SoftTargets(0.3, 2, 4, 6)));
    losses.put(
        "all", Loss.ofLabels(OUTPUTS, WEIGHTS, 0.25, 0.4).withSoft(new SoftTargets(0.3, 2, 4, 6)));
    return losses;
  }

  /** Scores at half the size, auxiliary ones at the full size. */
  private static Network network() {
    NetworkBuilder b = new NetworkBuilder("golden", 9);
    String image = b.input("x", 3);
    String features = b.relu("relu", b.conv("stem", image, 5, 3).same().bias().build());
    String half = b.conv("half", features, 6, 3).padding(1).stride(2).build();
    String scores = b.conv("scores", b.pRelu("act", half), 4, 1).bias().build();
    return b.build(scores, b.conv("aux", features, 4, 1).build());
  }

  @Test
  void scriptsAreTheSameToTheLetter() throws IOException {
    StringBuilder found = new StringBuilder();
    for (Map.Entry<String, Loss> e : losses().entrySet()) {
      found.append("# ").append(e.getKey()).append('\n');
      found.append(LossScript.of(network(), BATCH, e.getValue(), ScriptMode.TRAINING));
    }
    try (InputStream in = LossGoldenTest.class.getResourceAsStream("/loss/scripts.txt")) {
      assertEquals(
          new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r", ""),
          found.toString());
    }
  }

  /** Loss of each of three steps, then the sum of all weights and of their squares. */
  @Test
  void threeStepsGiveTheSameNumbers() {
    Map<String, List<Double>> golden =
        Map.of(
            "plain", List.of(1.6350372, 1.5655890, 1.4144837, 3.0266694, 30.2421493),
            "weighted-auxiliary", List.of(2.2651649, 2.3097935, 2.2280779, 4.9857606, 37.0392147),
            "hardest", List.of(3.3130546, 2.0493176, 1.8640169, 0.4746003, 28.9067153),
            "hardest-auxiliary", List.of(5.1911173, 3.6706057, 3.2593999, 1.0179459, 34.5238183),
            "distilled", List.of(1.3180254, 1.2484509, 1.1743990, 2.5644212, 30.0675389),
            "all", List.of(3.8072815, 2.6827562, 2.4924405, 1.0696302, 35.1909989));
    losses()
        .forEach(
            (name, loss) -> {
              List<Double> found = trained(loss);
              List<Double> expected = golden.get(name);
              assertEquals(expected.size(), found.size(), name + " " + found);
              for (int i = 0; i < found.size(); i++) {
                assertEquals(expected.get(i), found.get(i), 1e-5, name + " " + found);
              }
            });
  }

  private static List<Double> trained(Loss loss) {
    List<Double> out = new ArrayList<>();
    Random random = new Random(4);
    try (Learner learner = new Learner(network(), BATCH, loss, w -> true, 1)) {
      for (int step = 0; step < 3; step++) {
        FloatBuffer image = FloatBuffer.wrap(Probe.random((int) BATCH.elements(), step));
        byte[] truth = new byte[2 * 8 * 12];
        for (int i = 0; i < truth.length; i++) {
          truth[i] = (byte) (i % 9 == 0 ? 255 : random.nextInt(3));
        }
        LossInputs inputs = LossInputs.labels(ByteBuffer.wrap(truth));
        if (loss.targets(BATCH).containsKey(SoftLabels.TARGET)) {
          FloatBuffer other = FloatBuffer.wrap(Probe.random(2 * 4 * 4 * 6, 70 + step));
          inputs = inputs.with(SoftLabels.TARGET, other);
        }
        out.add(learner.backward(image, inputs, step));
        for (String name : learner.learned()) {
          float[] values = new float[learner.size(name)];
          float[] gradient = new float[values.length];
          learner.values(name, values);
          learner.gradient(name, gradient);
          for (int i = 0; i < values.length; i++) {
            values[i] -= 0.1f * gradient[i];
          }
          learner.setValues(name, values);
        }
      }
      double sum = 0;
      double squares = 0;
      for (String name : learner.learned()) {
        float[] values = new float[learner.size(name)];
        learner.values(name, values);
        for (float value : values) {
          sum += value;
          squares += (double) value * value;
        }
      }
      out.add(sum);
      out.add(squares);
    }
    return out;
  }
}
