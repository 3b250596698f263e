package io.drivemark.eval.metrics.depth;

import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.problem.BadInputException;

/**
 * D1-all of KITTI's stereo benchmark: the share of pixels whose disparity is off by more than 3
 * pixels and by more than 5 % of the truth. Counts add up over images. Immutable.
 *
 * @param outliers at most {@code pixels}
 * @param pixels those with a known truth
 */
public record DisparityOutliers(long outliers, long pixels) {
  private static final double PIXELS_OFF = 3;
  private static final double SHARE_OFF = 0.05;

  public DisparityOutliers {
    if (outliers < 0 || outliers > pixels) {
      throw new IllegalArgumentException("disparities: " + outliers + " outliers of " + pixels);
    }
  }

  /**
   * Counts one image.
   *
   * @param truth disparities in pixels; not positive or NaN = unknown
   * @param prediction disparities in the same order; NaN counts as an outlier
   * @throws BadInputException if the lengths differ
   */
  public static DisparityOutliers of(float[] truth, float[] prediction) {
    if (truth.length != prediction.length) {
      throw new BadInputException(
          "disparities: "
              + prediction.length
              + " predicted, "
              + truth.length
              + " true pixels; bring the prediction onto the truth's grid");
    }
    long outliers = 0;
    long pixels = 0;
    for (int i = 0; i < truth.length; i++) {
      if (truth[i] > 0) {
        pixels++;
        double off = Math.abs((double) truth[i] - prediction[i]);
        if (!(off <= PIXELS_OFF || off <= SHARE_OFF * truth[i])) {
          outliers++;
        }
      }
    }
    return new DisparityOutliers(outliers, pixels);
  }

  public DisparityOutliers plus(DisparityOutliers other) {
    return new DisparityOutliers(
        Math.addExact(outliers, other.outliers), Math.addExact(pixels, other.pixels));
  }

  /** The share of outliers. */
  public MetricValue share() {
    return pixels == 0
        ? MetricValue.undefined("no known disparity")
        : MetricValue.of((double) outliers / pixels);
  }
}
