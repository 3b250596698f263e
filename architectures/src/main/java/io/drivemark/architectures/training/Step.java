package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.Learner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
   * Scales all gradients so that their common Euclidean norm is at most this; those of a group with
   * an optimiser of its own by themselves.
   *
   * @param norm 0 = as they are
   */
  Step clippedTo(double norm, TrainingRecipe recipe, Optimisers optimisers) {
    if (norm == 0) {
      return this;
    }
    Map<String, List<float[]>> together = new LinkedHashMap<>();
    gradients.forEach(
        (name, gradient) -> {
          String group = optimisers.group(name);
          String apart = recipe.group(group).own().isPresent() ? "own " + group : "";
          together.computeIfAbsent(apart, g -> new ArrayList<>()).add(gradient);
        });
    together.values().forEach(part -> clip(part, norm));
    return this;
  }

  private static void clip(List<float[]> part, double norm) {
    double squares = 0;
    for (float[] gradient : part) {
      for (float g : gradient) {
        squares += (double) g * g;
      }
    }
    double found = Math.sqrt(squares);
    if (found > norm) {
      float scale = (float) (norm / found);
      for (float[] gradient : part) {
        for (int i = 0; i < gradient.length; i++) {
          gradient[i] *= scale;
        }
      }
    }
  }

  /**
   * Writes new values into the learner.
   *
   * @param rate of the groups that have no optimiser of their own
   * @param epoch from 0
   * @param step number of this step, from 1
   */
  void take(TrainingRecipe recipe, Optimisers optimisers, double rate, int epoch, long step) {
    double rise = recipe.learningRate() > 0 ? rate / recipe.learningRate() : 1;
    gradients.forEach(
        (name, gradient) -> {
          String group = optimisers.group(name);
          GroupSettings settings = recipe.group(group);
          Optional<GroupSettings.Own> own = settings.own();
          if (own.isPresent() && !own.get().learnsIn(epoch, recipe.epochs())) {
            return;
          }
          float[] values = new float[gradient.length];
          learner.values(name, values);
          optimisers
              .of(group)
              .update(
                  name,
                  values,
                  gradient,
                  settings.rate() * own.map(o -> o.at(rise)).orElse(rate),
                  recipe.weightDecay() * settings.decay(),
                  step);
          learner.setValues(name, values);
        });
  }
}
