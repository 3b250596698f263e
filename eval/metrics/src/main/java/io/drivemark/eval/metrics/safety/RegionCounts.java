package io.drivemark.eval.metrics.safety;

import io.drivemark.datasets.LabelMap;
import io.drivemark.eval.metrics.ConfusionAccumulator;
import io.drivemark.eval.metrics.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The confusion counts of a frame and of regions in it, from one pass: each pixel is counted once,
 * with those that lie in the same regions. Immutable.
 *
 * @param frame of all pixels
 * @param inRegions of each region, in the order given
 */
public record RegionCounts(ConfusionMatrix frame, List<ConfusionMatrix> inRegions) {
  private static final int MOST_REGIONS = 8;

  public RegionCounts {
    inRegions = List.copyOf(inRegions);
  }

  /**
   * Counts one frame.
   *
   * @param regions at most eight; they may overlap
   * @throws io.drivemark.problem.BadInputException if the sizes or label spaces differ
   */
  public static RegionCounts of(LabelMap truth, LabelMap prediction, List<ImageRegion> regions) {
    if (regions.size() > MOST_REGIONS) {
      throw new IllegalArgumentException(
          "region counts: at most " + MOST_REGIONS + " regions, got " + regions.size());
    }
    Pass pass = new Pass(truth, prediction, regions);
    pass.run();
    return pass.counts();
  }

  /** One pass at work. */
  private static final class Pass {
    private final LabelMap truth;
    private final LabelMap prediction;
    private final List<ImageRegion> regions;
    private final ConfusionAccumulator[] bySet; // by the set of regions that pixels lie in, as bits
    private final int[] borders;
    private int stretchFrom;
    private int stretchSet = -1;

    Pass(LabelMap truth, LabelMap prediction, List<ImageRegion> regions) {
      this.truth = truth;
      this.prediction = prediction;
      this.regions = regions;
      this.bySet = new ConfusionAccumulator[1 << regions.size()];
      this.borders = new int[2 * regions.size() + 2];
    }

    void run() {
      for (int y = 0; y < truth.height(); y++) {
        row(y);
      }
      begin(truth.pixels().length, -1);
    }

    private void row(int y) {
      int height = truth.height();
      int width = truth.width();
      Arrays.fill(borders, width);
      borders[0] = 0;
      int used = 1;
      for (ImageRegion region : regions) {
        if (y >= region.firstRow(height)) {
          borders[used++] = region.from(y, height, width);
          borders[used++] = region.to(y, height, width);
        }
      }
      Arrays.sort(borders);
      for (int b = 0; b + 1 < borders.length; b++) {
        if (borders[b] < borders[b + 1]) {
          begin(y * width + borders[b], regionsAt(y, borders[b]));
        }
      }
    }

    private int regionsAt(int y, int x) {
      int set = 0;
      for (int r = 0; r < regions.size(); r++) {
        ImageRegion region = regions.get(r);
        if (y >= region.firstRow(truth.height())
            && x >= region.from(y, truth.height(), truth.width())
            && x < region.to(y, truth.height(), truth.width())) {
          set |= 1 << r;
        }
      }
      return set;
    }

    /** From this pixel on, pixels lie in these regions; those before are counted. */
    private void begin(int pixel, int set) {
      if (set == stretchSet) {
        return;
      }
      if (stretchSet >= 0) {
        if (bySet[stretchSet] == null) {
          bySet[stretchSet] = new ConfusionAccumulator(truth.space());
        }
        bySet[stretchSet].add(truth, prediction, stretchFrom, pixel);
      }
      stretchFrom = pixel;
      stretchSet = set;
    }

    RegionCounts counts() {
      List<ConfusionMatrix> out = new ArrayList<>();
      for (int r = 0; r < regions.size(); r++) {
        int bit = 1 << r;
        out.add(sum(IntStream.range(0, bySet.length).filter(set -> (set & bit) != 0)));
      }
      return new RegionCounts(sum(IntStream.range(0, bySet.length)), out);
    }

    private ConfusionMatrix sum(IntStream sets) {
      ConfusionAccumulator sum = new ConfusionAccumulator(truth.space());
      sets.filter(set -> bySet[set] != null).forEach(set -> sum.add(bySet[set].matrix()));
      return sum.matrix();
    }
  }
}
