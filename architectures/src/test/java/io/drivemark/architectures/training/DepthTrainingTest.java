package io.drivemark.architectures.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.EngineOptions;
import io.drivemark.architectures.engine.Engines;
import io.drivemark.architectures.engine.Session;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.head.DepthHead.Form;
import io.drivemark.architectures.head.HeadSite;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.LabelClass;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.Sample;
import io.drivemark.datasets.image.Preprocess;
import io.drivemark.eval.metrics.depth.DepthScores;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Distances through the one trainer. */
class DepthTrainingTest {
  private static final int HEIGHT = 48;
  private static final int WIDTH = 64;
  private static final DepthFrames TRAIN = new DepthFrames(4, HEIGHT, WIDTH, 1);
  private static final DepthHead LOG = new DepthHead(1, 80, Form.LOG);
  private static final String OUTPUT = "up";

  @TempDir Path folder;

  /** The process is gone. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static Network tiny(int planes) {
    NetworkBuilder b = new NetworkBuilder("tiny", 7);
    String x = b.input("image", 3);
    x = b.conv("stem", x, 8, 3).stride(2).padding(1).build();
    x = b.relu("act", b.batchNorm("bn", x, 1e-5));
    x = b.conv("deep", x, 8, 3).same().bias().build();
    x = b.conv("head", b.relu("act2", x), planes, 1).bias().build();
    return b.build(b.add(OUTPUT, new Resize(ResizeMode.BILINEAR, 2, 2), x));
  }

  private static TrainingRecipe quiet() {
    return TrainingRecipe.defaults()
        .forDepth()
        .withBatch(2)
        .withCrop(HEIGHT, WIDTH)
        .withWarmUpEpochs(0)
        .withLearningRate(1e-2)
        .withEvaluateEvery(1)
        .withThreads(1);
  }

  /** Colours as they are. */
  private static TrainingRecipe plain() {
    return quiet().withDepth(DepthRecipe.defaults()).withColour(0);
  }

  private static TrainingResult train(TrainingRecipe recipe, Path file, Progress progress) {
    return train(TRAIN, recipe, InputSpec.IMAGENET, file, progress);
  }

  private static TrainingResult train(
      Dataset frames, TrainingRecipe recipe, InputSpec input, Path file, Progress progress) {
    return Trainer.train(
        tiny(1),
        Learning.of(new DepthLearning(OUTPUT, LOG)),
        input,
        frames,
        frames,
        recipe,
        file,
        progress);
  }

  /** What a study would find: another engine, the head's decoder, the judge of depth. */
  private static double absRel(Network network, Dataset frames, InputSpec input, Size size) {
    List<DepthScores> all = new ArrayList<>();
    Preprocess preprocess =
        new Preprocess(input.order(), input.mean(), input.std(), size.height(), size.width());
    try (Session session =
        Engines.named("onnxruntime")
            .open(network.forInference(), size.height(), size.width(), new EngineOptions(1))) {
      HeadSite.Extents extents = new HeadSite.Extents(size.height(), size.width());
      FloatBuffer in = Session.buffer(session.inputShape());
      FloatBuffer out = Session.buffer(session.outputShapes().get(0));
      for (int i = 0; i < frames.ids().size(); i++) {
        Sample sample = frames.frame(i).sample();
        preprocess.into(sample.image(), in);
        session.run(in, List.of(out));
        Depth found =
            LOG.decoder(
                    new HeadSite(
                        "test", session.outputShapes().get(0), extents, extents, Optional.empty()))
                .decode(out, sample.image().height(), sample.image().width(), 1);
        DepthScore.RULE.judge(sample.depth().orElseThrow(), found).ifPresent(all::add);
      }
    }
    return DepthScores.mean(all).absRel();
  }

  @Test
  void distancesAreLearnedAndJudgedAsAStudyJudgesThem() {
    TrainingResult result = train(plain().withEpochs(30), folder.resolve("learned"), Progress.NONE);
    double first = result.history().get(0).value().orElseThrow();
    double best = result.val().value().orElseThrow();
    assertTrue(best < 0.3 && best < 0.4 * first, first + " to " + best);
    assertEquals(
        absRel(result.best(), TRAIN, InputSpec.IMAGENET, new Size(HEIGHT, WIDTH)), best, 1e-5);
    EpochRecord smallest =
        result.history().stream()
            .min(Comparator.comparingDouble(e -> e.value().orElseThrow()))
            .orElseThrow();
    assertEquals(smallest.epoch(), result.epoch());
    assertEquals(smallest.value(), result.val().value());
    DepthScore score = (DepthScore) result.val();
    assertEquals(4, score.frames());
    assertEquals(
        "all known distances, whole image, mean over frames of each frame's mean",
        score.facts().get("val-protocol"));
    assertEquals(ValFigure.text(score.value()), score.facts().get("val-abs-rel"));
  }

  /** Frames are brought to the size that the network is given before they are cut. */
  @Test
  void framesOfAnotherSizeAreResizedForTrainingAndOnVal() {
    DepthFrames large = new DepthFrames(4, HEIGHT * 2, WIDTH * 2, 1);
    InputSpec input = InputSpec.IMAGENET.withSize(new Size(HEIGHT, WIDTH));
    TrainingResult own =
        train(large, plain().withEpochs(4), input, folder.resolve("own"), Progress.NONE);
    double found = own.val().value().orElseThrow();
    assertEquals(absRel(own.best(), large, input, new Size(HEIGHT, WIDTH)), found, 1e-5);
    TrainingRecipe recipe =
        plain()
            .withEpochs(4)
            .withDepth(plain().depth().withResize(Optional.of(new Size(HEIGHT, WIDTH))));
    TrainingResult asked =
        train(large, recipe, InputSpec.IMAGENET, folder.resolve("asked"), Progress.NONE);
    assertEquals(own.best(), asked.best());
    assertEquals(found, asked.val().value().orElseThrow());
  }

  @Test
  void killedTrainingGoesOnAsIfUndisturbed() throws IOException {
    TrainingRecipe recipe = quiet().withEpochs(4);
    Path disturbed = folder.resolve("disturbed");
    TrainingResult expected = train(recipe, folder.resolve("undisturbed"), Progress.NONE);
    List<String> said = new ArrayList<>();
    for (long fatal : new long[] {1, 3, 6}) {
      assertThrows(Killed.class, () -> train(recipe, disturbed, killedAt(fatal, said)));
    }
    TrainingResult found = train(recipe, disturbed, Progress.NONE);
    assertEquals(expected.best(), found.best());
    assertEquals(expected.epoch(), found.epoch());
    assertEquals(expected.val(), found.val());
    assertEquals(
        expected.history().stream().map(e -> e.loss() + " " + e.value()).toList(),
        found.history().stream().map(e -> e.loss() + " " + e.value()).toList());
    byte[] bytes = Files.readAllBytes(disturbed);
    assertEquals("DRIVEMK3", new String(bytes, 0, 8, StandardCharsets.US_ASCII));
    List<String> lines = Files.readAllLines(Checkpoint.historyFile(disturbed));
    assertEquals(4, lines.size());
    String value = String.format(Locale.ROOT, "%.6f", found.history().get(3).value().orElseThrow());
    assertTrue(lines.get(3).contains("\"absRel\":" + value + ",\"rate\""), lines.get(3));
    assertTrue(
        said.get(said.size() - 1).matches("epoch 3/4, loss .*, val AbsRel 0.\\d{4} \\(best 0.*"),
        said.get(said.size() - 1));
  }

  private static Progress killedAt(long step, List<String> said) {
    return new Progress() {
      @Override
      public void begin(String task, long steps) {}

      @Override
      public void step(long done, String detail) {
        said.add(detail);
        if (done == step) {
          throw new Killed();
        }
      }

      @Override
      public void end() {}
    };
  }

  private String refusal(Dataset frames, TrainingRecipe recipe) {
    Path file = folder.resolve("refused");
    return assertThrows(
            BadInputException.class,
            () -> train(frames, recipe, InputSpec.IMAGENET, file, Progress.NONE))
        .getMessage();
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheLineToWrite() {
    assertEquals(
        "training of depth: the recipe scales frames by 0.5 to 2.0, which would change distances;"
            + " write --scale 1-1 (in a study scale: 1-1)",
        refusal(TRAIN, quiet().withScale(0.5, 2)));
    assertEquals(
        "training of depth: the recipe weighs classes, of which depth has none; write"
            + " --class-weights none (in a study class-weights: none)",
        refusal(TRAIN, quiet().withClassWeights(ClassWeights.Kind.ENET)));
    assertEquals(
        "training of depth: the recipe takes the hardest 0.5 of the pixels, which is for labels;"
            + " write --hard-share 1 (in a study hard-share: 1)",
        refusal(TRAIN, quiet().withHardShare(0.5)));
    LabelSpace space =
        new LabelSpace("one", List.of(new LabelClass("Any", 0, "any", false, false)));
    assertEquals(
        "network tiny answers with depth, and shapes seed1 has no distances; give a dataset"
            + " that has them, synthdrive for example",
        refusal(new ShapeFrames(space, 4, HEIGHT, WIDTH, 1), quiet()));
    assertEquals(
        "training: distances seed1 has no frames",
        refusal(new DepthFrames(0, HEIGHT, WIDTH, 1), quiet()));
    Network two = tiny(2);
    assertEquals(
        "training: output up of network tiny is [1, 2, 48, 64], a training of depth needs one plane"
            + " [1, 1, height, width]",
        assertThrows(
                BadInputException.class,
                () ->
                    Trainer.train(
                        two,
                        Learning.of(new DepthLearning(OUTPUT, LOG)),
                        InputSpec.IMAGENET,
                        TRAIN,
                        TRAIN,
                        quiet(),
                        folder.resolve("two"),
                        Progress.NONE))
            .getMessage());
  }

  @Test
  void aCheckpointOfLabelsIsNoneOfDepth() {
    TrainingRecipe recipe = quiet().withEpochs(1);
    Path file = folder.resolve("labels");
    Trainer.train(tiny(1), InputSpec.IMAGENET, TRAIN, TRAIN, recipe, file, Progress.NONE);
    String refused =
        assertThrows(BadInputException.class, () -> train(recipe, file, Progress.NONE))
            .getMessage();
    assertTrue(refused.contains("belongs to another training: its network has digest"), refused);
  }

  @Test
  void scoresAreTheirNumbers() {
    DepthScores errors = new DepthScores(7, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0.1, 0.2, 0.3);
    DepthScore score = new DepthScore(3, Optional.of(errors));
    assertEquals(Optional.of(score), DepthScore.of(score.numbers()));
    DepthScore none = new DepthScore(0, Optional.empty());
    assertEquals(Optional.of(none), DepthScore.of(none.numbers()));
    assertTrue(none.value().isEmpty());
    assertEquals(Optional.empty(), DepthScore.of(new long[][] {{1, 2}, {3, 4}}));
    assertTrue(ValFigure.ABS_REL.isBetter(score.value(), none.value()));
    assertTrue(!ValFigure.ABS_REL.isBetter(none.value(), score.value()));
  }
}
