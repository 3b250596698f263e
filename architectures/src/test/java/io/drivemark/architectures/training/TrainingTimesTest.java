package io.drivemark.architectures.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.graph.NetworkBuilder;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTimesTest {

  @TempDir Path folder;

  /**
   * A clock that goes on by 12 s whenever it is asked: three steps of two images take 12 s a part
   * each, an evaluation of four frames and the checkpoint 12 s, and so do all batches of an epoch.
   */
  @Test
  void eachPartOfTheSecondEpochTakesWhatTheClockSaysAnImage() {
    NetworkBuilder b = new NetworkBuilder("tiny", 7);
    String x = b.conv("head", b.input("image", 3), 3, 1).bias().build();
    TrainingRecipe recipe =
        TrainingRecipe.defaults().withBatch(2).withCrop(16, 24).withThreads(1).withEvaluateEvery(9);
    AtomicLong seconds = new AtomicLong();
    Map<TrainingPart, Double> found =
        TrainingTimes.of(
            b.build(x),
            InputSpec.IMAGENET,
            new ShapeFrames(ShapeFrames.THREE, 6, 16, 24, 1),
            new ShapeFrames(ShapeFrames.THREE, 4, 16, 24, 2),
            recipe,
            folder,
            () -> 1_000_000_000 * seconds.addAndGet(12));
    assertEquals(
        Map.of(
            TrainingPart.DATA, 2.0,
            TrainingPart.FORWARD, 6.0,
            TrainingPart.BACKWARD, 6.0,
            TrainingPart.OPTIMISER, 6.0,
            TrainingPart.EVALUATION, 3.0,
            TrainingPart.CHECKPOINT, 12.0),
        found);
  }
}
