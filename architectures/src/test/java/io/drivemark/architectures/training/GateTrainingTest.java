package io.drivemark.architectures.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.pytorch.GateError;
import io.drivemark.architectures.engine.pytorch.GateError.Mass;
import io.drivemark.architectures.engine.pytorch.GateError.Site;
import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.engine.pytorch.LossInputs;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.NetworkDigest;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.Weight;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Conv2d;
import io.drivemark.architectures.graph.op.Extent;
import io.drivemark.architectures.graph.op.Gate;
import io.drivemark.architectures.graph.op.GlobalPool;
import io.drivemark.architectures.graph.op.Padding;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.graph.op.StopGradient;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks with gates through the trainer. */
class GateTrainingTest {
  private static final ShapeFrames TRAIN = new ShapeFrames(ShapeFrames.THREE, 4, 64, 96, 1);
  private static final int FILTERS = 8;

  @TempDir Path folder;

  private static Network gated() {
    NetworkBuilder b = new NetworkBuilder("gated", 7);
    String x = b.input("x", 3);
    String stem =
        b.relu("stem.act", b.batchNorm("stem.bn", b.conv("stem", x, 6, 3).same().build(), 1e-5));
    String pooled =
        b.add(
            "pool",
            new GlobalPool(GlobalPool.Kind.AVERAGE),
            b.add("stop", new StopGradient(), stem));
    String head =
        b.learned("head.weight", Weight.GATES, Tensor.filled(Shape.of(FILTERS, 6, 1, 1), 0.1f));
    String logits =
        b.add(
            "head", new Conv2d(Extent.square(1), Padding.NONE, Extent.square(1), 1), pooled, head);
    String gates = b.add("gates", Activation.of(Activation.Kind.STEP), logits);
    String tap = b.relu("conv.act", b.conv("conv", stem, FILTERS, 3).same().bias().build());
    String y = b.add("gate", new Gate(), tap, gates);
    return b.build(b.conv("scores", y, 3, 1).bias().build(), gates);
  }

  private static GateLearning learning(double ratio) {
    List<Integer> units = IntStream.range(0, FILTERS).boxed().toList();
    List<Site> sites = List.of(Site.ofFilters("conv", "head", "conv.act", units));
    return new GateLearning(GateError.of(sites, new Mass(ratio)), List.of("scores"));
  }

  private static TrainingRecipe quiet() {
    return TrainingRecipe.defaults()
        .withBatch(2)
        .withCrop(32, 48)
        .withClassWeights(ClassWeights.Kind.NONE)
        .withEvaluateEvery(1)
        .withThreads(1);
  }

  private static TrainingResult train(TrainingRecipe recipe, Path file, Progress progress) {
    return train(recipe, learning(0.8), file, progress);
  }

  private static TrainingResult train(
      TrainingRecipe recipe, GateLearning gates, Path file, Progress progress) {
    return Trainer.train(
        gated(), Learning.of(gates), InputSpec.IMAGENET, TRAIN, TRAIN, recipe, file, progress);
  }

  @Test
  void killedTrainingGoesOnAsIfUndisturbed() throws Exception {
    TrainingRecipe recipe = quiet().withEpochs(4);
    Path disturbed = folder.resolve("disturbed");
    TrainingResult expected = train(recipe, folder.resolve("undisturbed"), Progress.NONE);
    for (long fatal : new long[] {1, 3, 6, 7}) {
      assertThrows(Killed.class, () -> train(recipe, disturbed, Killed.at(fatal)));
    }
    TrainingResult found = train(recipe, disturbed, Progress.NONE);
    assertEquals(expected.best(), found.best());
    assertEquals(
        expected.history().stream().map(e -> e.loss() + " " + e.gates()).toList(),
        found.history().stream().map(e -> e.loss() + " " + e.gates()).toList());
    String last = Files.readAllLines(Checkpoint.historyFile(disturbed)).get(3);
    assertTrue(last.contains(",\"gates\":{\"live\":"), last);
    assertEquals(List.of("scores", "gates"), found.best().outputs());
  }

  /** The target's ratio belongs to what is trained, as the recipe does. */
  @Test
  void checkpointOfOtherGatesIsRefused() {
    TrainingRecipe recipe = quiet().withEpochs(1);
    Path file = folder.resolve("mine");
    train(recipe, file, Progress.NONE);
    String refused =
        assertThrows(
                BadInputException.class, () -> train(recipe, learning(0.7), file, Progress.NONE))
            .getMessage();
    assertTrue(refused.contains("belongs to another training: its network has digest"), refused);
  }

  /** Weights of the heads after each of four epochs: two of learning, two of rest. */
  @Test
  void headsStandStillAfterHalfOfTheEpochs() {
    TrainingRecipe recipe = quiet().withEpochs(4);
    Path file = folder.resolve("cooled");
    List<float[]> heads = new ArrayList<>();
    List<float[]> kernels = new ArrayList<>();
    for (int epoch = 1; epoch <= 4; epoch++) {
      int fatal = 2 * epoch + 1;
      if (epoch < 4) {
        assertThrows(Killed.class, () -> train(recipe, file, Killed.at(fatal)));
      } else {
        train(recipe, file, Progress.NONE);
      }
      Checkpoint at = Checkpoint.read(file, subject(recipe));
      heads.add(at.weights().get("head.weight"));
      kernels.add(at.weights().get("conv.weight"));
    }
    assertNotEquals(List.of(heads.get(0)[0]), List.of(heads.get(1)[0]));
    assertArrayEquals(heads.get(1), heads.get(2));
    assertArrayEquals(heads.get(1), heads.get(3));
    assertNotEquals(List.of(kernels.get(2)[0]), List.of(kernels.get(3)[0]));
  }

  private static Checkpoint.Subject subject(TrainingRecipe recipe) {
    return new Checkpoint.Subject(
        NetworkDigest.of(gated()) + " gates " + Digests.of(learning(0.8).toString()),
        recipe.digest(),
        TRAIN.digest() + "/" + TRAIN.digest() + "/" + InputSpec.IMAGENET);
  }

  /** All is live at first, and what the target leaves out goes; then the heads rest. */
  @Test
  void headsLearnTheirTargets() {
    TrainingRecipe recipe =
        RecipeOptions.apply(
            quiet().withEpochs(20).withEvaluateEvery(20), Map.of("gate-optimiser", "adam@0.05"));
    TrainingResult result = train(recipe, folder.resolve("heads"), Progress.NONE);
    GateProgress first = result.history().get(0).gates().orElseThrow();
    GateProgress last = result.history().get(9).gates().orElseThrow();
    assertEquals(1, first.live(), 0.2, "all on at the start");
    assertTrue(last.live() < 0.9, last.toString());
    assertTrue(last.right() > first.right() && last.right() > last.constant() - 0.05, last + "");
  }

  /** Without a loss of their own heads stay as they are, and the rest learns around them. */
  @Test
  void headsWithoutALossStayAsTheyAre() {
    GateLearning still = new GateLearning(Optional.empty(), List.of("scores"));
    TrainingResult result =
        train(quiet().withEpochs(1), still, folder.resolve("still"), Progress.NONE);
    Network start = gated();
    assertEquals(start.weights().get("head.weight"), result.best().weights().get("head.weight"));
    assertNotEquals(start.weights().get("conv.weight"), result.best().weights().get("conv.weight"));
    assertEquals(Optional.empty(), result.history().get(0).gates());
  }

  /** A huge gradient of the heads leaves the others' clipping as it is. */
  @Test
  void clippingNeverMixesHeadsAndTheRest() {
    TrainingRecipe recipe = quiet();
    Optimisers optimisers = new Optimisers(gated(), recipe);
    Map<String, float[]> gradients = new LinkedHashMap<>();
    gradients.put("conv.bias", new float[] {0, 3, 0, 0, 0, 0, 0, 0});
    gradients.put("scores.bias", new float[] {4, 0, 0});
    gradients.put("head.weight", new float[] {1000});
    Step clipped = new Step(null, gradients).clippedTo(1, recipe, optimisers);
    assertEquals(0.6f, clipped.gradients().get("conv.bias")[1], 1e-6f);
    assertEquals(0.8f, clipped.gradients().get("scores.bias")[0], 1e-6f);
    assertEquals(1, clipped.gradients().get("head.weight")[0], 1e-6f);
  }

  /** SGD at a constant rate without decay beside AdamW: w − 0.1 g. */
  @Test
  void headsHaveTheirOwnOptimiserAtAConstantRate() {
    TrainingRecipe recipe =
        RecipeOptions.apply(quiet().withEpochs(10), Map.of("gate-optimiser", "sgd@0.1"));
    Shape batch = Shape.of(2, 3, 16, 24);
    Loss loss = Loss.plain("scores", 3).with(learning(0.8).error().orElseThrow());
    Network network = gated().withOutputs(List.of("scores", "gates", "head", "conv.act"));
    float[] pixels = new float[(int) batch.elements()];
    Random random = new Random(1);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    try (Learner learner = new Learner(network, batch, loss, w -> true, 1)) {
      LossInputs inputs =
          LossInputs.labels(ByteBuffer.allocate(2 * 16 * 24))
              .with(GateError.FACTOR, FloatBuffer.wrap(new float[] {1}));
      learner.backward(FloatBuffer.wrap(pixels), inputs, 1);
      float[] before = new float[learner.size("head.weight")];
      float[] gradient = new float[before.length];
      learner.values("head.weight", before);
      learner.gradient("head.weight", gradient);
      Optimisers optimisers = new Optimisers(network, recipe);
      Step.of(learner).take(recipe, optimisers, 1e-9, 0, 7);
      float[] after = new float[before.length];
      learner.values("head.weight", after);
      for (int i = 0; i < before.length; i++) {
        assertEquals(before[i] - 0.1f * gradient[i], after[i], 1e-7f);
      }
      Step.of(learner).take(recipe, optimisers, 1e-9, 5, 8);
      float[] later = new float[before.length];
      learner.values("head.weight", later);
      assertArrayEquals(after, later, "half of ten epochs are over");
      assertTrue(optimisers.state().keySet().contains("first/head.weight"));
    }
  }
}
