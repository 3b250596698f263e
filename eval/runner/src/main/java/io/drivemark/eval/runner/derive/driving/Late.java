package io.drivemark.eval.runner.derive.driving;

import io.drivemark.eval.metrics.ConfusionMatrix;
import java.util.List;
import java.util.Map;

/**
 * What was answered late for each judged picture, for another network to be held against.
 * Immutable.
 *
 * @param pictures which they are, in order
 * @param counts of each, over all repetitions
 * @param attributes by which pictures hang together
 */
record Late(
    List<String> pictures, List<ConfusionMatrix> counts, List<Map<String, String>> attributes) {
  Late {
    pictures = List.copyOf(pictures);
    counts = List.copyOf(counts);
    attributes = List.copyOf(attributes);
  }

  static Late of(Simulation.Worth worth) {
    return new Late(worth.pictures(), worth.late(), worth.attributes());
  }
}
