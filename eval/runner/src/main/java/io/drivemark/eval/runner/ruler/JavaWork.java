package io.drivemark.eval.runner.ruler;

/** A convolution of 3 by 3 in plain Java, [C, H, W] with a border of zeros. For one thread. */
final class JavaWork {
  private static final int KERNEL = 3;

  private final float[] image;
  private final float[] weights;
  private final int channels;
  private final int height;
  private final int width;
  private final float[] output;

  /**
   * @param image channel by channel, row by row
   * @param weights [output channel, input channel, row, column]
   */
  JavaWork(float[] image, float[] weights, int channels, int height, int width) {
    this.image = image.clone();
    this.weights = weights.clone();
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.output = new float[image.length];
  }

  /** Computes all outputs and gives their sum, so that nothing can be left out. */
  double run() {
    java.util.Arrays.fill(output, 0);
    for (int to = 0; to < channels; to++) {
      for (int from = 0; from < channels; from++) {
        for (int k = 0; k < KERNEL * KERNEL; k++) {
          add(to, from, k / KERNEL - 1, k % KERNEL - 1, weights[(to * channels + from) * 9 + k]);
        }
      }
    }
    double sum = 0;
    for (float value : output) {
      sum += value;
    }
    return sum;
  }

  /** The outputs of the last run. */
  float output(int channel, int row, int column) {
    return output[(channel * height + row) * width + column];
  }

  private void add(int to, int from, int down, int right, float weight) {
    int first = Math.max(0, -right);
    int last = Math.min(width, width - right);
    for (int row = Math.max(0, -down); row < Math.min(height, height - down); row++) {
      int out = (to * height + row) * width;
      int in = (from * height + row + down) * width + right;
      for (int column = first; column < last; column++) {
        output[out + column] += weight * image[in + column];
      }
    }
  }
}
