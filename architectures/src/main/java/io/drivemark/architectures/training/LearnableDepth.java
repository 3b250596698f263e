package io.drivemark.architectures.training;

import io.drivemark.architectures.graph.op.Shape;
import io.drivemark.architectures.head.DepthHead;
import io.drivemark.architectures.head.DisparityHead;
import io.drivemark.architectures.model.ModelSpec.Size;
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
    boolean disparity = learning.kind() instanceof DisparityHead;
    if (!disparity && !(learning.kind() instanceof DepthHead)) {
      throw new BadInputException(
          "training: output "
              + learning.output()
              + " of network "
              + name
              + " is "
              + learning.kind().description()
              + ", which is not learned from distances");
    }
    if (disparity) {
      requireWholeWidth(learning, setting);
      for (Dataset split : List.of(setting.train(), setting.val())) {
        if (split.frame(0).cameras().isEmpty()) {
          throw DepthLoss.withoutCameras(split.name() + " " + split.split());
        }
      }
    }
    boolean stereo = learning.error(setting.train(), setting.recipe()) == DepthRecipe.Error.STEREO;
    requirePlanes(learning, setting, stereo);
    if (stereo && setting.train().frame(0).right().isEmpty()) {
      throw withoutRight(setting.train().name() + " " + setting.train().split());
    }
  }

  private static void requirePlanes(
      DepthLearning learning, TaskTraining.Setting setting, boolean stereo) {
    TrainingRecipe recipe = setting.recipe();
    Shape shape =
        setting.start().shapesAt(recipe.cropHeight(), recipe.cropWidth()).get(learning.output());
    boolean disparity = learning.kind() instanceof DisparityHead;
    int planes = shape.rank() == 4 ? shape.channels() : 0;
    String is = "training: output " + learning.output() + " of network " + setting.start().name();
    if (stereo && !(disparity && planes == 2)) {
      throw new BadInputException(
          is
              + " is "
              + learning.kind().description()
              + ", "
              + shape
              + ": right photographs teach disparities of two views [1, 2, height, width]; take such"
              + " a network, or write --loss depth (in a study loss: depth)");
    }
    if (planes != 1 && !(disparity && planes == 2)) {
      throw new BadInputException(
          is + " is " + shape + ", a training of depth needs one plane [1, 1, height, width]");
    }
  }

  /** A disparity is a share of the width that the network sees: on val that is the whole frame. */
  private static void requireWholeWidth(DepthLearning learning, TaskTraining.Setting setting) {
    TrainingRecipe recipe = setting.recipe();
    Size size = learning.size(setting.input(), recipe).orElseThrow();
    if (size.width() != recipe.cropWidth()) {
      throw new BadInputException(
          "training of disparities: they are shares of the width, and cut-outs of "
              + recipe.cropHeight()
              + "x"
              + recipe.cropWidth()
              + " are not as wide as frames of "
              + size
              + "; write --crop "
              + size
              + " (in a study crop: "
              + size
              + ")");
    }
  }

  /** The refusal of frames that no second camera saw. */
  static BadInputException withoutRight(String frames) {
    return new BadInputException(
        "training by stereo: "
            + frames
            + " has no right photograph; declare where they lie, layout: {right: ...}, or write"
            + " --loss depth (in a study loss: depth)");
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
