package io.drivemark.architectures.training;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.datasets.Dataset;
import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Where the time of a training goes: trains for two epochs as {@link Trainer} does and says what
 * the parts of the second one took. For whoever makes a training faster; not thread-safe.
 *
 * <pre>{@code
 * Map<TrainingPart, Double> seconds =
 *     TrainingTimes.of(network, InputSpec.IMAGENET, train, val, recipe, folder, System::nanoTime);
 * }</pre>
 */
public final class TrainingTimes {
  private static final double NANOS = 1e9;

  private final LongSupplier clock;
  private final Map<TrainingPart, Long> nanos = new EnumMap<>(TrainingPart.class);
  private boolean warm;
  private long last;

  private TrainingTimes(LongSupplier clock) {
    this.clock = clock;
  }

  /**
   * Trains for labels and tells the time.
   *
   * @param recipe its epochs and evaluations are not looked at
   * @param folder an empty one, where the checkpoint is written
   * @param clock nanoseconds; where it counts the processor time of the calling thread, a recipe of
   *     one thread is needed to count all
   * @return seconds an image of train, for {@link TrainingPart#EVALUATION} seconds a frame of val,
   *     for {@link TrainingPart#CHECKPOINT} seconds an epoch
   * @throws io.drivemark.problem.BadInputException as {@link Trainer#train}
   */
  public static Map<TrainingPart, Double> of(
      Network start,
      InputSpec input,
      Dataset train,
      Dataset val,
      TrainingRecipe recipe,
      Path folder,
      LongSupplier clock) {
    Learning learning = Learning.ofLabels(start);
    TaskTraining.Setting setting =
        new TaskTraining.Setting(
            start, input, train, val, recipe.withEpochs(2).withEvaluateEvery(1).withMinutes(0));
    TrainingTimes times = new TrainingTimes(clock);
    new Trainer(learning, setting, folder.resolve("times.checkpoint"), Progress.NONE, times::isOver)
        .run();
    int steps;
    try (Batches batches = TaskTraining.of(learning.task(), setting).batches()) {
      steps = batches.steps();
      times.nanos.put(TrainingPart.DATA, batchesOf(batches, clock));
    }
    Map<TrainingPart, Double> seconds = new EnumMap<>(TrainingPart.class);
    double images = (double) steps * recipe.batch();
    times.nanos.forEach(
        (part, sum) ->
            seconds.put(
                part,
                sum
                    / NANOS
                    / switch (part) {
                      case EVALUATION -> val.ids().size();
                      case CHECKPOINT -> 1;
                      default -> images;
                    }));
    return seconds;
  }

  /** What the batches of an epoch take on this thread, after another epoch of them. */
  private static long batchesOf(Batches batches, LongSupplier clock) {
    long from = 0;
    for (int epoch = 0; epoch < 2; epoch++) {
      from = clock.getAsLong();
      for (int step = 0; step < batches.steps(); step++) {
        batches.prepare(epoch, step);
      }
    }
    return clock.getAsLong() - from;
  }

  private void isOver(TrainingPart part) {
    long now = clock.getAsLong();
    if (warm) {
      nanos.merge(part, now - last, Long::sum);
    }
    warm |= part == TrainingPart.CHECKPOINT;
    last = now;
  }
}
