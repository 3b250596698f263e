package io.drivemark.architectures.pruning.criterion;

import io.drivemark.architectures.pruning.Criterion;
import io.drivemark.architectures.pruning.LayerView;

/**
 * HRank: the rank of a filter's map after the activation, as a matrix of rows and columns. A map of
 * low rank tells little.
 *
 * <p>The rank is counted by elimination with full pivoting in double precision; a pivot counts
 * while it exceeds max(H, W)·2⁻²³ times the map's largest entry.
 *
 * <p>Reference: Lin et al., <i>HRank: Filter Pruning using High-Rank Feature Map</i>, arXiv
 * 2002.10179.
 */
public final class FeatureMapRank implements Criterion {
  private static final double ROUNDING = Math.ulp(1f);

  @Override
  public String name() {
    return "hrank";
  }

  @Override
  public String summary() {
    return "rank of the feature map (HRank, arXiv 2002.10179)";
  }

  @Override
  public Site site() {
    return Site.ACTIVATION;
  }

  @Override
  public Evidence evidence() {
    return Evidence.VALUES;
  }

  @Override
  public double[] scores(LayerView layer) {
    double[] scores = new double[layer.filters()];
    for (int f = 0; f < scores.length; f++) {
      scores[f] = rank(layer.values(f), layer.mapWidth());
    }
    return scores;
  }

  private static int rank(float[] map, int width) {
    int height = map.length / width;
    double[][] m = new double[height][width];
    double largest = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        m[y][x] = map[y * width + x];
        largest = Math.max(largest, Math.abs(m[y][x]));
      }
    }
    double least = Math.max(height, width) * ROUNDING * largest;
    int most = Math.min(height, width);
    for (int k = 0; k < most; k++) {
      if (!pivot(m, k, least)) {
        return k;
      }
      for (int y = k + 1; y < height; y++) {
        double factor = m[y][k] / m[k][k];
        for (int x = k; x < width && factor != 0; x++) {
          m[y][x] -= factor * m[k][x];
        }
      }
    }
    return most;
  }

  /** Brings the largest remaining entry to (k, k); false if none counts. */
  private static boolean pivot(double[][] m, int k, double least) {
    int row = k;
    int column = k;
    for (int y = k; y < m.length; y++) {
      for (int x = k; x < m[y].length; x++) {
        if (Math.abs(m[y][x]) > Math.abs(m[row][column])) {
          row = y;
          column = x;
        }
      }
    }
    if (!(Math.abs(m[row][column]) > least)) {
      return false;
    }
    double[] swap = m[k];
    m[k] = m[row];
    m[row] = swap;
    for (double[] line : m) {
      double value = line[k];
      line[k] = line[column];
      line[column] = value;
    }
    return true;
  }
}
