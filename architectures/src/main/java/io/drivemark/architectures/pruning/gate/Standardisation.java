package io.drivemark.architectures.pruning.gate;

/**
 * Mean and standard deviation of each channel's pooled value over some frames. Immutable; the
 * arrays are not to be written to.
 *
 * @param mean one a channel
 * @param deviation one a channel, above 0
 */
public record Standardisation(float[] mean, float[] deviation) {
  /** Standardised values are cut off at plus and minus this. */
  public static final int BOUND = 5;

  public Standardisation {
    if (mean.length != deviation.length) {
      throw new IllegalArgumentException(
          "standardisation: " + mean.length + " means, " + deviation.length + " deviations");
    }
    for (int i = 0; i < mean.length; i++) {
      if (!Float.isFinite(mean[i]) || !(deviation[i] > 0 && Float.isFinite(deviation[i]))) {
        throw new IllegalArgumentException(
            "standardisation of channel "
                + i
                + ": mean "
                + mean[i]
                + ", deviation "
                + deviation[i]
                + ", expected finite numbers and a deviation above 0");
      }
    }
  }

  /**
   * Of pooled values.
   *
   * @param values one array a frame, each with one value a channel
   */
  public static Standardisation of(Iterable<float[]> values) {
    double[] sums = null;
    double[] squares = null;
    int count = 0;
    for (float[] frame : values) {
      if (sums == null) {
        sums = new double[frame.length];
        squares = new double[frame.length];
      }
      for (int i = 0; i < frame.length; i++) {
        sums[i] += frame[i];
        squares[i] += (double) frame[i] * frame[i];
      }
      count++;
    }
    if (count == 0) {
      throw new IllegalArgumentException("standardisation of no frames");
    }
    float[] mean = new float[sums.length];
    float[] deviation = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      double m = sums[i] / count;
      double variance = Math.max(0, squares[i] / count - m * m);
      mean[i] = (float) m;
      deviation[i] = (float) Math.max(Math.sqrt(variance), leastDeviation(m));
    }
    return new Standardisation(mean, deviation);
  }

  /** A channel that never changes must not turn rounding into a signal. */
  private static double leastDeviation(double mean) {
    return Math.max(1e-3, 1e-2 * Math.abs(mean));
  }
}
