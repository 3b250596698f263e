package io.drivemark.eval.metrics.safety;

import io.drivemark.datasets.LabelMap;
import io.drivemark.eval.metrics.MetricValue;
import io.drivemark.eval.statistics.Interval;
import io.drivemark.eval.statistics.Proportion;

/**
 * How many vulnerable road users are seen at all. A region is a connected piece (eight neighbours)
 * of one class of pedestrians, riders or the like in the truth; it is found if enough of its pixels
 * are predicted as any such class: taking a rider for a pedestrian is no danger, overlooking either
 * is. Small regions count as much as large ones. Immutable.
 *
 * @param leastPixels smaller regions are not judged: too few pixels to see anything
 * @param foundShare the share of a region's pixels from which on it is found
 */
public record VulnerableRecall(int leastPixels, double foundShare) {

  public VulnerableRecall {
    if (leastPixels < 1 || !(foundShare > 0 && foundShare <= 1)) {
      throw new IllegalArgumentException(
          "recall of vulnerable road users: at least 1 pixel and a share in (0, 1] are needed, got "
              + leastPixels
              + " and "
              + foundShare);
    }
  }

  /** Regions of at least 25 pixels, found if half of them is. */
  public static VulnerableRecall defaults() {
    return new VulnerableRecall(25, 0.5);
  }

  /**
   * How many regions there were and how many of them were found.
   *
   * @param found at most {@code regions}
   */
  public record Counts(long found, long regions) {
    public Counts {
      if (found < 0 || found > regions) {
        throw new IllegalArgumentException("regions: " + found + " found of " + regions);
      }
    }

    public Counts plus(Counts other) {
      return new Counts(Math.addExact(found, other.found), Math.addExact(regions, other.regions));
    }

    /** Whether there was any region to find. */
    public boolean hasRegions() {
      return regions > 0;
    }

    /** The share of regions that were found. */
    public MetricValue recall() {
      return regions == 0
          ? MetricValue.undefined("no region of a vulnerable road user")
          : MetricValue.of((double) found / regions);
    }

    /**
     * The exact interval of the recall if regions were independent; regions of one drive are not,
     * so draw drives where they are known.
     */
    public Interval interval(double level) {
      return new Proportion(found, regions).interval(level);
    }
  }

  /**
   * Counts one image.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  public Counts count(LabelMap truth, LabelMap prediction) {
    if (truth.height() != prediction.height() || truth.width() != prediction.width()) {
      throw new IllegalArgumentException(
          "recall of vulnerable road users: prediction and truth differ in size");
    }
    boolean[] vulnerable = new boolean[256];
    for (int c = 0; c < truth.space().size(); c++) {
      vulnerable[c] = truth.space().classes().get(c).vulnerable();
    }
    TruthRegions regionsOfTruth = TruthRegions.of(truth, prediction, vulnerable);
    long found = 0;
    long regions = 0;
    for (int r = 0; r < regionsOfTruth.runs(); r++) {
      long size = regionsOfTruth.pixels(r);
      if (regionsOfTruth.isRegion(r) && size >= leastPixels) {
        regions++;
        found += regionsOfTruth.found(r) >= foundShare * size ? 1 : 0;
      }
    }
    return new Counts(found, regions);
  }
}
