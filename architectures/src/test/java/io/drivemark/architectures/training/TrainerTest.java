package io.drivemark.architectures.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Dropout;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.eval.metrics.Metrics;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final ShapeFrames TRAIN = new ShapeFrames(ShapeFrames.THREE, 4, 64, 96, 1);

  @TempDir Path folder;

  @Test
  void overfitsFourFrames() {
    TrainingRecipe recipe =
        quiet()
            .withEpochs(60)
            .withBatch(4)
            .withCrop(64, 96)
            .withScale(1, 1)
            .withColour(0)
            .withLearningRate(1e-2)
            .withEvaluateEvery(20);
    TrainingResult result = train(TRAIN, recipe, folder.resolve("overfit"), Progress.NONE);
    ConfusionMatrix counts = counts(result);
    double accuracy = Metrics.pixelAccuracy(counts).value().orElseThrow();
    assertTrue(accuracy > 0.95, "pixel accuracy " + accuracy);
    assertTrue(result.val().value().orElseThrow() > 0.9, "mIoU " + result.val().value());
    assertEquals(60, result.history().size());
    assertEquals(4 * 62 * 96, counts.pixels());
  }

  @Test
  void killedTrainingGoesOnAsIfUndisturbed() throws IOException {
    TrainingRecipe recipe = quiet().withEpochs(4);
    Path undisturbed = folder.resolve("undisturbed");
    Path disturbed = folder.resolve("disturbed");
    TrainingResult expected = train(TRAIN, recipe, undisturbed, Progress.NONE);
    for (long fatal : new long[] {1, 3, 6}) {
      assertThrows(Killed.class, () -> train(TRAIN, recipe, disturbed, Killed.at(fatal)));
    }
    TrainingResult found = train(TRAIN, recipe, disturbed, Progress.NONE);
    assertEquals(expected.best(), found.best());
    assertEquals(expected.epoch(), found.epoch());
    assertEquals(counts(expected).pixels(), counts(found).pixels());
    assertEquals(
        expected.history().stream().map(e -> e.loss() + " " + e.value()).toList(),
        found.history().stream().map(e -> e.loss() + " " + e.value()).toList());
    List<String> lines = Files.readAllLines(Checkpoint.historyFile(disturbed));
    assertEquals(4, lines.size());
    assertTrue(lines.get(3).startsWith("{\"epoch\":4,\"loss\":"), lines.get(3));
    assertEquals(found.best(), train(TRAIN, recipe, disturbed, Progress.NONE).best());
  }

  @Test
  void checkpointOfAnotherRecipeIsRefusedWithBothDigests() {
    TrainingRecipe recipe = quiet().withEpochs(1);
    Path file = folder.resolve("mine");
    train(TRAIN, recipe, file, Progress.NONE);
    TrainingRecipe other = recipe.withLearningRate(0.5);
    BadInputException problem =
        assertThrows(BadInputException.class, () -> train(TRAIN, other, file, Progress.NONE));
    assertEquals(
        "checkpoint "
            + file
            + " belongs to another training: its recipe has digest "
            + recipe.digest()
            + ", this one's has "
            + other.digest()
            + "; resume with the command that began it, delete it, or name another file",
        problem.getMessage());
  }

  @Test
  void damagedCheckpointIsRefused() throws IOException {
    TrainingRecipe recipe = quiet().withEpochs(1);
    Path file = folder.resolve("damaged");
    train(TRAIN, recipe, file, Progress.NONE);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    BadInputException problem =
        assertThrows(BadInputException.class, () -> train(TRAIN, recipe, file, Progress.NONE));
    assertEquals(
        "checkpoint "
            + file
            + " is damaged: its checksum is wrong; delete it to train from the start, or name"
            + " another file",
        problem.getMessage());
  }

  @Test
  void classesThatDoNotFitAreNamed() {
    List<LabelClass> classes = new ArrayList<>(ShapeFrames.THREE.classes());
    classes.add(new LabelClass("more", 0, "colour", false, false));
    LabelSpace four = new LabelSpace("shapes-4", classes);
    BadInputException problem =
        assertThrows(
            BadInputException.class,
            () ->
                train(
                    new ShapeFrames(four, 4, 64, 96, 1),
                    quiet(),
                    folder.resolve("classes"),
                    Progress.NONE));
    assertEquals(
        "training: output up of network tiny has 3 classes, the labels shapes-4 of shapes have 4;"
            + " build the network with at least that many",
        problem.getMessage());
  }

  @Test
  void outputsBeyondTheClassesAreUnlearned() {
    TrainingResult result =
        Trainer.train(
            tiny(5),
            InputSpec.IMAGENET,
            TRAIN,
            TRAIN,
            quiet().withEpochs(3).withClassWeights(ClassWeights.Kind.ENET),
            folder.resolve("beyond"),
            Progress.NONE);
    float[] before = tiny(5).weights().get("head.bias").tensor().floats();
    float[] after = result.best().weights().get("head.bias").tensor().floats();
    assertTrue(after[3] < before[3] && after[4] < before[4], java.util.Arrays.toString(after));
    assertEquals(3, ((LabelScore) result.val()).ious().size());
  }

  @Test
  void distillationBringsTheLogitsNearTheParents() {
    Network parent =
        train(TRAIN, quiet().withEpochs(12), folder.resolve("parent"), Progress.NONE).best();
    TrainingRecipe recipe = quiet().withEpochs(6).withDistillation(soft(1, 2));
    TrainingResult result = distilled(parent, recipe, folder.resolve("student"));
    double first = result.history().get(0).loss();
    double last = result.history().get(5).loss();
    assertTrue(last < 0.7 * first && last > 0, first + " to " + last);
    TrainingResult labels =
        train(TRAIN, quiet().withEpochs(6), folder.resolve("labels"), Progress.NONE);
    assertTrue(!labels.best().equals(result.best()));
  }

  @Test
  void distillationHasItsOwnCheckpointsAndNeedsAParentOfAsManyOutputs() {
    TrainingRecipe recipe = quiet().withEpochs(1).withDistillation(soft(0.5, 2));
    assertEquals(
        "training: the recipe distils, and there is no network to learn from; prune a model with"
            + " it, or leave distill out",
        assertThrows(
                BadInputException.class,
                () -> train(TRAIN, recipe, folder.resolve("none"), Progress.NONE))
            .getMessage());
    assertEquals(
        "distillation: network tiny has 5 outputs, the one that learns from it 3; a parent and its"
            + " pruned network have as many",
        assertThrows(
                BadInputException.class, () -> distilled(tiny(5), recipe, folder.resolve("five")))
            .getMessage());
    Path file = folder.resolve("one");
    distilled(tiny(), recipe, file);
    Network other =
        tiny().withTensors(java.util.Map.of("head.bias", Tensor.filled(Shape.of(3), 1)));
    String refused =
        assertThrows(BadInputException.class, () -> distilled(other, recipe, file)).getMessage();
    assertTrue(refused.contains("belongs to another training: its network has digest"), refused);
  }

  private static ConfusionMatrix counts(TrainingResult result) {
    return ((LabelScore) result.val()).counts();
  }

  private static Optional<Distillation> soft(double weight, double temperature) {
    return Optional.of(new Distillation(weight, temperature));
  }

  private static TrainingResult distilled(Network parent, TrainingRecipe recipe, Path file) {
    return Trainer.train(
        tiny(),
        Learning.ofLabels(tiny()).from(Optional.of(parent)),
        InputSpec.IMAGENET,
        TRAIN,
        TRAIN,
        recipe,
        file,
        Progress.NONE);
  }

  @Test
  void frozenGroupStaysAsItWas() {
    TrainingRecipe recipe =
        quiet().withEpochs(1).withGroups(java.util.Map.of("kernels", GroupSettings.FROZEN));
    TrainingResult result = train(TRAIN, recipe, folder.resolve("frozen"), Progress.NONE);
    Network start = tiny();
    assertEquals(start.weights().get("stem.weight"), result.best().weights().get("stem.weight"));
    assertTrue(!start.weights().get("head.bias").equals(result.best().weights().get("head.bias")));
  }

  @Test
  void timeLimitEndsTheTrainingWithAnEvaluation() {
    TrainingRecipe recipe =
        quiet().withEpochs(100_000).withEvaluateEvery(100_000).withMinutes(0.02);
    TrainingResult result = train(TRAIN, recipe, folder.resolve("limited"), Progress.NONE);
    assertTrue(result.history().size() < 100_000);
    assertEquals(result.history().size(), result.epoch());
    assertTrue(result.val().value().isPresent());
  }

  private static TrainingResult train(
      ShapeFrames frames, TrainingRecipe recipe, Path file, Progress progress) {
    return Trainer.train(tiny(), InputSpec.IMAGENET, frames, frames, recipe, file, progress);
  }

  /** Two steps an epoch on one thread, with everything random switched on. */
  private static TrainingRecipe quiet() {
    return TrainingRecipe.defaults()
        .withBatch(2)
        .withCrop(48, 64)
        .withWarmUpEpochs(0)
        .withEvaluateEvery(1)
        .withThreads(1);
  }

  private static Network tiny() {
    return tiny(3);
  }

  private static Network tiny(int outputs) {
    NetworkBuilder b = new NetworkBuilder("tiny", 7);
    String x = b.input("image", 3);
    x = b.conv("stem", x, 16, 3).stride(2).padding(1).build();
    x = b.relu("act", b.batchNorm("bn", x, 1e-5));
    x = b.conv("deep", x, 16, 3).same().build();
    x = b.pRelu("act2", b.batchNorm("bn2", x, 1e-5));
    x = b.add("drop", new Dropout(0.1), x);
    x = b.conv("head", x, outputs, 1).bias().build();
    return b.build(b.add("up", new Resize(ResizeMode.BILINEAR, 2, 2), x));
  }
}
