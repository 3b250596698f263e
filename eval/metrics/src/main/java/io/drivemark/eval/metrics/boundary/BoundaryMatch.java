package io.drivemark.eval.metrics.boundary;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;

/**
 * How well two sets of pixels, usually thin, match within a radius: F is the harmonic mean of the
 * share of predicted pixels near the truth and of the share of true pixels near the prediction.
 * Near means within a Euclidean disk. Two empty sets match fully, an empty and a filled one not at
 * all. Immutable.
 *
 * @param predicted pixels of the prediction
 * @param predictedNear those of them near the truth
 * @param truth pixels of the truth
 * @param truthNear those of them near the prediction
 */
public record BoundaryMatch(long predicted, long predictedNear, long truth, long truthNear) {
  public BoundaryMatch {
    if (predictedNear < 0 || predictedNear > predicted || truthNear < 0 || truthNear > truth) {
      throw new IllegalArgumentException(
          "boundary match: "
              + predictedNear
              + " of "
              + predicted
              + " predicted and "
              + truthNear
              + " of "
              + truth
              + " true pixels");
    }
  }

  /**
   * Compares two sets within a radius.
   *
   * @param truth pixels of an H×W image, row-major
   * @param prediction pixels of the same image
   * @param radius in pixels, at least 0; need not be whole
   */
  public static BoundaryMatch of(
      BitSet truth, BitSet prediction, int height, int width, double radius) {
    return of(truth, prediction, height, width, List.of(radius)).get(0);
  }

  /** As {@link #of(BitSet, BitSet, int, int, double)}, for several radii at the cost of one. */
  public static List<BoundaryMatch> of(
      BitSet truth, BitSet prediction, int height, int width, List<Double> radii) {
    for (double radius : radii) {
      if (!(radius >= 0)) {
        throw new IllegalArgumentException("boundary match: radius " + radius);
      }
    }
    List<Long> predictedNear = near(prediction, truth, height, width, radii);
    List<Long> truthNear = near(truth, prediction, height, width, radii);
    List<BoundaryMatch> out = new ArrayList<>();
    for (int r = 0; r < radii.size(); r++) {
      out.add(
          new BoundaryMatch(
              prediction.cardinality(),
              predictedNear.get(r),
              truth.cardinality(),
              truthNear.get(r)));
    }
    return List.copyOf(out);
  }

  private static List<Long> near(
      BitSet pixels, BitSet to, int height, int width, List<Double> radii) {
    if (pixels.isEmpty() || to.isEmpty()) {
      return Collections.nCopies(radii.size(), 0L);
    }
    int[] distance = SquaredDistance.to(to, height, width);
    List<Long> out = new ArrayList<>();
    for (double radius : radii) {
      double most = radius * radius;
      out.add(pixels.stream().filter(i -> distance[i] <= most).count());
    }
    return out;
  }

  /** The F value, in 0..1. */
  public double f() {
    if (predicted == 0 && truth == 0) {
      return 1;
    }
    if (predictedNear == 0 || truthNear == 0) {
      return 0;
    }
    double precision = (double) predictedNear / predicted;
    double recall = (double) truthNear / truth;
    return 2 * precision * recall / (precision + recall);
  }
}
