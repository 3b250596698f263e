package io.drivemark.architectures.pruning.criterion;

import io.drivemark.architectures.pruning.Criterion;
import io.drivemark.architectures.pruning.LayerView;

/**
 * FPGM: Σⱼ ‖w_f − w_j‖₂ over the filters of the layer. A filter near the others' geometric median
 * can be stood in for by them. Of the filters (0, 0), (3, 4) and (0, 4) the first scores 5 + 4.
 *
 * <p>Reference: He, Liu, Wang, Hu, Yang, <i>Filter Pruning via Geometric Median for Deep
 * Convolutional Neural Networks Acceleration</i>, arXiv 1811.00250.
 */
public final class GeometricMedian implements Criterion {
  @Override
  public String name() {
    return "fpgm";
  }

  @Override
  public String summary() {
    return "sum of the distances to the layer's other filters (FPGM, arXiv 1811.00250)";
  }

  @Override
  public Site site() {
    return Site.CONVOLUTION;
  }

  @Override
  public double[] scores(LayerView layer) {
    int count = layer.filters();
    double[][] distances = new double[count][count];
    for (int f = 0; f < count; f++) {
      float[] one = layer.values(f);
      for (int g = 0; g < f; g++) {
        float[] other = layer.values(g);
        double squares = 0;
        for (int i = 0; i < one.length; i++) {
          double difference = (double) one[i] - other[i];
          squares += difference * difference;
        }
        distances[f][g] = Math.sqrt(squares);
        distances[g][f] = distances[f][g];
      }
    }
    double[] scores = new double[count];
    for (int f = 0; f < count; f++) {
      // Ascending, so that the filters' order does not show in the last digit.
      java.util.Arrays.sort(distances[f]);
      for (double distance : distances[f]) {
        scores[f] += distance;
      }
    }
    return scores;
  }
}
