package io.drivemark.eval.metrics.boundary;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.eval.metrics.ConfusionMatrix;
import io.drivemark.problem.BadInputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Confusion counts of the pixels near the truth's class borders, by how near: the IoU restricted to
 * pixels within w of a border, w = 1, 2, 4, 8, 16, 32, shows whether a network errs at borders or
 * inside. One distance map of the truth serves all widths. A border is where the truth's label
 * changes, void included; the image's edge is none. Pixels of void truth are not judged. For one
 * thread.
 */
public final class TrimapCurve {
  /** The widths in pixels. */
  public static final List<Integer> WIDTHS = List.of(1, 2, 4, 8, 16, 32);

  private final LabelSpace space;
  private final int side;
  private final long[][] bands; // by band: cells of pixels in this band and no narrower one

  /** A curve over no pixels. */
  public TrimapCurve(LabelSpace space) {
    this.space = Objects.requireNonNull(space, "space");
    this.side = space.size() + 1;
    this.bands = new long[WIDTHS.size()][side * side];
  }

  /**
   * Counts one image.
   *
   * @throws BadInputException if the sizes or label spaces differ
   */
  public void add(LabelMap truth, LabelMap prediction) {
    Grid.requireEqual("trimap curve", truth, prediction);
    byte[] t = truth.pixels();
    byte[] p = prediction.pixels();
    LabelDistance distance = LabelDistance.of(t, truth.height(), truth.width());
    int[] bandOfDistance = bandOfDistance();
    for (int i = 0; i < t.length; i++) {
      int band = bandOfDistance[distance.at(i)];
      int label = t[i] & 0xFF;
      if (band >= 0 && label != LabelSpace.VOID) {
        bands[band][label * side + Math.min(p[i] & 0xFF, side - 1)]++;
      }
    }
  }

  /** The counts within each width; a wider one holds all of the narrower. */
  public Map<Integer, ConfusionMatrix> counts() {
    Map<Integer, ConfusionMatrix> out = new LinkedHashMap<>();
    long[] sum = new long[side * side];
    for (int band = 0; band < bands.length; band++) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] = Math.addExact(sum[i], bands[band][i]);
      }
      long[][] rows = new long[side][];
      for (int row = 0; row < side; row++) {
        rows[row] = Arrays.copyOfRange(sum, row * side, (row + 1) * side);
      }
      out.put(WIDTHS.get(band), ConfusionMatrix.of(space, rows));
    }
    return out;
  }

  private static int[] bandOfDistance() {
    int[] bands = new int[LabelDistance.CAP + 1];
    for (int distance = 0; distance < bands.length; distance++) {
      int band = 0;
      while (band < WIDTHS.size() && distance > WIDTHS.get(band)) {
        band++;
      }
      bands[distance] = band < WIDTHS.size() ? band : -1;
    }
    return bands;
  }
}
