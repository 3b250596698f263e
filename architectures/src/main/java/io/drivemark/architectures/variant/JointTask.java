package io.drivemark.architectures.variant;

import io.drivemark.architectures.training.TrainingRecipe;
import java.util.Objects;

/**
 * Everything by which {@link JointMaker} makes a smaller model of a parent: what the command line
 * and a study's lines are read into. The sibling of {@link PruneTask}. Immutable.
 *
 * @param request how masks learn
 * @param recipe of all epochs: those in which masks learn, and those that tune what they leave
 */
public record JointTask(JointRequest request, TrainingRecipe recipe) {
  /**
   * @throws io.drivemark.problem.BadInputException if masks learn in more epochs than there are
   */
  public JointTask {
    Objects.requireNonNull(recipe, "recipe");
    request.maskEpochs(recipe.epochs());
  }

  /** The recipe of the epochs in which masks learn; weights are averaged only after these. */
  public TrainingRecipe learning() {
    return recipe.withEpochs(request.maskEpochs(recipe.epochs())).withEma(0);
  }

  /** How many epochs tune what masks leave; may be 0. */
  public int tuningEpochs() {
    return recipe.epochs() - request.maskEpochs(recipe.epochs());
  }
}
