package io.drivemark.architectures.pruning.criterion;

import io.drivemark.architectures.pruning.Criterion;
import io.drivemark.architectures.pruning.LayerView;

/** Σ (w·∂L/∂w)² over a filter's weights. */
public final class WeightTaylor implements Criterion {
  @Override
  public String name() {
    return "taylor-weight";
  }

  @Override
  public String summary() {
    return "sum of (weight x gradient)^2 over the filter's weights";
  }

  @Override
  public Site site() {
    return Site.CONVOLUTION;
  }

  @Override
  public Evidence evidence() {
    return Evidence.GRADIENTS;
  }

  @Override
  public double[] scores(LayerView layer) {
    double[] scores = new double[layer.filters()];
    for (int f = 0; f < scores.length; f++) {
      float[] weights = layer.values(f);
      float[] gradients = layer.gradients(f);
      for (int i = 0; i < weights.length; i++) {
        double product = (double) weights[i] * gradients[i];
        scores[f] += product * product;
      }
    }
    return scores;
  }
}
