package io.drivemark.datasets.image;

import io.drivemark.datasets.RgbImage;

/**
 * Scales an image bilinearly in float, one row of one channel at a time, and applies a scale and an
 * offset on the way: the fused pass of {@link Preprocess}. Output pixel {@code i} of {@code n}
 * looks at input position {@code (i + 0.5)·m/n − 0.5}, clamped to the edge. Each input row is
 * scaled across once and kept while it is needed. One instance serves one image, single-threaded.
 */
final class BilinearRows {
  private static final int CHANNELS = 3;

  private final RgbImage image;
  private final int height;
  private final int width;
  private final int[] columns;
  private final int[] nextColumns;
  private final float[] columnShares;

  private BilinearRows(RgbImage image, int height, int width) {
    this.image = image;
    this.height = height;
    this.width = width;
    this.columns = new int[width];
    this.nextColumns = new int[width];
    this.columnShares = new float[width];
    for (int x = 0; x < width; x++) {
      double at = position(x, image.width(), width);
      columns[x] = CHANNELS * (int) at;
      nextColumns[x] = CHANNELS * Bilinear.next(at, image.width());
      columnShares[x] = Bilinear.share(at);
    }
  }

  static BilinearRows of(RgbImage image, int height, int width) {
    return new BilinearRows(image, height, width);
  }

  /** Takes one finished row, whose place in the [3, H, W] result starts at {@code at}. */
  interface Sink {
    void put(float[] row, int at);
  }

  void forEachRow(float[] scales, float[] offsets, ChannelOrder order, Sink sink) {
    float[][] upper = new float[CHANNELS][width];
    float[][] lower = new float[CHANNELS][width];
    int upperRow = -1;
    int lowerRow = -1;
    float[] out = new float[width];
    for (int y = 0; y < height; y++) {
      double at = position(y, image.height(), height);
      int first = (int) at;
      int second = Bilinear.next(at, image.height());
      if (upperRow != first) {
        float[][] swap = upper;
        upper = lower;
        lower = swap;
        int swapRow = upperRow;
        upperRow = lowerRow;
        lowerRow = swapRow;
        if (upperRow != first) {
          across(first, order, upper);
          upperRow = first;
        }
      }
      if (lowerRow != second) {
        across(second, order, lower);
        lowerRow = second;
      }
      float share = Bilinear.share(at);
      for (int c = 0; c < CHANNELS; c++) {
        blend(upper[c], lower[c], share, scales[c], offsets[c], out);
        sink.put(out, c * height * width + y * width);
      }
    }
  }

  /** Scales one input row across, all three channels at once: places and shares are read once. */
  private void across(int row, ChannelOrder order, float[][] out) {
    byte[] pixels = image.pixels();
    int start = CHANNELS * row * image.width();
    float[] red = out[order.offset(0)];
    float[] green = out[1];
    float[] blue = out[order.offset(2)];
    for (int x = 0; x < red.length; x++) {
      int left = start + columns[x];
      int right = start + nextColumns[x];
      float share = columnShares[x];
      red[x] = Bilinear.between(pixels[left] & 0xFF, pixels[right] & 0xFF, share);
      green[x] = Bilinear.between(pixels[left + 1] & 0xFF, pixels[right + 1] & 0xFF, share);
      blue[x] = Bilinear.between(pixels[left + 2] & 0xFF, pixels[right + 2] & 0xFF, share);
    }
  }

  private static void blend(
      float[] upper, float[] lower, float share, float scale, float offset, float[] out) {
    for (int x = 0; x < out.length; x++) {
      out[x] = Bilinear.between(upper[x], lower[x], share) * scale + offset;
    }
  }

  private static double position(int index, int from, int to) {
    return Bilinear.clamped((index + 0.5) * from / to - 0.5, from);
  }
}
