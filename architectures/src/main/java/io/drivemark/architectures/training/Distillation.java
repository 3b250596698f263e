package io.drivemark.architectures.training;

/**
 * Learning from another network's softened logits besides the labels (arXiv 1503.02531); see {@link
 * io.drivemark.architectures.engine.pytorch.SoftTargets} for the loss.
 *
 * @param weight of the soft part, above 0 to 1; the labels' part has the rest
 * @param temperature at least 1
 */
public record Distillation(double weight, double temperature) {
  public Distillation {
    if (!(weight > 0 && weight <= 1)) {
      throw new IllegalArgumentException(
          "training recipe: weight of distillation is " + weight + ", expected above 0 to 1");
    }
    TrainingRecipe.atLeast("temperature of distillation", temperature, 1);
  }
}
