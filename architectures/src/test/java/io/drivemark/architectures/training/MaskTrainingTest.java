package io.drivemark.architectures.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.pruning.Measure;
import io.drivemark.architectures.pruning.mask.JointMasks;
import io.drivemark.architectures.pruning.mask.MaskPreset;
import io.drivemark.architectures.pruning.mask.MaskSites;
import io.drivemark.architectures.training.MaskLearning.Fixed;
import io.drivemark.architectures.training.MaskLearning.Pressure;
import io.drivemark.architectures.training.MaskLearning.Target;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks with joint masks through the trainer. */
class MaskTrainingTest {
  private static final ShapeFrames TRAIN = new ShapeFrames(ShapeFrames.THREE, 8, 64, 96, 1);
  private static final int HEIGHT = 32;
  private static final int WIDTH = 48;

  @TempDir Path folder;

  private static JointMasks masks() {
    NetworkBuilder b = new NetworkBuilder("shapes", 7);
    String x = b.input("x", 3);
    for (int i = 1; i <= 3; i++) {
      String y = b.conv("conv" + i, x, 12 * i, 3).stride(i == 1 ? 2 : 1).same().build();
      x = b.relu("act" + i, b.batchNorm("bn" + i, y, 1e-5));
    }
    Network dense = b.build(b.conv("scores", x, 3, 1).bias().build());
    return JointMasks.attach(dense, MaskSites.of(dense, MaskPreset.ALL, 1, HEIGHT, WIDTH).sites());
  }

  private static TrainingRecipe recipe(int epochs) {
    return TrainingRecipe.defaults()
        .withBatch(2)
        .withCrop(HEIGHT, WIDTH)
        .withClassWeights(ClassWeights.Kind.NONE)
        .withEvaluateEvery(epochs)
        .withEpochs(epochs)
        .withGroups(
            Map.of(
                "masks",
                GroupSettings.of(new GroupSettings.Own(Optimiser.Kind.ADAM, 5e-3, 0.9, 1, true))))
        .withThreads(1);
  }

  private static MaskLearning learning(Pressure pressure) {
    JointMasks masks = masks();
    return new MaskLearning(masks, Collections.nCopies(masks.masks(), 1.0), false, pressure);
  }

  private TrainingResult train(
      MaskLearning learning, TrainingRecipe recipe, String file, Progress progress) {
    Network start = learning.masks().network();
    return Trainer.train(
        start,
        Learning.ofLabels(start).with(learning),
        InputSpec.IMAGENET,
        TRAIN,
        TRAIN,
        recipe,
        folder.resolve(file),
        progress);
  }

  private static MaskProgress last(TrainingResult result) {
    return result.history().get(result.history().size() - 1).masks().orElseThrow();
  }

  @Test
  void weightsOfEverSmallerNetworksAreNotAveraged() {
    BadInputException refused =
        assertThrows(
            BadInputException.class,
            () -> train(learning(new Fixed(0)), recipe(1).withEma(0.9), "averaged", Progress.NONE));
    assertEquals(
        "training: ema averages weights, and while masks learn these are of ever smaller networks;"
            + " leave ema out",
        refused.getMessage());
  }

  @Test
  void aLargerFactorLeavesFewerFiltersAndWithoutOneTheTaskAloneDecides() {
    List<Integer> live = new ArrayList<>();
    for (double lambda : new double[] {0, 1e-3, 1e-2, 1e-1}) {
      TrainingResult result =
          train(learning(new Fixed(lambda)), recipe(12), "l" + lambda, Progress.NONE);
      live.add(last(result).live());
    }
    for (int i = 1; i < live.size(); i++) {
      assertTrue(live.get(i) <= live.get(i - 1), "survivors of 72 by factor: " + live);
    }
    assertTrue(live.get(2) < live.get(0), "survivors of 72 by factor: " + live);
    assertEquals(3, live.get(3), "one a site: " + live);
  }

  @Test
  void theFactorIsSteeredToTheShareThatIsWanted() {
    MaskLearning learning = learning(new Target(Measure.PARAMS, 0.4, HEIGHT, WIDTH));
    TrainingResult result = train(learning, recipe(30), "steered", Progress.NONE);
    List<MaskProgress> epochs =
        result.history().stream().map(e -> e.masks().orElseThrow()).toList();
    assertEquals(0.4, last(result).kept(), 0.08, epochs.toString());
    List<MaskProgress> reached = epochs.stream().filter(e -> e.kept() <= 0.4).toList();
    assertTrue(reached.size() >= 3, "a quarter of the epochs is left: " + epochs);
    assertEquals(epochs.subList(epochs.size() - reached.size(), epochs.size()), reached);
    assertEquals(1, reached.stream().map(MaskProgress::survivors).distinct().count(), "they stay");
    List<BitSet> left = learning.masks().live(learning.masks().parameters(result.best()));
    assertEquals(
        last(result).survivors(), left.stream().map(BitSet::cardinality).toList(), "the last");
    double params = learning.masks().hardened(result.best()).parameters();
    assertEquals(last(result).kept(), params / learning.masks().dense().parameters(), 1e-9);
  }

  @Test
  void killedTrainingGoesOnAsIfUndisturbed() throws Exception {
    Pressure pressure = new Target(Measure.PARAMS, 0.4, HEIGHT, WIDTH);
    TrainingRecipe recipe = recipe(4).withLearningRate(5e-3);
    TrainingResult expected = train(learning(pressure), recipe, "undisturbed", Progress.NONE);
    long before = expected.history().stream().filter(e -> left(e) > 0.4).count();
    assertTrue(before < 4, "one kill is to hit masks that stay: " + before);
    for (long fatal : new long[] {1, 6, 9, 14}) {
      assertThrows(
          Killed.class, () -> train(learning(pressure), recipe, "disturbed", Killed.at(fatal)));
    }
    TrainingResult found = train(learning(pressure), recipe, "disturbed", Progress.NONE);
    assertEquals(expected.best(), found.best());
    assertEquals(
        expected.history().stream().map(e -> e.loss() + " " + e.masks()).toList(),
        found.history().stream().map(e -> e.loss() + " " + e.masks()).toList());
    String line = Files.readAllLines(Checkpoint.historyFile(folder.resolve("disturbed"))).get(3);
    assertTrue(line.contains(",\"masks\":{\"lambda\":"), line);
    // a finished one is read, not trained again
    assertEquals(
        expected.best(), train(learning(pressure), recipe, "disturbed", Killed.at(1)).best());
  }

  private static double left(EpochRecord epoch) {
    return epoch.masks().orElseThrow().kept();
  }

  @Test
  void aCheckpointOfOtherMasksIsRefused() {
    train(learning(new Fixed(0)), recipe(1), "mine", Progress.NONE);
    String refused =
        assertThrows(
                BadInputException.class,
                () -> train(learning(new Fixed(1e-5)), recipe(1), "mine", Progress.NONE))
            .getMessage();
    assertTrue(refused.contains("belongs to another training: its network has digest"), refused);
  }

  /** A step of Adam is its rate at first: masks fall by 0.001 times the schedule's share. */
  @Test
  void masksLearnByAdamAtARateThatFallsWithTheRecipes() {
    JointMasks masks = masks();
    TrainingRecipe recipe =
        recipe(1).withLearningRate(0.5).withWeightDecay(10).withGroups(Map.of());
    assertEquals(0, recipe.group("masks").decay());
    Optimisers optimisers = new Optimisers(masks.network(), recipe);
    float[] m = {0.01f, 0.01f};
    optimisers
        .of("masks")
        .update(
            "m",
            m,
            new float[] {3, -1e-4f},
            recipe.group("masks").own().orElseThrow().at(0.25 / 0.5),
            0,
            1);
    assertEquals(0.01 - 0.0005, m[0], 1e-7);
    assertEquals(0.01 + 0.0005, m[1], 1e-6);
  }

  /** Filters that the task wants more or less, against a factor that all feel alike. */
  @Test
  void theShareFollowsAStraightLineToTheTarget() {
    for (double target : new double[] {0.5, 0.2}) {
      Random random = new Random(5);
      int steps = 600;
      double[] wanted = new double[300];
      Arrays.setAll(wanted, i -> Math.exp(random.nextGaussian()));
      float[] m = new float[wanted.length];
      Arrays.fill(m, JointMasks.START);
      Optimiser adam = new Optimiser(Optimiser.Kind.ADAM, 0.9, false);
      LambdaControl control = new LambdaControl(target);
      control.begin(0.1 * Arrays.stream(wanted).average().orElseThrow());
      double worst = 0;
      double kept = 1;
      for (int t = 1; t <= steps; t++) {
        float[] gradient = new float[m.length];
        for (int i = 0; i < m.length; i++) {
          gradient[i] = (float) (0.25 * (control.lambda() - wanted[i] + 5 * random.nextGaussian()));
        }
        adam.update("m", m, gradient, 1e-3 * Math.pow(1 - (t - 1.0) / steps, 0.9), 0, t);
        int live = 0;
        for (float x : m) {
          live += x > 0 ? 1 : 0;
        }
        kept = (double) live / m.length;
        double progress = (double) t / steps;
        worst = Math.max(worst, Math.abs(kept - control.wanted(progress)));
        if (t % 4 == 0) {
          control.tick(kept, progress, steps / 4.0);
        }
      }
      assertTrue(worst < 0.15, target + ": off the line by " + worst);
      assertEquals(target, kept, 0.06, "in the end");
    }
  }

  @Test
  void anOwnRateThatStaysReadsAsItAlwaysDid() {
    GroupSettings.Own own = new GroupSettings.Own(Optimiser.Kind.SGD, 0.1, 0.9, 0.5);
    assertEquals("Own[kind=SGD, rate=0.1, momentum=0.9, until=0.5]", own.toString());
    assertEquals(0.1, own.at(0.3));
    assertNotEquals(own, new GroupSettings.Own(Optimiser.Kind.SGD, 0.1, 0.9, 0.5, true));
  }

  /** The control: weights are pulled to zero. */
  @Test
  void aWeightPenaltyMakesWeightsSmall() {
    Network start = masks().dense();
    List<Double> sums = new ArrayList<>();
    for (double factor : new double[] {0, 0.05}) {
      TrainingResult result =
          Trainer.train(
              start,
              Learning.ofLabels(start).with(new WeightPenalty(factor)),
              InputSpec.IMAGENET,
              TRAIN,
              TRAIN,
              recipe(4).withLearningRate(3e-3),
              folder.resolve("l1-" + factor),
              Progress.NONE);
      double sum = 0;
      for (float w : result.best().weights().get("conv3.weight").tensor().floats()) {
        sum += Math.abs(w);
      }
      sums.add(sum);
    }
    assertTrue(sums.get(1) < 0.8 * sums.get(0), sums.toString());
  }
}
