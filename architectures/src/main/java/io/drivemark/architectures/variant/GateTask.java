package io.drivemark.architectures.variant;

import io.drivemark.architectures.training.TrainingRecipe;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything by which {@link GateMaker} makes a dynamic model of a parent: what the command line
 * and a study's lines are read into. The sibling of {@link PruneTask}, whose models lose parts for
 * good. Immutable.
 *
 * @param request how much a frame uses, and what decides
 * @param recipe how the model is trained; empty = not at all, so that its gates know nothing
 */
public record GateTask(GateRequest request, Optional<TrainingRecipe> recipe) {
  public GateTask {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(recipe, "recipe");
  }
}
