package io.drivemark.architectures.training;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.datasets.Dataset;
import io.drivemark.datasets.Task;
import io.drivemark.problem.BadInputException;
import java.util.List;

/** What network, frames and recipe must be for a training of depth. Stateless. */
final class LearnableDepth {
  private LearnableDepth() {}

  /**
   * Checks that they fit.
   *
   * @throws BadInputException if not; the message says what to write
   */
  static void require(DepthLearning learning, TaskTraining.Setting setting) {
    String name = setting.start().name();
    for (Dataset split : List.of(setting.train(), setting.val())) {
      LearnableModel.requireFrames(split);
      requireDepth("network " + name, split);
    }
    requireRecipe(setting.recipe());
    if (!(learning.kind() instanceof DepthHead)) {
      throw new BadInputException(
          "training: output "
              + learning.output()
              + " of network "
              + name
              + " is "
              + learning.kind().description()
              + ", which is not learned from distances");
    }
    TrainingRecipe recipe = setting.recipe();
    Shape shape =
        setting.start().shapesAt(recipe.cropHeight(), recipe.cropWidth()).get(learning.output());
    if (shape.rank() != 4 || shape.channels() != 1) {
      throw new BadInputException(
          "training: output "
              + learning.output()
              + " of network "
              + name
              + " is "
              + shape
              + ", a training of depth needs one plane [1, 1, height, width]");
    }
  }

  /**
   * Checks that a split has distances.
   *
   * @param model what needs them
   * @throws BadInputException if it has none
   */
  static void requireDepth(String model, Dataset split) {
    if (!split.tasks().contains(Task.DEPTH)) {
      throw new BadInputException(
          model
              + " answers with depth, and "
              + split.name()
              + " "
              + split.split()
              + " has no distances; give a dataset that has them, synthdrive for example");
    }
  }

  private static void requireRecipe(TrainingRecipe recipe) {
    if (recipe.minScale() != 1 || recipe.maxScale() != 1) {
      throw refused(
          "scales frames by " + recipe.minScale() + " to " + recipe.maxScale(),
          "which would change distances",
          "scale",
          "1-1");
    }
    if (recipe.classWeights() != ClassWeights.Kind.NONE) {
      throw refused("weighs classes", "of which depth has none", "class-weights", "none");
    }
    if (recipe.hardShare() < 1) {
      throw refused(
          "takes the hardest " + recipe.hardShare() + " of the pixels",
          "which is for labels",
          "hard-share",
          "1");
    }
    if (recipe.distillation().isPresent()) {
      throw refused("distils", "which is for labels", "distill", "none");
    }
  }

  private static BadInputException refused(String found, String why, String key, String value) {
    return new BadInputException(
        "training of depth: the recipe "
            + found
            + ", "
            + why
            + "; write --"
            + key
            + " "
            + value
            + " (in a study "
            + key
            + ": "
            + value
            + ")");
  }
}
