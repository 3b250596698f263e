package io.drivemark.eval.benchmarks;

/**
 * Decoding as it is usually written: upsample every plane bilinearly (half-pixel rule, edges
 * repeated), then take the argmax of each pixel. Keeps the upsampled planes between calls, so that
 * allocating them is not what is timed. Not thread-safe.
 */
final class PlainDecode {
  private final int classes;
  private final int h;
  private final int w;
  private final int height;
  private final int width;
  private final int[] left;
  private final int[] right;
  private final float[] partOfRight;
  private final float[] upsampled;
  private final byte[] labels;

  /** For logits [classes, h, w] and a label map of height×width. */
  PlainDecode(int classes, int h, int w, int height, int width) {
    this.classes = classes;
    this.h = h;
    this.w = w;
    this.height = height;
    this.width = width;
    left = new int[width];
    right = new int[width];
    partOfRight = new float[width];
    for (int x = 0; x < width; x++) {
      float at = Math.max(0, (float) w / width * (x + 0.5f) - 0.5f);
      left[x] = Math.min((int) at, w - 1);
      right[x] = Math.min(left[x] + 1, w - 1);
      partOfRight[x] = at - left[x];
    }
    upsampled = new float[classes * height * width];
    labels = new byte[height * width];
  }

  /** For the logits and the frame of {@link Inputs}. */
  static PlainDecode ofInputs() {
    return new PlainDecode(
        Inputs.CLASSES, Inputs.LOGITS_HEIGHT, Inputs.LOGITS_WIDTH, Inputs.HEIGHT, Inputs.WIDTH);
  }

  /** The label map, reused by the next call; the lowest class where several are largest. */
  byte[] labels(float[] logits) {
    for (int c = 0; c < classes; c++) {
      for (int y = 0; y < height; y++) {
        upsample(logits, c, y);
      }
    }
    int pixels = height * width;
    for (int i = 0; i < pixels; i++) {
      int best = 0;
      float largest = upsampled[i];
      for (int c = 1; c < classes; c++) {
        float value = upsampled[c * pixels + i];
        if (value > largest) {
          largest = value;
          best = c;
        }
      }
      labels[i] = (byte) best;
    }
    return labels;
  }

  private void upsample(float[] logits, int c, int y) {
    float at = Math.max(0, (float) h / height * (y + 0.5f) - 0.5f);
    int y0 = Math.min((int) at, h - 1);
    float fy = at - y0;
    int upper = (c * h + y0) * w;
    int lower = (c * h + Math.min(y0 + 1, h - 1)) * w;
    int out = (c * height + y) * width;
    for (int x = 0; x < width; x++) {
      float fx = partOfRight[x];
      float above = (1 - fx) * logits[upper + left[x]] + fx * logits[upper + right[x]];
      float below = (1 - fx) * logits[lower + left[x]] + fx * logits[lower + right[x]];
      upsampled[out + x] = (1 - fy) * above + fy * below;
    }
  }
}
