package io.drivemark.architectures.pruning.criterion;

import io.drivemark.architectures.pruning.Criterion;
import io.drivemark.architectures.pruning.LayerView;

/** (γ·∂L/∂γ + β·∂L/∂β)² of the batch normalisation a channel goes through. */
public final class NormalisationTaylor implements Criterion {
  @Override
  public String name() {
    return "taylor-bn";
  }

  @Override
  public String summary() {
    return "(scale x gradient + shift x gradient)^2 of the batch normalisation";
  }

  @Override
  public Site site() {
    return Site.NORMALISATION;
  }

  @Override
  public Evidence evidence() {
    return Evidence.GRADIENTS;
  }

  @Override
  public double[] scores(LayerView layer) {
    double[] scores = new double[layer.filters()];
    for (int f = 0; f < scores.length; f++) {
      float[] values = layer.values(f);
      float[] gradients = layer.gradients(f);
      double sum = (double) values[0] * gradients[0] + (double) values[1] * gradients[1];
      scores[f] = sum * sum;
    }
    return scores;
  }
}
