package io.drivemark.architectures.training;

import io.drivemark.datasets.LabelSpace;
import java.util.Arrays;

/**
 * How much a pixel of each class counts in the loss, from how often the classes occur. Not
 * thread-safe while counting.
 *
 * <p>Example: frames of 90 and 10 pixels of two classes; ENET gives 1/ln(1.02 + 0.9) = 1.533 and
 * 1/ln(1.02 + 0.1) = 8.824; ENET_MILD 1/ln(1.2 + 0.9) = 1.348 and 1/ln(1.2 + 0.1) = 3.811;
 * MEDIAN_FREQUENCY 0.5/0.9 and 0.5/0.1.
 */
public final class ClassWeights {
  /** Which rule. */
  public enum Kind {
    /** All classes alike. */
    NONE,
    /** 1/ln(1.02 + p), p = share of the valid pixels (ENet, arXiv:1606.02147). */
    ENET,
    /**
     * 1/ln(1.2 + p): the rarest class counts 2.9 times as much as one of half of the pixels, by
     * ENET 21 times. The authors' code trains ENet's encoder by it (e-lab/ENet-training,
     * encoder.lua).
     */
    ENET_MILD,
    /**
     * median(f)/f, f = the class's pixels over the valid pixels of the frames it occurs in
     * (arXiv:1411.4734); 0 for a class that never occurs.
     */
    MEDIAN_FREQUENCY
  }

  private final long[] pixels;
  private final long[] pixelsOfFrames;

  /** No frame counted yet. */
  public ClassWeights(int classes) {
    this.pixels = new long[classes];
    this.pixelsOfFrames = new long[classes];
  }

  /**
   * Counts a frame.
   *
   * @param truth class indices, {@value LabelSpace#VOID} = void
   */
  public void add(byte[] truth) {
    long[] frame = new long[256];
    for (byte label : truth) {
      frame[label & 0xFF]++;
    }
    long valid = 0;
    for (int c = 0; c < pixels.length; c++) {
      valid += frame[c];
    }
    for (int c = 0; c < pixels.length; c++) {
      pixels[c] = Math.addExact(pixels[c], frame[c]);
      if (frame[c] > 0) {
        pixelsOfFrames[c] = Math.addExact(pixelsOfFrames[c], valid);
      }
    }
  }

  /** The weights by class index. */
  public float[] weights(Kind kind) {
    float[] weights = new float[pixels.length];
    switch (kind) {
      case NONE -> Arrays.fill(weights, 1);
      case ENET -> logarithmic(1.02, weights);
      case ENET_MILD -> logarithmic(1.2, weights);
      case MEDIAN_FREQUENCY -> {
        double[] frequencies = new double[weights.length];
        for (int c = 0; c < weights.length; c++) {
          frequencies[c] = pixels[c] == 0 ? 0 : (double) pixels[c] / pixelsOfFrames[c];
        }
        double[] occurring = Arrays.stream(frequencies).filter(f -> f > 0).sorted().toArray();
        int middle = occurring.length / 2;
        double median =
            occurring.length == 0
                ? 0
                : occurring.length % 2 == 1
                    ? occurring[middle]
                    : (occurring[middle - 1] + occurring[middle]) / 2;
        for (int c = 0; c < weights.length; c++) {
          weights[c] = frequencies[c] == 0 ? 0 : (float) (median / frequencies[c]);
        }
      }
    }
    return weights;
  }

  private void logarithmic(double more, float[] weights) {
    long all = Arrays.stream(pixels).sum();
    for (int c = 0; c < weights.length; c++) {
      weights[c] = (float) (1 / Math.log(more + (all == 0 ? 0 : (double) pixels[c] / all)));
    }
  }
}
