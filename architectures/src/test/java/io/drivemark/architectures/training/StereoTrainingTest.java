package io.drivemark.architectures.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.graph.Tensor;
import io.drivemark.architectures.graph.op.Activation;
import io.drivemark.architectures.graph.op.Elementwise;
import io.drivemark.architectures.graph.op.Resize;
import io.drivemark.architectures.graph.op.ResizeMode;
import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.head.DisparityHead;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.datasets.CameraPair;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Depth;
import io.drivemark.datasets.FrameCache;
import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.synth.SynthDrive;
import io.drivemark.datasets.synth.SynthOptions;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disparities, learned from pairs of photographs and from distances. */
class StereoTrainingTest {
  private static final int HEIGHT = 48;
  private static final int WIDTH = 96;
  private static final Dataset SCENES =
      new SynthDrive(SynthOptions.of(4, 1, HEIGHT, WIDTH, "train"));
  private static final DisparityHead HEAD = new DisparityHead(1, 80);

  @TempDir Path folder;

  /** The process is gone. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Disparities of two views at two scales; only the finest is an output. */
  private static Network tiny() {
    NetworkBuilder b = new NetworkBuilder("pair", 7);
    String x = b.input("image", 3);
    x = b.conv("stem", x, 8, 5).stride(2).padding(2).build();
    x = b.relu("act", b.batchNorm("bn", x, 1e-5));
    x = b.relu("act2", b.conv("deep", x, 8, 3).same().bias().build());
    String coarse = disparity(b, "disparity2", x);
    String up = b.add("up", new Resize(ResizeMode.BILINEAR, 2, 2), x);
    String twice = b.add("up.disparity", new Resize(ResizeMode.BILINEAR, 2, 2), coarse);
    return b.build(disparity(b, "disparity1", b.concat("both", up, twice)));
  }

  private static String disparity(NetworkBuilder b, String name, String x) {
    String y = b.conv(name + ".conv", x, 2, 3).same().bias().build();
    y = b.add(name + ".sigmoid", Activation.of(Activation.Kind.SIGMOID), y);
    String most = b.constant(name + ".most", Tensor.filled(Shape.of(1, 1, 1, 1), 0.3f));
    return b.add(name, new Elementwise(Elementwise.Kind.MUL), y, most);
  }

  private static TrainingRecipe quiet() {
    return TrainingRecipe.defaults()
        .forDepth()
        .withEpochs(3)
        .withBatch(2)
        .withCrop(HEIGHT, WIDTH)
        .withWarmUpEpochs(0)
        .withLearningRate(1e-2)
        .withEvaluateEvery(1)
        .withThreads(1);
  }

  private static TrainingRecipe with(DepthRecipe.Error loss) {
    return quiet().withDepth(quiet().depth().withLoss(loss));
  }

  private static Learning disparities() {
    return Learning.of(DepthLearning.of(tiny(), "disparity1", HEAD));
  }

  private static TrainingResult train(TrainingRecipe recipe, Path file, Progress progress) {
    return Trainer.train(
        tiny(), disparities(), InputSpec.IMAGENET, SCENES, SCENES, recipe, file, progress);
  }

  @Test
  void scalesAreFoundByTheirNumbers() {
    assertEquals(
        List.of("disparity1", "disparity2"),
        DepthLearning.of(tiny(), "disparity1", HEAD).outputs());
    assertEquals(
        List.of("disparity1"),
        DepthLearning.of(tiny(), "disparity1", new DepthHead(1, 80, DepthHead.Form.METRES))
            .outputs());
  }

  /** Where a pair is mirrored, the right photograph becomes the left one. */
  @Test
  void mirroredPairsSwapTheirViews() {
    TrainingRecipe recipe = quiet().withBatch(4).withDepth(DepthRecipe.defaults()).withColour(0);
    FrameCache frames = new FrameCache(SCENES, 1 << 24, Set.of(FrameCache.Part.RIGHT));
    int swapped = 0;
    int kept = 0;
    try (Batches batches =
        new Batches(
            frames, new Augmentation(recipe, InputSpec.IMAGENET), recipe, Batches.Truth.PAIRS)) {
      for (int epoch = 0; epoch < 4; epoch++) {
        Batches.Batch batch = batches.get(epoch, 0);
        for (int i = 0; i < 4; i++) {
          float[] left = part(batch.left(), i);
          float[] right = part(batch.right(), i);
          for (int f = 0; f < 4; f++) {
            float[] ownLeft = planes(SCENES.frame(f).image(), false);
            float[] otherLeft = planes(SCENES.frame(f).right().orElseThrow().image(), true);
            if (close(left, ownLeft)) {
              kept++;
              assertArrayEquals(
                  planes(SCENES.frame(f).right().orElseThrow().image(), false), right, 1e-5f);
            } else if (close(left, otherLeft)) {
              swapped++;
              assertArrayEquals(planes(SCENES.frame(f).image(), true), right, 1e-5f);
            }
          }
        }
      }
    }
    assertEquals(16, swapped + kept);
    assertTrue(swapped > 2 && kept > 2, swapped + " swapped, " + kept + " kept");
  }

  private static float[] part(FloatBuffer all, int index) {
    float[] values = new float[3 * HEIGHT * WIDTH];
    all.get(index * values.length, values);
    return values;
  }

  private static float[] planes(RgbImage image, boolean mirrored) {
    float[] planes = new float[3 * HEIGHT * WIDTH];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int from = mirrored ? WIDTH - 1 - x : x;
        for (int c = 0; c < 3; c++) {
          planes[(c * HEIGHT + y) * WIDTH + x] =
              (image.pixels()[3 * (y * WIDTH + from) + c] & 0xFF) / 255f;
        }
      }
    }
    return planes;
  }

  private static boolean close(float[] a, float[] b) {
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - b[i]) > 1e-4) {
        return false;
      }
    }
    return true;
  }

  /** Pairs are there, so they teach; val is judged in metres; a kill changes nothing. */
  @Test
  void pairsTeachDisparitiesAndAKilledTrainingGoesOn() {
    TrainingResult expected = train(quiet(), folder.resolve("undisturbed"), Progress.NONE);
    double first = expected.history().get(0).loss();
    double last = expected.history().get(2).loss();
    assertTrue(last < first && last > 0, first + " to " + last);
    assertTrue(expected.val().value().orElseThrow() > 0);
    assertEquals(4, ((DepthScore) expected.val()).frames());
    assertTrue(
        !tiny()
            .weights()
            .get("disparity2.conv.bias")
            .equals(expected.best().weights().get("disparity2.conv.bias")));
    Path disturbed = folder.resolve("disturbed");
    assertThrows(Killed.class, () -> train(quiet(), disturbed, killedAt(3)));
    TrainingResult found = train(quiet(), disturbed, Progress.NONE);
    assertEquals(expected.best(), found.best());
    assertEquals(expected.val(), found.val());
    assertEquals(
        expected.best(),
        train(with(DepthRecipe.Error.STEREO), folder.resolve("said"), Progress.NONE).best());
    assertEquals(
        Map.of("task", "depth", "learned", HEAD.description(), "learned-from", "stereo"),
        disparities().task().facts(SCENES, quiet()));
  }

  private static Progress killedAt(long step) {
    return new Progress() {
      @Override
      public void begin(String task, long steps) {}

      @Override
      public void step(long done, String detail) {
        if (done == step) {
          throw new Killed();
        }
      }

      @Override
      public void end() {}
    };
  }

  @Test
  void distancesTeachDisparitiesWhereTheRecipeSaysSo() {
    TrainingRecipe recipe = with(DepthRecipe.Error.DEPTH).withEpochs(16);
    TrainingResult result = train(recipe, folder.resolve("distances"), Progress.NONE);
    double first = result.history().get(0).value().orElseThrow();
    double best = result.val().value().orElseThrow();
    assertTrue(best < 0.8 * first, first + " to " + best);
    assertEquals("depth", disparities().task().facts(SCENES, recipe).get("learned-from"));
  }

  /** 10 m move by 24.3 of 100 pixels: 1/share is 100/24.3; what is out of range does not count. */
  @Test
  void distancesAreComparedWithSharesOfTheWidth() {
    Depth depth = Depth.of(1, 100, filled(10));
    depth.metres()[1] = 0.5f;
    depth.metres()[2] = 81;
    depth.metres()[3] = Float.NaN;
    CameraPair pair = new CameraPair(450, 0.54);
    float[] truth = DepthLoss.truth(HEAD, "f", depth, () -> Optional.of(pair));
    assertEquals(100 / 24.3, truth[0], 1e-5);
    for (int i = 1; i < 4; i++) {
      assertTrue(Float.isNaN(truth[i]), "value " + i);
    }
    assertEquals(
        "training of disparities: focal length and baseline of the cameras of frame f are not known,"
            + " so disparities are no distances; declare them in the dataset's file, cameras: {focal:"
            + " 721.5377, baseline: 0.54} for example, or take a network that answers with depth",
        assertThrows(
                BadInputException.class, () -> DepthLoss.truth(HEAD, "f", depth, Optional::empty))
            .getMessage());
  }

  private static float[] filled(float value) {
    float[] values = new float[100];
    java.util.Arrays.fill(values, value);
    return values;
  }

  private String refusal(Dataset frames, Learning learning, TrainingRecipe recipe) {
    Path file = folder.resolve("refused");
    return assertThrows(
            BadInputException.class,
            () ->
                Trainer.train(
                    tiny(),
                    learning,
                    InputSpec.IMAGENET,
                    frames,
                    frames,
                    recipe,
                    file,
                    Progress.NONE))
        .getMessage();
  }

  @Test
  void whatDoesNotFitIsRefusedWithTheLineToWrite() {
    assertTrue(
        refusal(new DepthFrames(4, HEIGHT, WIDTH, 1), disparities(), quiet())
            .startsWith(
                "training of disparities: focal length and baseline of the cameras of distances seed1"
                    + " are not known"));
    TrainingRecipe narrow =
        quiet()
            .withCrop(HEIGHT, 64)
            .withDepth(
                quiet()
                    .depth()
                    .withResize(
                        Optional.of(
                            new io.drivemark.architectures.model.ModelSpec.Size(HEIGHT, WIDTH))));
    assertEquals(
        "training of disparities: they are shares of the width, and cut-outs of 48x64 are not as wide"
            + " as frames of 48x96; write --crop 48x96 (in a study crop: 48x96)",
        refusal(SCENES, disparities(), narrow));
    Learning metres =
        Learning.of(new DepthLearning("disparity1", new DepthHead(1, 80, DepthHead.Form.METRES)));
    assertEquals(
        "training: output disparity1 of network pair is depth, metres, 1.0 to 80.0 m, [1, 2, 48, 96]:"
            + " right photographs teach disparities of two views [1, 2, height, width]; take such a"
            + " network, or write --loss depth (in a study loss: depth)",
        refusal(SCENES, metres, with(DepthRecipe.Error.STEREO)));
    assertEquals(
        "training by stereo: frame 7 has no right photograph; declare where they lie, layout:"
            + " {right: ...}, or write --loss depth (in a study loss: depth)",
        LearnableDepth.withoutRight("frame 7").getMessage());
  }
}
