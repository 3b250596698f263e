package io.drivemark.eval.metrics.boundary;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.boundary.LabelDistance.Edge;
import io.drivemark.problem.BadInputException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Boundary IoU for each class of a label map, by its binary mask as the instance tools define it:
 * the boundary of a mask is what its d-fold erosion by a 3×3 square removes, the image's edge
 * included, d = max(1, round(ratio · diagonal)).
 *
 * <pre>B-IoU(c) = |B(truth, c) ∩ B(prediction, c)| / |B(truth, c) ∪ B(prediction, c)|
 * </pre>
 *
 * <p>Counts add up over images before the division. There is no official rule for void in semantic
 * maps; {@link Near} names the two that are offered. Immutable. See Cheng et al., Boundary IoU,
 * arXiv:2103.16562.
 *
 * <p>Example: 64×128, left half one class, right half another, predicted border 4 pixels too far
 * left, d = 3: 534/906 for the left class, 558/930 for the right one.
 *
 * @param ratio of the width of the boundary to the image's diagonal, 0.02 in the official rule
 * @param near what is judged near void truth
 */
public record BoundaryIou(double ratio, Near near) {

  /** What is judged near void truth. Boundaries are drawn first, then pixels are removed. */
  public enum Near {
    /** All pixels of valid truth. */
    VOID_JUDGED,
    /** Only those farther than d from any void: the strict variant. */
    VOID_LEFT_OUT
  }

  public BoundaryIou {
    Objects.requireNonNull(near, "near");
    if (!(ratio > 0 && ratio < 1)) {
      throw new IllegalArgumentException(
          "boundary IoU: the ratio must lie in (0, 1), got " + ratio);
    }
  }

  /** 2 % of the diagonal, all pixels of valid truth. */
  public static BoundaryIou defaults() {
    return new BoundaryIou(0.02, Near.VOID_JUDGED);
  }

  /** The boundary's width d in pixels for an image; halves are rounded to even. */
  public int width(int height, int width) {
    return (int)
        Math.max(
            1, Math.rint(ratio * Math.sqrt((double) height * height + (double) width * width)));
  }

  /**
   * Counts one image.
   *
   * @throws BadInputException if the sizes or label spaces differ
   * @throws IllegalArgumentException if the image is so large that d exceeds 254
   */
  public BoundaryCounts count(LabelMap truth, LabelMap prediction) {
    return count(truth, prediction, width(truth.height(), truth.width()));
  }

  /** Counts one image with a width given in pixels; errors as of {@link #count}. */
  public BoundaryCounts count(LabelMap truth, LabelMap prediction, int d) {
    Grid.requireEqual("boundary IoU", truth, prediction);
    LabelDistance.requireWidth(d);
    int height = truth.height();
    int width = truth.width();
    byte[] t = truth.pixels();
    byte[] p = prediction.pixels();
    LabelDistance inTruth = LabelDistance.of(t, height, width, Edge.DIFFERS);
    LabelDistance inPrediction = LabelDistance.of(p, height, width, Edge.DIFFERS);
    boolean[] left = near == Near.VOID_LEFT_OUT ? nearVoid(t, height, width, d) : null;
    long[] truthPixels = new long[256];
    long[] predictedPixels = new long[256];
    long[] bothPixels = new long[256];
    for (int i = 0; i < t.length; i++) {
      boolean ofTruth = inTruth.at(i) <= d;
      boolean ofPrediction = inPrediction.at(i) <= d;
      if (!ofTruth && !ofPrediction) {
        continue;
      }
      int label = t[i] & 0xFF;
      if (label == LabelSpace.VOID || (left != null && left[i])) {
        continue;
      }
      if (ofTruth) {
        truthPixels[label]++;
      }
      if (ofPrediction) {
        predictedPixels[p[i] & 0xFF]++;
        if (ofTruth && t[i] == p[i]) {
          bothPixels[label]++;
        }
      }
    }
    int classes = truth.space().size();
    return new BoundaryCounts(
        truth.space(),
        Arrays.copyOf(truthPixels, classes),
        Arrays.copyOf(predictedPixels, classes),
        Arrays.copyOf(bothPixels, classes));
  }

  private static boolean[] nearVoid(byte[] truth, int height, int width, int d) {
    byte[] isVoid = new byte[truth.length];
    for (int i = 0; i < truth.length; i++) {
      isVoid[i] = (byte) ((truth[i] & 0xFF) == LabelSpace.VOID ? 1 : 0);
    }
    LabelDistance distance = LabelDistance.of(isVoid, height, width, Edge.IGNORED);
    boolean[] near = new boolean[truth.length];
    for (int i = 0; i < truth.length; i++) {
      near[i] = isVoid[i] == 1 || distance.at(i) <= d;
    }
    return near;
  }
}
