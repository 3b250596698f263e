package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.Learner;
import io.drivemark.architectures.graph.Network;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One step of a training: the gradients of a batch, on their way into the weights. The arrays are
 * changed in place; not thread-safe.
 *
 * @param gradients by the weight's name
 */
record Step(Learner learner, Map<String, float[]> gradients) {
  /** The gradients of the learner's last batch. */
  static Step of(Learner learner) {
    Map<String, float[]> gradients = new LinkedHashMap<>();
    for (String name : learner.learned()) {
      float[] gradient = new float[learner.size(name)];
      learner.gradient(name, gradient);
      gradients.put(name, gradient);
    }
    return new Step(learner, gradients);
  }

  /**
   * Scales all gradients so that their common Euclidean norm is at most this.
   *
   * @param norm 0 = as they are
   */
  Step clippedTo(double norm) {
    if (norm == 0) {
      return this;
    }
    double squares = 0;
    for (float[] gradient : gradients.values()) {
      for (float g : gradient) {
        squares += (double) g * g;
      }
    }
    double found = Math.sqrt(squares);
    if (found > norm) {
      float scale = (float) (norm / found);
      for (float[] gradient : gradients.values()) {
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] *= scale;
        }
      }
    }
    return this;
  }

  /**
   * Writes new values into the learner.
   *
   * @param network whose weights' groups the recipe speaks of
   * @param step number of this step, from 1
   */
  void take(Network network, TrainingRecipe recipe, Optimiser optimiser, double rate, long step) {
    gradients.forEach(
        (name, gradient) -> {
          TrainingRecipe.GroupSettings group = recipe.group(network.weights().get(name).group());
          float[] values = new float[gradient.length];
          learner.values(name, values);
          optimiser.update(
              name,
              values,
              gradient,
              rate * group.rate(),
              recipe.weightDecay() * group.decay(),
              step);
          learner.setValues(name, values);
        });
  }
}
