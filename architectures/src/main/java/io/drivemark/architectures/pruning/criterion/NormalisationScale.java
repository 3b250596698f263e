package io.drivemark.architectures.pruning.criterion;

import io.drivemark.architectures.pruning.Criterion;
import io.drivemark.architectures.pruning.LayerView;

/**
 * |γ| of the batch normalisation a channel goes through.
 *
 * <p>Reference: Liu et al., <i>Learning Efficient Convolutional Networks through Network
 * Slimming</i>, arXiv 1708.06519.
 */
public final class NormalisationScale implements Criterion {
  @Override
  public String name() {
    return "bn-scale";
  }

  @Override
  public String summary() {
    return "absolute scale of the batch normalisation (network slimming, arXiv 1708.06519)";
  }

  @Override
  public Site site() {
    return Site.NORMALISATION;
  }

  @Override
  public double[] scores(LayerView layer) {
    double[] scores = new double[layer.filters()];
    for (int f = 0; f < scores.length; f++) {
      scores[f] = Math.abs((double) layer.values(f)[0]);
    }
    return scores;
  }
}
