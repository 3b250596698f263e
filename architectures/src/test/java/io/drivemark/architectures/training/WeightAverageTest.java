package io.drivemark.architectures.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.NetworkDigest;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings of one step an epoch, whose checkpoints hold the weights after each step. */
class WeightAverageTest {
  private static final double DECAY = 0.5;
  private static final int STEPS = 12;
  private static final ShapeFrames TRAIN = new ShapeFrames(ShapeFrames.THREE, 2, 32, 48, 1);

  @TempDir Path folder;

  /** From all weights on the way, in double precision, by the rule as it is written down. */
  @Test
  void whatIsKeptIsTheAverageOfTheSteps() {
    List<Map<String, float[]>> way = new ArrayList<>();
    for (int step = 1; step <= STEPS; step++) {
      way.add(weightsAfter(step));
    }
    Map<String, double[]> expected = new HashMap<>();
    for (Weight weight : tiny().weights().values()) {
      float[] start = weight.tensor().floats();
      double[] average = new double[start.length];
      for (int i = 0; i < start.length; i++) {
        average[i] = start[i];
        for (int step = 1; step <= STEPS; step++) {
          double keep = Math.min(DECAY, (1.0 + step) / (10 + step));
          average[i] = keep * average[i] + (1 - keep) * way.get(step - 1).get(weight.name())[i];
        }
      }
      expected.put(weight.name(), average);
    }
    Network kept = train(recipe().withEma(DECAY), "ema", Progress.NONE).best();
    double apart = 0;
    for (Weight weight : kept.weights().values()) {
      float[] found = weight.tensor().floats();
      for (int i = 0; i < found.length; i++) {
        double value = expected.get(weight.name())[i];
        assertEquals(value, found[i], 1e-5 * Math.max(1, Math.abs(value)), weight.name());
        apart = Math.max(apart, Math.abs(found[i] - way.get(STEPS - 1).get(weight.name())[i]));
      }
    }
    assertTrue(apart > 1e-3, "the average is not the last weights: " + apart);
  }

  @Test
  void averagingLeavesTheWeightsThemselvesAsTheyAre() {
    Map<String, float[]> plain = weightsAfter(STEPS);
    TrainingRecipe recipe = recipe().withEma(DECAY).withEvaluateEvery(1);
    train(recipe, "ema", Progress.NONE);
    Map<String, float[]> averaged = read("ema", recipe).weights();
    assertEquals(plain.keySet(), averaged.keySet());
    plain.forEach((name, values) -> assertArrayEquals(values, averaged.get(name), name));
  }

  @Test
  void aTrainingThatWasKilledEndsWithTheSameAverage() {
    TrainingRecipe recipe = recipe().withEma(DECAY).withEvaluateEvery(1);
    TrainingResult whole = train(recipe, "whole", Progress.NONE);
    assertThrows(Killed.class, () -> train(recipe, "killed", Killed.at(STEPS / 2)));
    TrainingResult resumed = train(recipe, "killed", Progress.NONE);
    assertEquals(whole.best(), resumed.best());
    assertEquals(whole.epoch(), resumed.epoch());
  }

  @Test
  void aCheckpointWithoutTheAverageIsDamaged() {
    WeightAverage average = new WeightAverage(DECAY, Map.of("stem.weight", new float[] {1, 2}));
    Path file = folder.resolve("a");
    for (Map<String, float[]> state :
        List.of(
            new HashMap<String, float[]>(),
            new HashMap<>(Map.of("average/stem.weight", new float[] {1})))) {
      assertEquals(
          "checkpoint "
              + file
              + " is damaged: it has no average of weight stem.weight; delete it to train from the"
              + " start, or name another file",
          assertThrows(BadInputException.class, () -> average.restore(file, state)).getMessage());
    }
    Map<String, float[]> state = average.state();
    state.put("first/stem.weight", new float[] {3});
    average.restore(file, state);
    assertEquals(List.of("first/stem.weight"), List.copyOf(state.keySet()));
  }

  private Map<String, float[]> weightsAfter(int step) {
    String file = "after-" + step;
    if (step == STEPS) {
      train(recipe(), file, Progress.NONE);
    } else {
      assertThrows(Killed.class, () -> train(recipe(), file, Killed.at(step + 1)));
    }
    Checkpoint checkpoint = read(file, recipe());
    assertEquals(step, checkpoint.steps());
    return checkpoint.weights();
  }

  private Checkpoint read(String file, TrainingRecipe recipe) {
    return Checkpoint.read(
        folder.resolve(file),
        new Checkpoint.Subject(
            NetworkDigest.of(tiny()) + Learning.ofLabels(tiny()).digest(),
            recipe.digest(),
            TRAIN.digest() + "/" + TRAIN.digest() + "/" + InputSpec.IMAGENET));
  }

  private TrainingResult train(TrainingRecipe recipe, String file, Progress progress) {
    return Trainer.train(
        tiny(), InputSpec.IMAGENET, TRAIN, TRAIN, recipe, folder.resolve(file), progress);
  }

  private static TrainingRecipe recipe() {
    return TrainingRecipe.defaults()
        .withEpochs(STEPS)
        .withBatch(2)
        .withCrop(32, 48)
        .withLearningRate(1e-2)
        .withWarmUpEpochs(0)
        .withEvaluateEvery(STEPS)
        .withThreads(1);
  }

  private static Network tiny() {
    NetworkBuilder b = new NetworkBuilder("tiny", 7);
    String x = b.input("image", 3);
    x = b.relu("act", b.batchNorm("bn", b.conv("stem", x, 8, 3).same().build(), 1e-5));
    return b.build(b.conv("head", x, 3, 1).bias().build());
  }
}
