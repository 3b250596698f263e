package io.drivemark.architectures.labelling;

import io.drivemark.architectures.graph.op.Shape;
import java.nio.FloatBuffer;

/** Labels in the plain way, for comparison: upsample every plane, then take the argmax. */
final class PlainLabelling {
  private PlainLabelling() {}

  static int[] bilinear(FloatBuffer logits, Shape shape, int height, int width) {
    return argmax(planes(logits, shape, height, width), height * width);
  }

  private static float[][] planes(FloatBuffer logits, Shape shape, int height, int width) {
    float[][] planes = new float[shape.channels()][];
    for (int k = 0; k < planes.length; k++) {
      planes[k] = upsampled(logits, k, shape.height(), shape.width(), height, width);
    }
    return planes;
  }

  /**
   * The pixels at which the largest score of another meaning lies less than a margin below the
   * winner's.
   *
   * @param meanings of the channels
   */
  static long close(
      FloatBuffer logits, Shape shape, int height, int width, int[] meanings, float margin) {
    float[][] planes = planes(logits, shape, height, width);
    int[] winners = argmax(planes, height * width);
    long close = 0;
    for (int i = 0; i < winners.length; i++) {
      for (int k = 0; k < planes.length; k++) {
        boolean other = meanings[k] != meanings[winners[i]];
        if (other && planes[winners[i]][i] - planes[k][i] < margin) {
          close++;
          break;
        }
      }
    }
    return close;
  }

  private static float[] upsampled(FloatBuffer logits, int k, int h, int w, int height, int width) {
    float[] plane = new float[h * w];
    logits.get(k * h * w, plane);
    float[] out = new float[height * width];
    float scaleY = (float) h / height;
    float scaleX = (float) w / width;
    for (int y = 0; y < height; y++) {
      float atY = Math.max(0, scaleY * (y + 0.5f) - 0.5f);
      int y0 = Math.min((int) atY, h - 1);
      int y1 = Math.min(y0 + 1, h - 1);
      float fy = atY - y0;
      for (int x = 0; x < width; x++) {
        float atX = Math.max(0, scaleX * (x + 0.5f) - 0.5f);
        int x0 = Math.min((int) atX, w - 1);
        int x1 = Math.min(x0 + 1, w - 1);
        float fx = atX - x0;
        float above = (1 - fx) * plane[y0 * w + x0] + fx * plane[y0 * w + x1];
        float below = (1 - fx) * plane[y1 * w + x0] + fx * plane[y1 * w + x1];
        out[y * width + x] = (1 - fy) * above + fy * below;
      }
    }
    return out;
  }

  static int[] nearest(FloatBuffer logits, Shape shape, int height, int width) {
    int h = shape.height();
    int w = shape.width();
    float[][] planes = new float[shape.channels()][h * w];
    for (int k = 0; k < planes.length; k++) {
      logits.get(k * h * w, planes[k]);
    }
    int[] small = argmax(planes, h * w);
    int[] out = new int[height * width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int row = (int) ((long) y * h / height);
        int column = (int) ((long) x * w / width);
        out[y * width + x] = small[row * w + column];
      }
    }
    return out;
  }

  private static int[] argmax(float[][] planes, int n) {
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      for (int k = 1; k < planes.length; k++) {
        if (planes[k][i] > planes[labels[i]][i]) {
          labels[i] = k;
        }
      }
    }
    return labels;
  }
}
