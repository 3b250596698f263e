package io.drivemark.eval.runner.variant;

import io.drivemark.architectures.model.ModelSpec.Size;
import io.drivemark.architectures.training.RecipeOptions;
import io.drivemark.architectures.training.TrainingRecipe;
import io.drivemark.architectures.variant.FineTuning;
import io.drivemark.datasets.Task;
import io.drivemark.eval.runner.study.PruneSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The two recipes of a {@code prune} section: one for every model that starts from weights, one for
 * every model that starts from random ones. Where the study does not say, weights are evaluated at
 * the end alone (so that none are chosen by the frames results may be reported on), crops have the
 * network's size, and images are scaled by factors around the one between dataset and network; of
 * depth they are brought to the network's size, and not scaled. Stateless.
 *
 * @param spec what the study says
 * @param task what the network answers
 * @param size of the network's input
 * @param frameHeight height of the dataset's frames
 * @param seed of the variant
 */
record VariantRecipes(PruneSpec spec, Task task, Size size, int frameHeight, long seed) {
  private static final String EPOCHS = "epochs";
  private static final String EVALUATE_EVERY = "evaluate-every";

  /** What an ordinary training does otherwise than fine-tuning. */
  private static final List<String> OF_FINE_TUNING =
      List.of("learning-rate", "optimiser", "distill");

  /** The recipe of fine-tuning; empty if the study asks for 0 epochs. */
  Optional<TrainingRecipe> finetune() {
    return recipe(FineTuning.recipe(size.height(), size.width()), spec.finetune());
  }

  /** The recipe of fine-tuning for the epochs between two rounds of pruning. */
  Optional<TrainingRecipe> between(int epochs) {
    return finetune().map(r -> r.withEpochs(epochs).withEvaluateEvery(epochs));
  }

  /** The recipe from random weights: what the study says of it, else as fine-tuning. */
  Optional<TrainingRecipe> scratch() {
    Map<String, String> options = new LinkedHashMap<>(spec.finetune());
    options.keySet().removeAll(OF_FINE_TUNING);
    options.putAll(spec.scratch());
    TrainingRecipe usual =
        TrainingRecipe.defaults()
            .withEpochs(FineTuning.EPOCHS)
            .withCrop(size.height(), size.width());
    return recipe(usual, options);
  }

  private Optional<TrainingRecipe> recipe(TrainingRecipe usual, Map<String, String> options) {
    if ("0".equals(options.get(EPOCHS))) {
      return Optional.empty();
    }
    TrainingRecipe recipe = RecipeOptions.apply(scaled(usual).withSeed(seed), options);
    return Optional.of(
        options.containsKey(EVALUATE_EVERY) ? recipe : recipe.withEvaluateEvery(recipe.epochs()));
  }

  private TrainingRecipe scaled(TrainingRecipe usual) {
    return switch (task) {
      case SEGMENTATION -> {
        double scale = (double) size.height() / frameHeight;
        yield usual.withScale(Math.max(0.1, scale * usual.minScale()), scale * usual.maxScale());
      }
      case DEPTH -> {
        TrainingRecipe depth = usual.forDepth();
        yield depth.withDepth(depth.depth().withResize(Optional.of(size)));
      }
    };
  }
}
