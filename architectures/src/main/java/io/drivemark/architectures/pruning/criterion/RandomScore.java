package io.drivemark.architectures.pruning.criterion;

import io.drivemark.architectures.pruning.Criterion;
import io.drivemark.architectures.pruning.LayerView;
import java.util.SplittableRandom;

/** Uniform in 0 to 5, by seed and layer: what any other criterion has to beat. */
public final class RandomScore implements Criterion {
  private static final double LARGEST = 5;

  @Override
  public String name() {
    return "random";
  }

  @Override
  public String summary() {
    return "uniform in 0 to 5, by the seed";
  }

  @Override
  public Site site() {
    return Site.CONVOLUTION;
  }

  @Override
  public double[] scores(LayerView layer) {
    SplittableRandom random = layer.random();
    double[] scores = new double[layer.filters()];
    for (int f = 0; f < scores.length; f++) {
      scores[f] = LARGEST * random.nextDouble();
    }
    return scores;
  }
}
