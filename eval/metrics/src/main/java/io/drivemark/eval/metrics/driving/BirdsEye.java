package io.drivemark.eval.metrics.driving;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RoadPlane;
import io.drivemark.eval.metrics.MetricValue;

/**
 * Drivable ground seen from above, as KITTI's road benchmark judges it: the flat road is cut into
 * cells of 5 cm, 10 m to both sides and 6 m to 46 m ahead; each takes the pixel in which its middle
 * is seen. Cells outside the picture and those of void truth are not judged. Of label maps there is
 * one F-measure; the benchmark's largest one over all thresholds needs probabilities. See Fritsch
 * et al., ITSC 2013, doi:10.1109/ITSC.2013.6728473.
 *
 * @param hits cells that are drivable and predicted so
 * @param falseAlarms cells that are predicted drivable and are not
 * @param misses cells that are drivable and not predicted so
 */
public record BirdsEye(long hits, long falseAlarms, long misses) {
  private static final double CELL = 0.05;
  private static final double SIDE = 10;
  private static final double NEAR = 6;
  private static final double FAR = 46;

  public BirdsEye {
    if (hits < 0 || falseAlarms < 0 || misses < 0) {
      throw new IllegalArgumentException("cells: " + hits + ", " + falseAlarms + ", " + misses);
    }
  }

  /**
   * Counts a frame.
   *
   * @param drivable by label, 256 of them
   * @param road of the truth's grid
   */
  public static BirdsEye count(
      LabelMap truth, LabelMap prediction, boolean[] drivable, RoadPlane road) {
    int deep = (int) Math.round((FAR - NEAR) / CELL);
    int wide = (int) Math.round(2 * SIDE / CELL);
    byte[] truths = truth.pixels();
    byte[] predictions = prediction.pixels();
    long[] cells = new long[4];
    for (int i = 0; i < deep; i++) {
      double ahead = NEAR + (i + 0.5) * CELL;
      double row = road.row(ahead, 0);
      double rowPerMetre = road.row(ahead, 1) - row; // straight lines stay straight
      double column = road.column(ahead, 0);
      double columnPerMetre = road.column(ahead, 1) - column;
      for (int j = 0; j < wide; j++) {
        double right = (j + 0.5) * CELL - SIDE;
        int y = (int) Math.floor(row + right * rowPerMetre);
        int x = (int) Math.floor(column + right * columnPerMetre);
        if (y < 0 || x < 0 || y >= truth.height() || x >= truth.width()) {
          continue;
        }
        int label = truths[y * truth.width() + x] & 0xFF;
        if (label != LabelSpace.VOID) {
          int predicted = predictions[y * truth.width() + x] & 0xFF;
          cells[(drivable[label] ? 2 : 0) + (drivable[predicted] ? 1 : 0)]++;
        }
      }
    }
    return new BirdsEye(cells[3], cells[1], cells[2]);
  }

  /** Twice the hits over all that is or is predicted drivable. */
  public MetricValue fMeasure() {
    long all = 2 * hits + falseAlarms + misses;
    return all == 0
        ? MetricValue.undefined("no cell is drivable or predicted so")
        : MetricValue.of(2.0 * hits / all);
  }
}
