package io.drivemark.architectures.pruning.criterion;

import io.drivemark.architectures.pruning.Criterion;
import io.drivemark.architectures.pruning.LayerView;

/**
 * Σ |w| over a filter's weights: the filter (1, −2, 0.5) scores 3.5.
 *
 * <p>Reference: Li, Kadav, Durdanovic, Samet, Graf, <i>Pruning Filters for Efficient ConvNets</i>,
 * arXiv 1608.08710.
 */
public final class L1Norm implements Criterion {
  @Override
  public String name() {
    return "l1";
  }

  @Override
  public String summary() {
    return "sum of the absolute weights (arXiv 1608.08710)";
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
        scores[f] += Math.abs((double) w);
      }
    }
    return scores;
  }
}
