package io.drivemark.architectures.labelling;

/** Labels of a smaller or larger map repeated (nearest, floor) on a grid. Stateless. */
final class Repetition {
  private Repetition() {}

  /**
   * Fills a grid.
   *
   * @param labels h·w of them
   * @param rowShare the share of their height that shows the image
   * @param columnShare the share of their width
   * @param out filled with {@code height·width} labels
   */
  static void fill(
      byte[] labels,
      int h,
      int w,
      double rowShare,
      double columnShare,
      int height,
      int width,
      byte[] out) {
    int[] at = new int[width];
    float across = (float) (w * columnShare) / width;
    for (int x = 0; x < width; x++) {
      at[x] = Math.min((int) (x * across), w - 1);
    }
    float down = (float) (h * rowShare) / height;
    int last = -1;
    for (int y = 0; y < height; y++) {
      int row = Math.min((int) (y * down), h - 1);
      if (row == last) {
        System.arraycopy(out, (y - 1) * width, out, y * width, width);
      } else {
        for (int x = 0; x < width; x++) {
          out[y * width + x] = labels[row * w + at[x]];
        }
      }
      last = row;
    }
  }
}
