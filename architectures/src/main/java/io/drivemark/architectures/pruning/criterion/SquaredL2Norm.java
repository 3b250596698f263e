package io.drivemark.architectures.pruning.criterion;

import io.drivemark.architectures.pruning.Criterion;
import io.drivemark.architectures.pruning.LayerView;

/** Σ w² over a filter's weights, no root: the filter (1, −2, 0.5) scores 5.25. */
public final class SquaredL2Norm implements Criterion {
  @Override
  public String name() {
    return "l2";
  }

  @Override
  public String summary() {
    return "sum of the squared weights";
  }

  @Override
  public Site site() {
    return Site.CONVOLUTION;
  }

  @Override
  public double[] scores(LayerView layer) {
    double[] scores = new double[layer.filters()];
    for (int f = 0; f < scores.length; f++) {
      for (float w : layer.values(f)) {
        scores[f] += (double) w * w;
      }
    }
    return scores;
  }
}
