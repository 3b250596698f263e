package io.drivemark.architectures.pruning.criterion;

import io.drivemark.architectures.pruning.Criterion;
import io.drivemark.architectures.pruning.LayerView;

/**
 * The mean of |a·∂L/∂a| over a filter's map, then the layer's scores divided by their L2 norm +
 * 1e-8, so that layers compare.
 *
 * <p>Reference: Molchanov, Tyree, Karras, Aila, Kautz, <i>Pruning Convolutional Neural Networks for
 * Resource Efficient Inference</i>, arXiv 1611.06440.
 */
public final class MapTaylor implements Criterion {
  private static final double GUARD = 1e-8;

  @Override
  public String name() {
    return "taylor-map";
  }

  @Override
  public String summary() {
    return "mean |activation x gradient| of the map, unit norm a layer (arXiv 1611.06440)";
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
    double[] squares = new double[scores.length];
    for (int f = 0; f < scores.length; f++) {
      float[] map = layer.values(f);
      float[] gradients = layer.gradients(f);
      for (int i = 0; i < map.length; i++) {
        scores[f] += Math.abs((double) map[i] * gradients[i]);
      }
      scores[f] /= map.length;
      squares[f] = scores[f] * scores[f];
    }
    java.util.Arrays.sort(squares);
    double norm = 0;
    for (double square : squares) {
      norm += square;
    }
    norm = Math.sqrt(norm) + GUARD;
    for (int f = 0; f < scores.length; f++) {
      scores[f] /= norm;
    }
    return scores;
  }
}
