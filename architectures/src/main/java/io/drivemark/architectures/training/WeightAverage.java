package io.drivemark.architectures.training;

import io.drivemark.architectures.engine.pytorch.Learner;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The exponential moving average of a network's weights and running statistics over the steps of a
 * training. After step t it moves to the weights by 1 − d(t), d(t) = min(decay, (1 + t)/(10 + t)):
 * the first steps, which are far from the end, are soon forgotten (the rule of TensorFlow's {@code
 * ExponentialMovingAverage} with {@code num_updates}). Not thread-safe.
 */
final class WeightAverage {
  /** What its names in a checkpoint begin with. */
  private static final String KEY = "average/";

  private final double decay;
  private final Map<String, float[]> values = new LinkedHashMap<>();

  /**
   * @param decay above 0 to below 1
   * @param start values by name; taken over, not copied
   */
  WeightAverage(double decay, Map<String, float[]> start) {
    this.decay = decay;
    values.putAll(start);
  }

  /**
   * Takes the weights in as they are after a step.
   *
   * @param step its number, from 1
   */
  void take(Learner learner, long step) {
    double keep = Math.min(decay, (1.0 + step) / (10.0 + step));
    values.forEach(
        (name, average) -> {
          float[] now = copy(name, learner);
          for (int i = 0; i < now.length; i++) {
            average[i] += (float) ((1 - keep) * (now[i] - average[i]));
          }
        });
  }

  /** What something comes to with the averages in place of the weights, which come back after. */
  <T> T inPlace(Learner learner, Supplier<T> asked) {
    Map<String, float[]> own = new LinkedHashMap<>();
    values.keySet().forEach(name -> own.put(name, copy(name, learner)));
    values.forEach(learner::setValues);
    try {
      return asked.get();
    } finally {
      own.forEach(learner::setValues);
    }
  }

  /** A copy of the averages, as a checkpoint keeps them beside the optimiser's state. */
  Map<String, float[]> state() {
    Map<String, float[]> state = new LinkedHashMap<>();
    values.forEach((name, average) -> state.put(KEY + name, average.clone()));
    return state;
  }

  /**
   * Takes over a state as {@link #state} gave it, and takes it out of the map.
   *
   * @param file where it was read from
   * @throws io.drivemark.problem.BadInputException if it is not that of these weights
   */
  void restore(Path file, Map<String, float[]> state) {
    for (String name : List.copyOf(values.keySet())) {
      float[] average = state.remove(KEY + name);
      if (average == null || average.length != values.get(name).length) {
        throw CheckpointReader.damaged(file, "it has no average of weight " + name, null);
      }
      values.put(name, average);
    }
  }

  private static float[] copy(String name, Learner learner) {
    float[] copy = new float[learner.size(name)];
    learner.values(name, copy);
    return copy;
  }
}
