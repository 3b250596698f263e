package io.drivemark.datasets.synth;

import java.util.List;

/**
 * The ground plan of a drive: carriageway, the lots on both sides, and what is painted on the road.
 * Immutable after construction.
 */
final class Street {
  /** Metres of street laid out before the start. */
  static final int BEHIND = 40;

  final RoadCurve curve;

  /** Width of the carriageway to the left and to the right of the centre line, metres. */
  final double left;

  final double right;

  /** Width of a lane, metres. */
  final double lane;

  /** Width of a parking strip inside {@link #left} and {@link #right}, 0 for none. */
  final double parkLeft;

  final double parkRight;
  final boolean yellowLines;
  final boolean centreLine;
  final List<Lot> leftLots;
  final List<Lot> rightLots;

  /** Where zebra crossings begin, metres along the road. */
  final double[] crossings;

  private final Lot[] leftBins;
  private final Lot[] rightBins;

  Street(
      RoadCurve curve,
      double lane,
      int lanesLeft,
      int lanesRight,
      double parkLeft,
      double parkRight,
      boolean yellowLines,
      boolean centreLine,
      List<Lot> leftLots,
      List<Lot> rightLots,
      double[] crossings,
      int length) {
    this.curve = curve;
    this.lane = lane;
    this.left = lane * lanesLeft + parkLeft + 0.3;
    this.right = lane * lanesRight + parkRight + 0.3;
    this.parkLeft = parkLeft;
    this.parkRight = parkRight;
    this.yellowLines = yellowLines;
    this.centreLine = centreLine;
    this.leftLots = List.copyOf(leftLots);
    this.rightLots = List.copyOf(rightLots);
    this.crossings = crossings.clone();
    this.leftBins = bins(leftLots, length);
    this.rightBins = bins(rightLots, length);
  }

  /** The lot beside the road at {@code s}; {@code side} is −1 for left, 1 for right. */
  Lot lot(int side, double s) {
    Lot[] bins = side < 0 ? leftBins : rightBins;
    int i = (int) Math.floor((s + BEHIND) * 4);
    return bins[Math.max(0, Math.min(bins.length - 1, i))];
  }

  double half(int side) {
    return side < 0 ? left : right;
  }

  /**
   * The height below which the sun does not reach a place, because of the lots towards the sun.
   *
   * @param x metres right of the centre line
   */
  double shadeHeight(double x, double s, Vec sun) {
    double h = curve.heading(s);
    double across = sun.x() * StrictMath.cos(h) - sun.z() * StrictMath.sin(h);
    double along = sun.x() * StrictMath.sin(h) + sun.z() * StrictMath.cos(h);
    int side = across < 0 ? -1 : 1;
    double rate = Math.abs(across);
    if (rate < 0.05) {
      return -1;
    }
    double best = -1;
    for (int k = -1; k <= 1; k++) {
      Lot lot = lot(side, s + along / rate * (half(side) + 3 - side * x) + k * 2);
      double distance = half(side) + lot.pavement() + lot.setback() - side * x;
      if (distance > 0.5 && lot.kind() == Lot.Kind.BUILDING) {
        best = Math.max(best, lot.height() - distance * sun.y() / rate);
      }
    }
    return best;
  }

  private static Lot[] bins(List<Lot> lots, int length) {
    Lot[] bins = new Lot[(length + BEHIND) * 4];
    int k = 0;
    for (int i = 0; i < bins.length; i++) {
      double s = (i + 0.5) * 0.25 - BEHIND;
      while (k + 1 < lots.size() && s >= lots.get(k).to()) {
        k++;
      }
      bins[i] = lots.get(k);
    }
    return bins;
  }
}
