package io.drivemark.architectures.variant;

import io.drivemark.architectures.pruning.PruningPlan;
import io.drivemark.architectures.training.TrainingRecipe;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything by which {@link VariantMaker} makes a smaller model of a parent: what the command line
 * and a study's lines are read into. Immutable.
 *
 * @param removal what goes
 * @param between how the model is trained after each round but the last; empty = not at all
 * @param fromScratch whether the weights are forgotten then, so that the smaller structure alone is
 *     judged
 * @param seed of the random weights, where they are forgotten
 * @param recipe how the model is trained in the end; empty = not at all
 */
public record PruneTask(
    Removal removal,
    Optional<TrainingRecipe> between,
    boolean fromScratch,
    long seed,
    Optional<TrainingRecipe> recipe) {

  /** What goes: to be decided, or decided already. */
  public sealed interface Removal {}

  /**
   * A plan is to be made.
   *
   * @param request what goes, and by what criterion
   * @param approach in which steps
   */
  public record Decide(PruneRequest request, PruneApproach approach) implements Removal {
    public Decide {
      Objects.requireNonNull(request, "request");
      Objects.requireNonNull(approach, "approach");
    }
  }

  /** A plan is there. */
  public record Decided(PruningPlan plan) implements Removal {
    public Decided {
      Objects.requireNonNull(plan, "plan");
    }
  }

  public PruneTask {
    Objects.requireNonNull(removal, "removal");
    Objects.requireNonNull(between, "between");
    Objects.requireNonNull(recipe, "recipe");
    boolean trains = removal instanceof Decide decide && decide.approach().trainsBetween();
    if (trains != between.isPresent()) {
      throw new IllegalArgumentException(
          trains
              ? "training between rounds needs a recipe"
              : "a recipe between rounds without training there");
    }
  }
}
