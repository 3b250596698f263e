package io.drivemark.architectures.training;

import io.drivemark.architectures.graph.Network;
import io.drivemark.architectures.graph.Weight;
import java.util.LinkedHashMap;
import java.util.Map;

/** The optimiser of each parameter group, and their states as one. Not thread-safe. */
final class Optimisers {
  private final Network network;
  private final Optimiser common;
  private final Map<String, Optimiser> own = new LinkedHashMap<>();

  /**
   * @param network whose weights' groups the recipe speaks of
   */
  Optimisers(Network network, TrainingRecipe recipe) {
    this.network = network;
    this.common = new Optimiser(recipe.optimiser(), recipe.momentum(), recipe.nesterov());
    for (Weight weight : network.weights().values()) {
      recipe
          .group(weight.group())
          .own()
          .ifPresent(
              o ->
                  own.computeIfAbsent(
                      weight.group(), g -> new Optimiser(o.kind(), o.momentum(), false)));
    }
  }

  /** The group of a weight. */
  String group(String weight) {
    return network.weights().get(weight).group();
  }

  /** The optimiser of a group. */
  Optimiser of(String group) {
    return own.getOrDefault(group, common);
  }

  /** The groups' states together; see {@link Optimiser#state}. */
  Map<String, float[]> state() {
    Map<String, float[]> all = new LinkedHashMap<>(common.state());
    own.values().forEach(o -> all.putAll(o.state()));
    return all;
  }

  /** Takes over a state as {@link #state()} gave it. */
  void restore(Map<String, float[]> state) {
    Map<Optimiser, Map<String, float[]>> parts = new LinkedHashMap<>();
    parts.put(common, new LinkedHashMap<>());
    own.values().forEach(o -> parts.put(o, new LinkedHashMap<>()));
    state.forEach(
        (name, values) -> {
          Weight weight = network.weights().get(name.substring(name.indexOf('/') + 1));
          parts.get(weight == null ? common : of(weight.group())).put(name, values);
        });
    parts.forEach(Optimiser::restore);
  }
}
