package io.drivemark.eval.benchmarks;

/**
 * Decoding as it is usually written: upsample every plane bilinearly, then take the argmax of each
 * pixel. Stateless.
 */
final class PlainDecode {
  private PlainDecode() {}

  /** The label map of logits [classes, h, w] at height×width; half-pixel rule, edges repeated. */
  static byte[] labels(float[] logits, int classes, int h, int w, int height, int width) {
    return argmax(upsampled(logits, classes, h, w, height, width), classes, height * width);
  }

  /** All planes at full size: [classes, height, width]. */
  static float[] upsampled(float[] planes, int classes, int h, int w, int height, int width) {
    float[] out = new float[classes * height * width];
    float scaleY = (float) h / height;
    float scaleX = (float) w / width;
    for (int c = 0; c < classes; c++) {
      for (int y = 0; y < height; y++) {
        float sy = Math.max(0, (y + 0.5f) * scaleY - 0.5f);
        int y0 = (int) sy;
        int y1 = Math.min(h - 1, y0 + 1);
        float fy = sy - y0;
        for (int x = 0; x < width; x++) {
          float sx = Math.max(0, (x + 0.5f) * scaleX - 0.5f);
          int x0 = (int) sx;
          int x1 = Math.min(w - 1, x0 + 1);
          float fx = sx - x0;
          int top = (c * h + y0) * w;
          int bottom = (c * h + y1) * w;
          float left = planes[top + x0] + (planes[bottom + x0] - planes[top + x0]) * fy;
          float right = planes[top + x1] + (planes[bottom + x1] - planes[top + x1]) * fy;
          out[(c * height + y) * width + x] = left + (right - left) * fx;
        }
      }
    }
    return out;
  }

  /** The index of the largest plane at each pixel, the lowest where several are. */
  static byte[] argmax(float[] planes, int classes, int pixels) {
    byte[] labels = new byte[pixels];
    for (int i = 0; i < pixels; i++) {
      int best = 0;
      for (int c = 1; c < classes; c++) {
        if (planes[c * pixels + i] > planes[best * pixels + i]) {
          best = c;
        }
      }
      labels[i] = (byte) best;
    }
    return labels;
  }
}
