package io.drivemark.eval.metrics.driving;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.LabelSpace;
import io.drivemark.datasets.RoadPlane;

/**
 * Where the drivable ground ends in each column of pixels, in metres, by truth and by prediction.
 * From below, void truth is skipped (the own bonnet); the ground ends at the first run of
 * non-drivable rows that is long enough, and its distance is where the flat road is at the lower
 * edge of that run, at most so far. Predicted void is an obstacle. A column whose truth ends in
 * void, or is void throughout, is not judged. A prediction's distance is that of the flat road as
 * well: true distances at the row where it ends are the obstacle's and would hide how far it
 * overshoots.
 *
 * <p>The error is prediction minus truth: above 0 the prediction drives into something, below 0 it
 * stops for nothing. Immutable.
 *
 * @param farthestMetres distances beyond are taken for this
 * @param leastRunShare how many rows a run needs, as a share of the height; at least one
 * @param corridorMetres half the width of the own way: columns whose end lies within
 */
public record Freespace(double farthestMetres, double leastRunShare, double corridorMetres) {
  private static final double MILLIMETRES = 1000;

  public Freespace {
    if (!(farthestMetres > 0 && leastRunShare >= 0 && leastRunShare < 1 && corridorMetres > 0)) {
      throw new IllegalArgumentException(
          "freespace: up to "
              + farthestMetres
              + " m, runs of "
              + leastRunShare
              + " of the height, corridor of "
              + corridorMetres
              + " m; expected numbers above 0, the share below 1");
    }
  }

  /** Up to 50 m, runs of 0.8 % of the height, a corridor of 1.5 m to both sides. */
  public static Freespace defaults() {
    return new Freespace(50, 0.008, 1.5);
  }

  /** Takes what was found in a column. */
  public interface Columns {
    /**
     * A judged column.
     *
     * @param truthMillimetres where the ground ends by the truth
     * @param predictionMillimetres where by the prediction
     * @param inCorridor whether the truth's end lies in the own way
     */
    void take(long truthMillimetres, long predictionMillimetres, boolean inCorridor);
  }

  /**
   * Goes through the columns of a frame.
   *
   * @param drivable by label, 256 of them
   * @param road of the truth's grid
   */
  public void columns(
      LabelMap truth, LabelMap prediction, boolean[] drivable, RoadPlane road, Columns out) {
    int least = (int) Math.max(1, Math.ceil(leastRunShare * truth.height()));
    double farthestRow = road.row(farthestMetres, 0);
    for (int x = 0; x < truth.width(); x++) {
      int start = truth.height() - 1;
      while (start >= 0 && label(truth, start, x) == LabelSpace.VOID) {
        start--;
      }
      int end = end(truth, start, x, drivable, least);
      boolean inVoid = end >= 0 && label(truth, end, x) == LabelSpace.VOID;
      if (start < 0 || inVoid) {
        continue;
      }
      double ahead = road.ahead(end + 1, x + 0.5);
      double row = ahead < farthestMetres ? end + 1 : farthestRow;
      boolean inCorridor = Math.abs(road.right(row, x + 0.5)) <= corridorMetres;
      double predicted = road.ahead(end(prediction, start, x, drivable, least) + 1, x + 0.5);
      out.take(millimetres(ahead), millimetres(predicted), inCorridor);
    }
  }

  /** The lowest row of the first run that is long enough; -1 if there is none. */
  private static int end(LabelMap map, int start, int x, boolean[] drivable, int least) {
    int run = 0;
    for (int y = start; y >= 0; y--) {
      run = drivable[label(map, y, x)] ? 0 : run + 1;
      if (run == least) {
        return y + least - 1;
      }
    }
    return -1;
  }

  private static int label(LabelMap map, int y, int x) {
    return map.pixels()[y * map.width() + x] & 0xFF;
  }

  private long millimetres(double ahead) {
    return Math.round(MILLIMETRES * Math.min(farthestMetres, ahead));
  }

  /** How many metres of road one row of pixels is, at a distance. */
  public static double rowMetres(RoadPlane road, double metres) {
    double row = road.row(metres, 0);
    double column = road.column(metres, 0);
    return road.ahead(row - 1, column) - metres;
  }
}
