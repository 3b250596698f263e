package io.drivemark.architectures.engine.pytorch;

/**
 * The terms of pairs in double precision, pixel by pixel: what {@link PairLossTest} compares with.
 * Maps are [row][column], photographs [channel][row][column].
 */
final class PairReference {
  private static final double C1 = 1e-4;
  private static final double C2 = 9e-4;

  private PairReference() {}

  /** Reads each pixel's row at its column + sign·d·w; what lies beyond is 0. */
  static double[][] moved(double[][] map, double[][] disparity, int sign) {
    int width = map[0].length;
    double[][] out = new double[map.length][width];
    for (int y = 0; y < map.length; y++) {
      for (int x = 0; x < width; x++) {
        double place = x + sign * disparity[y][x] * width;
        int from = (int) Math.floor(place);
        double share = place - from;
        out[y][x] = (1 - share) * at(map[y], from) + share * at(map[y], from + 1);
      }
    }
    return out;
  }

  private static double at(double[] row, int x) {
    return x >= 0 && x < row.length ? row[x] : 0;
  }

  static double[][][] moved(double[][][] image, double[][] disparity, int sign) {
    double[][][] out = new double[image.length][][];
    for (int c = 0; c < image.length; c++) {
      out[c] = moved(image[c], disparity, sign);
    }
    return out;
  }

  /** Means of blocks of {@code factor}·{@code factor} pixels. */
  static double[][][] averaged(double[][][] image, int factor) {
    int height = image[0].length / factor;
    int width = image[0][0].length / factor;
    double[][][] out = new double[image.length][height][width];
    for (int c = 0; c < image.length; c++) {
      for (int y = 0; y < height * factor; y++) {
        for (int x = 0; x < width * factor; x++) {
          out[c][y / factor][x / factor] += image[c][y][x] / (factor * factor);
        }
      }
    }
    return out;
  }

  /** 0.85 · mean((1 − SSIM)/2) + 0.15 · mean |a − b|. */
  static double unlike(double[][][] a, double[][][] b) {
    double structure = 0;
    double apart = 0;
    int windows = 0;
    int pixels = 0;
    for (int c = 0; c < a.length; c++) {
      for (int y = 0; y < a[c].length; y++) {
        for (int x = 0; x < a[c][y].length; x++) {
          apart += Math.abs(a[c][y][x] - b[c][y][x]);
          pixels++;
          if (y + 2 < a[c].length && x + 2 < a[c][y].length) {
            structure += Math.min(1, Math.max(0, (1 - similarity(a[c], b[c], y, x)) / 2));
            windows++;
          }
        }
      }
    }
    return 0.85 * structure / windows + 0.15 * apart / pixels;
  }

  private static double similarity(double[][] a, double[][] b, int top, int left) {
    double[] sums = new double[5];
    for (int y = top; y < top + 3; y++) {
      for (int x = left; x < left + 3; x++) {
        sums[0] += a[y][x] / 9;
        sums[1] += b[y][x] / 9;
        sums[2] += a[y][x] * a[y][x] / 9;
        sums[3] += b[y][x] * b[y][x] / 9;
        sums[4] += a[y][x] * b[y][x] / 9;
      }
    }
    double spread = sums[2] - sums[0] * sums[0] + sums[3] - sums[1] * sums[1];
    double common = sums[4] - sums[0] * sums[1];
    return (2 * sums[0] * sums[1] + C1)
        * (2 * common + C2)
        / ((sums[0] * sums[0] + sums[1] * sums[1] + C1) * (spread + C2));
  }

  /**
   * @param scales disparities of both views, [scale][view][row][column], each half as large
   */
  static double photometric(double[][][][] scales, double[][][] left, double[][][] right) {
    double sum = 0;
    for (int s = 0; s < scales.length; s++) {
      double[][][] l = averaged(left, 1 << s);
      double[][][] r = averaged(right, 1 << s);
      sum += unlike(l, moved(r, scales[s][0], -1)) + unlike(r, moved(l, scales[s][1], 1));
    }
    return sum;
  }

  static double smoothness(double[][][][] scales, double[][][] left, double[][][] right) {
    double sum = 0;
    for (int s = 0; s < scales.length; s++) {
      sum += uneven(scales[s][0], averaged(left, 1 << s)) / (1 << s);
      sum += uneven(scales[s][1], averaged(right, 1 << s)) / (1 << s);
    }
    return sum;
  }

  private static double uneven(double[][] d, double[][][] image) {
    int height = d.length;
    int width = d[0].length;
    double across = 0;
    double down = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double ix = 0;
        double iy = 0;
        for (double[][] plane : image) {
          ix += x + 1 < width ? Math.abs(plane[y][x + 1] - plane[y][x]) / image.length : 0;
          iy += y + 1 < height ? Math.abs(plane[y + 1][x] - plane[y][x]) / image.length : 0;
        }
        across += x + 1 < width ? Math.abs(d[y][x + 1] - d[y][x]) * Math.exp(-ix) : 0;
        down += y + 1 < height ? Math.abs(d[y + 1][x] - d[y][x]) * Math.exp(-iy) : 0;
      }
    }
    return across / (height * (width - 1)) + down / ((height - 1) * width);
  }

  static double consistency(double[][][][] scales) {
    double sum = 0;
    for (double[][][] views : scales) {
      double[][] fromRight = moved(views[1], views[0], -1);
      double[][] fromLeft = moved(views[0], views[1], 1);
      double apart = 0;
      for (int y = 0; y < fromLeft.length; y++) {
        for (int x = 0; x < fromLeft[y].length; x++) {
          apart += Math.abs(views[0][y][x] - fromRight[y][x]);
          apart += Math.abs(views[1][y][x] - fromLeft[y][x]);
        }
      }
      sum += apart / (fromLeft.length * fromLeft[0].length);
    }
    return sum;
  }
}
