package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.engine.pytorch.Loss;
import io.drivemark.architectures.engine.pytorch.LossInputs;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.datasets.Dataset;
import io.drivemark.problem.Progress;
import java.util.Optional;

/**
 * How one task is learned and judged: what batches hold besides images, what is minimised, and what
 * a network comes to on val. Not thread-safe.
 */
interface TaskTraining {
  /**
   * What a training of a task works on.
   *
   * @param input what the network is given
   */
  record Setting(
      Network start, InputSpec input, Dataset train, Dataset val, TrainingRecipe recipe) {}

  /**
   * The training of a task.
   *
   * @throws io.drivemark.problem.BadInputException if network, frames and recipe do not fit it
   */
  static TaskTraining of(LearningTask task, Setting setting) {
    return task instanceof DepthLearning depth
        ? new DepthTraining(depth, setting)
        : new LabelTraining(((LabelLearning) task).outputs(), setting);
  }

  /** What val is judged by. */
  ValFigure figure();

  /** The batches of an epoch; to be closed. */
  Batches batches();

  /**
   * What is minimised.
   *
   * @param progress of what must be counted first
   */
  Loss loss(Progress progress);

  /** What the loss is given at a step. */
  LossInputs inputs(Batches.Batch batch);

  /** What the weights at hand come to on val. */
  ValScore evaluate(Learner learner);

  /** A score from its numbers; empty if they are none of this task. */
  Optional<ValScore> score(long[][] numbers);
}
