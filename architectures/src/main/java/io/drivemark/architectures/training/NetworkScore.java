package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.model.ModelSpec.InputSpec;
import io.drivemark.datasets.Dataset;
import io.drivemark.problem.Progress;

/** What a network comes to on val without being trained. Stateless. */
public final class NetworkScore {
  private NetworkScore() {}

  /**
   * Judges a network by the rule by which a training chooses its weights.
   *
   * @param learning what the network answers
   * @param train frames that a training would learn from
   * @param recipe of which the size and the threads are used
   * @throws io.drivemark.problem.BadInputException if network, frames and recipe do not fit
   */
  public static ValScore of(
      Network network,
      Learning learning,
      InputSpec normalisation,
      Dataset train,
      Dataset val,
      TrainingRecipe recipe,
      Progress progress) {
    TaskTraining task =
        TaskTraining.of(
            learning.task(), new TaskTraining.Setting(network, normalisation, train, val, recipe));
    try (Lessons lessons = Lessons.of(network, learning, task, recipe);
        Learner learner =
            new Learner(
                lessons.network(),
                Trainer.batch(network, recipe),
                lessons.loss(progress),
                lessons::learns,
                recipe.threads())) {
      return task.evaluate(learner);
    }
  }
}
