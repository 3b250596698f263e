package io.drivemark.eval.metrics.boundary;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
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
 * <p>One pass serves all classes, and its cost does not depend on d: a pixel is in its class's
 * boundary exactly where its window of 2d + 1 rows and columns has another label too, or leaves the
 * image. Counts add up over images before the division. There is no official rule for void in
 * semantic maps; {@link Near} names the two that are offered. Immutable. See Cheng et al., Boundary
 * IoU, arXiv:2103.16562.
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
    Runs truthRuns = new Runs(t, height, width);
    Runs predictedRuns = new Runs(prediction.pixels(), height, width);
    Runs judged =
        near == Near.VOID_LEFT_OUT
            ? new Runs(withoutNearVoid(t, height, width, d), height, width)
            : truthRuns;
    UniformColumns inTruth = new UniformColumns(truthRuns, d);
    UniformColumns inPrediction = new UniformColumns(predictedRuns, d);
    Sums sums = new Sums();
    for (int y = 0; y < height + d; y++) {
      if (y < height) {
        inTruth.next();
        inPrediction.next();
      }
      if (y >= d) {
        sums.row(y - d, judged, predictedRuns, inTruth, inPrediction);
      }
    }
    return sums.counts(truth.space());
  }

  /** Boundary pixels by label: all judged ones without those that erosion leaves. */
  private static final class Sums {
    private final long[] truth = new long[256];
    private final long[] predicted = new long[256];
    private final long[] both = new long[256];
    private final int[] left = new int[3];

    void row(
        int y,
        Runs judged,
        Runs predictedRuns,
        UniformColumns inTruth,
        UniformColumns inPrediction) {
      int from = 0;
      int p = predictedRuns.first(y);
      int last = judged.first(y + 1);
      for (int t = judged.first(y); t < last; t++) {
        int label = judged.label(y, t);
        int end = judged.end(t);
        while (from < end) {
          int to = Math.min(end, predictedRuns.end(p));
          if (label != LabelSpace.VOID) {
            int other = predictedRuns.label(y, p);
            UniformColumns.countLeft(inTruth, label, inPrediction, other, y, from, to, left);
            truth[label] += to - from - left[0];
            predicted[other] += to - from - left[1];
            both[label] += label == other ? to - from - left[2] : 0;
          }
          from = to;
          p += predictedRuns.end(p) == to ? 1 : 0;
        }
      }
    }

    BoundaryCounts counts(LabelSpace space) {
      int classes = space.size();
      return new BoundaryCounts(
          space,
          Arrays.copyOf(truth, classes),
          Arrays.copyOf(predicted, classes),
          Arrays.copyOf(both, classes));
    }
  }

  /** The truth with void where any void is at most d away. */
  private static byte[] withoutNearVoid(byte[] truth, int height, int width, int d) {
    byte[] isVoid = new byte[truth.length];
    for (int i = 0; i < truth.length; i++) {
      isVoid[i] = (byte) ((truth[i] & 0xFF) == LabelSpace.VOID ? 1 : 0);
    }
    LabelDistance distance = LabelDistance.of(isVoid, height, width);
    byte[] out = truth.clone();
    for (int i = 0; i < truth.length; i++) {
      if (distance.at(i) <= d) {
        out[i] = (byte) LabelSpace.VOID;
      }
    }
    return out;
  }
}
