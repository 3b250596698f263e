package io.drivemark.architectures.pruning.gate;

import java.nio.FloatBuffer;

/**
 * How strongly parts of a network respond to one image: what a {@link GateTarget} weighs. Losses of
 * gates compute the same while a network learns. Stateless.
 */
public final class Responses {
  /** The smallest mean |entry| that a change is divided by. */
  private static final double LEAST_ENTRY = 1e-12;

  private Responses() {}

  /**
   * The largest absolute value of each filter's map.
   *
   * @param map [C, H, W], behind normalisation and activation, from index 0
   * @param channels C
   */
  public static double[] ofFilters(FloatBuffer map, int channels) {
    int pixels = map.capacity() / channels;
    if (pixels * channels != map.capacity()) {
      throw new IllegalArgumentException(
          "responses: " + map.capacity() + " values of " + channels + " channels");
    }
    double[] out = new double[channels];
    for (int c = 0; c < channels; c++) {
      float largest = 0;
      for (int i = 0; i < pixels; i++) {
        largest = Math.max(largest, Math.abs(map.get(c * pixels + i)));
      }
      out[c] = largest;
    }
    return out;
  }

  /**
   * By how much a residual unit changes its input: mean |exit − entry| / mean |entry|. The mass
   * rule weighs all residual units of a network together.
   *
   * @param entry what the unit is given, from index 0
   * @param exit what it makes, of the same shape
   */
  public static double ofResidual(FloatBuffer entry, FloatBuffer exit) {
    if (entry.capacity() != exit.capacity() || entry.capacity() == 0) {
      throw new IllegalArgumentException(
          "responses: a unit is given "
              + entry.capacity()
              + " values and makes "
              + exit.capacity());
    }
    double change = 0;
    double all = 0;
    for (int i = 0; i < entry.capacity(); i++) {
      change += Math.abs(exit.get(i) - entry.get(i));
      all += Math.abs(entry.get(i));
    }
    int n = entry.capacity();
    return change / n / Math.max(all / n, LEAST_ENTRY);
  }
}
