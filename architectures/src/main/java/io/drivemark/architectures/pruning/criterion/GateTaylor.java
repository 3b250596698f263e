package io.drivemark.architectures.pruning.criterion;

import io.drivemark.architectures.pruning.Criterion;
import io.drivemark.architectures.pruning.LayerView;

/**
 * (∂L/∂g)² of a gate g = 1 a filter's map is multiplied with, where ∂L/∂g = Σ a·∂L/∂a over the
 * batch and all positions.
 *
 * <p>Reference: Molchanov, Mallya, Tyree, Frosio, Kautz, <i>Importance Estimation for Neural
 * Network Pruning</i>, arXiv 1906.10771.
 */
public final class GateTaylor implements Criterion {
  @Override
  public String name() {
    return "taylor-gate";
  }

  @Override
  public String summary() {
    return "squared gradient of a gate on the map (arXiv 1906.10771)";
  }

  @Override
  public Site site() {
    return Site.MAP;
  }

  @Override
  public Evidence evidence() {
    return Evidence.GRADIENTS;
  }

  @Override
  public double[] scores(LayerView layer) {
    double[] scores = new double[layer.filters()];
    for (int f = 0; f < scores.length; f++) {
      float[] map = layer.values(f);
      float[] gradients = layer.gradients(f);
      double sum = 0;
      for (int i = 0; i < map.length; i++) {
        sum += (double) map[i] * gradients[i];
      }
      scores[f] = sum * sum;
    }
    return scores;
  }
}
