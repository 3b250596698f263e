package io.drivemark.eval.metrics;

import java.util.Arrays;

/**
 * Whether a network is right as often as it says: pixels are sorted by confidence into bins of
 * equal width, and in each the mean confidence is compared with the share of right pixels.
 *
 * <pre>ECE = Σ over bins (pixels of the bin / all pixels) · |share right − mean confidence|
 * </pre>
 *
 * <p>A confidence on the border of two bins is in the lower one. Confidences are summed as integers
 * in units of 2⁻³⁰, so any partition of the frames gives the same bits; that rounds each by less
 * than 10⁻⁹. Only pixels of valid truth are to be added. For one thread; add for merging. See Guo
 * et al., On Calibration of Modern Neural Networks, arXiv:1706.04599.
 */
public final class Calibration {
  /** As most reports have it. */
  public static final int BINS = 15;

  private static final double UNIT = 1 << 30;
  private static final String NO_PIXELS = "no valid pixels";

  private final long[] pixels;
  private final long[] right;
  private final long[] confidence;

  /** No pixels in {@value #BINS} bins. */
  public Calibration() {
    this(BINS);
  }

  /** No pixels in so many bins. */
  public Calibration(int bins) {
    if (bins < 1) {
      throw new IllegalArgumentException("calibration: " + bins + " bins");
    }
    pixels = new long[bins];
    right = new long[bins];
    confidence = new long[bins];
  }

  /**
   * Counts one pixel.
   *
   * @param probability of the predicted class, in 0..1
   * @param isRight whether the prediction is
   * @throws IllegalArgumentException if it is no probability, NaN included
   */
  public void add(double probability, boolean isRight) {
    add(probability, isRight ? 1 : 0, isRight ? 0 : 1);
  }

  /**
   * Counts all pixels of one confidence.
   *
   * @param probability of the predicted class, in 0..1
   * @param rightPixels how many of them are predicted right
   * @param wrongPixels how many are not
   * @throws IllegalArgumentException if it is no probability, NaN included, or a count is negative
   */
  public void add(double probability, long rightPixels, long wrongPixels) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(
          "calibration: " + probability + " is no probability; apply softmax first");
    }
    if (rightPixels < 0 || wrongPixels < 0) {
      throw new IllegalArgumentException(
          "calibration: " + rightPixels + " right and " + wrongPixels + " wrong pixels");
    }
    long all = Math.addExact(rightPixels, wrongPixels);
    int bin = Math.max(0, (int) Math.ceil(probability * pixels.length) - 1);
    pixels[bin] = Math.addExact(pixels[bin], all);
    right[bin] = Math.addExact(right[bin], rightPixels);
    confidence[bin] =
        Math.addExact(confidence[bin], Math.multiplyExact(Math.round(probability * UNIT), all));
  }

  /** Adds counts made elsewhere with as many bins. */
  public void add(Calibration other) {
    if (other.pixels.length != pixels.length) {
      throw new IllegalArgumentException(
          "calibration: " + other.pixels.length + " bins and " + pixels.length);
    }
    for (int bin = 0; bin < pixels.length; bin++) {
      pixels[bin] = Math.addExact(pixels[bin], other.pixels[bin]);
      right[bin] = Math.addExact(right[bin], other.right[bin]);
      confidence[bin] = Math.addExact(confidence[bin], other.confidence[bin]);
    }
  }

  /**
   * Counts that were stored as {@link #numbers()} gives them.
   *
   * @throws IllegalArgumentException if there are not three a bin, or a number is impossible
   */
  public static Calibration of(long[] numbers) {
    if (numbers.length == 0 || numbers.length % 3 != 0) {
      throw new IllegalArgumentException("calibration: " + numbers.length + " numbers");
    }
    Calibration out = new Calibration(numbers.length / 3);
    for (int bin = 0; bin < out.pixels.length; bin++) {
      out.pixels[bin] = numbers[3 * bin];
      out.right[bin] = numbers[3 * bin + 1];
      out.confidence[bin] = numbers[3 * bin + 2];
      boolean possible =
          out.right[bin] >= 0
              && out.right[bin] <= out.pixels[bin]
              && out.confidence[bin] >= 0
              && out.confidence[bin] / UNIT <= out.pixels[bin];
      if (!possible) {
        throw new IllegalArgumentException(
            "calibration: bin "
                + bin
                + " has "
                + out.right[bin]
                + " right pixels of "
                + out.pixels[bin]
                + " and a confidence of "
                + out.confidence[bin]);
      }
    }
    return out;
  }

  /** All counts, three a bin: its pixels, the right ones, the confidences in units of 2⁻³⁰. */
  public long[] numbers() {
    long[] out = new long[3 * pixels.length];
    for (int bin = 0; bin < pixels.length; bin++) {
      out[3 * bin] = pixels[bin];
      out[3 * bin + 1] = right[bin];
      out[3 * bin + 2] = confidence[bin];
    }
    return out;
  }

  /** The expected calibration error. */
  public MetricValue expectedError() {
    long all = Arrays.stream(pixels).sum();
    double sum = 0;
    for (int bin = 0; bin < pixels.length; bin++) {
      sum += all == 0 ? 0 : gap(bin) * pixels[bin] / all;
    }
    return all == 0 ? MetricValue.undefined(NO_PIXELS) : MetricValue.of(sum);
  }

  /**
   * The same of counts as numbers, which draws of clusters need.
   *
   * @param numbers as {@link #numbers()} has them, from a place on; sums of them too
   * @return NaN without pixels
   */
  static double expectedError(double[] numbers, int from, int bins) {
    double all = 0;
    double gaps = 0;
    for (int bin = 0; bin < bins; bin++) {
      int at = from + 3 * bin;
      all += numbers[at];
      gaps += Math.abs(numbers[at + 1] - numbers[at + 2] / UNIT);
    }
    return all > 0 ? gaps / all : Double.NaN;
  }

  /**
   * The mean confidence less the share of right pixels: above 0 predictions are surer than right.
   */
  public MetricValue overconfidence() {
    long all = allPixels();
    if (all == 0) {
      return MetricValue.undefined(NO_PIXELS);
    }
    double said = 0;
    for (long sum : confidence) {
      said += sum / UNIT;
    }
    return MetricValue.of((said - Arrays.stream(right).sum()) / all);
  }

  /** The root of the mean squared gap. */
  public MetricValue rootMeanSquareError() {
    long all = Arrays.stream(pixels).sum();
    double sum = 0;
    for (int bin = 0; bin < pixels.length; bin++) {
      sum += all == 0 ? 0 : gap(bin) * gap(bin) * pixels[bin] / all;
    }
    return all == 0 ? MetricValue.undefined(NO_PIXELS) : MetricValue.of(Math.sqrt(sum));
  }

  /** The largest gap of a bin that has pixels. */
  public MetricValue maximumError() {
    long all = Arrays.stream(pixels).sum();
    double most = 0;
    for (int bin = 0; bin < pixels.length; bin++) {
      most = Math.max(most, gap(bin));
    }
    return all == 0 ? MetricValue.undefined(NO_PIXELS) : MetricValue.of(most);
  }

  /** How many bins there are. */
  public int bins() {
    return pixels.length;
  }

  /** The pixels in all bins. */
  public long allPixels() {
    return Arrays.stream(pixels).sum();
  }

  /** The pixels in a bin; bin 0 has the lowest confidences. */
  public long pixels(int bin) {
    return pixels[bin];
  }

  /** The share of right pixels in a bin. */
  public MetricValue shareRight(int bin) {
    return pixels[bin] == 0
        ? MetricValue.undefined("no pixels in this bin")
        : MetricValue.of((double) right[bin] / pixels[bin]);
  }

  /** The mean confidence in a bin. */
  public MetricValue meanConfidence(int bin) {
    return pixels[bin] == 0
        ? MetricValue.undefined("no pixels in this bin")
        : MetricValue.of(confidence[bin] / UNIT / pixels[bin]);
  }

  private double gap(int bin) {
    return pixels[bin] == 0
        ? 0
        : Math.abs((double) right[bin] / pixels[bin] - confidence[bin] / UNIT / pixels[bin]);
  }
}
