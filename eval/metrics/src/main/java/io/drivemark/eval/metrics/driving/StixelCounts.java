package io.drivemark.eval.metrics.driving;

import io.drivemark.datasets.LabelMap;
import io.drivemark.datasets.RoadPlane;
import io.drivemark.eval.metrics.driving.Stixels.Stixel;
import java.util.List;
import java.util.Optional;

/**
 * How a frame's predicted stixels meet the true ones, as whole numbers that add. An obstacle stixel
 * is one that cannot be driven on, is not void and stands on the road: its foot is at most so far
 * where the flat road is known, else it stands right above drivable ground. It is matched by a
 * predicted one of the same strip if the two share more than half of the rows of either. Immutable.
 *
 * @param truth true stixels
 * @param predicted predicted stixels
 * @param predictedBytes what it takes to send the predicted ones
 * @param obstacles true obstacle stixels
 * @param matched those of them that a predicted one matches
 * @param feet matched ones whose two feet have a distance
 * @param footMillimetres the sum of how far these are off
 */
public record StixelCounts(
    long truth,
    long predicted,
    long predictedBytes,
    long obstacles,
    long matched,
    long feet,
    long footMillimetres) {
  /** The farthest foot that counts, in metres. */
  public static final double FARTHEST_METRES = 50;

  private static final double MILLIMETRES = 1000;
  private static final double MATCHED_FROM = 0.5;

  /**
   * Compares two cuts.
   *
   * @param map the truth, for its size
   * @param drivable by label, 256 of them; all false where nothing is known to be: no obstacles
   * @param road where the flat road is seen, where the camera is known
   */
  public static StixelCounts of(
      LabelMap map,
      Stixels truth,
      Stixels predicted,
      boolean[] drivable,
      Optional<RoadPlane> road) {
    Pass pass = new Pass(drivable, road);
    int strip = Stixels.STRIP;
    for (int s = 0; s < truth.strips().size(); s++) {
      double middle = (s * strip + Math.min(map.width(), (s + 1) * strip)) / 2.0;
      pass.strip(truth.strips().get(s), predicted.strips().get(s), middle);
    }
    return new StixelCounts(
        truth.count(),
        predicted.count(),
        predicted.bytes(),
        pass.obstacles,
        pass.matched,
        pass.feet,
        pass.footMillimetres);
  }

  /** The strips of a frame at work. */
  private static final class Pass {
    private final boolean[] drivable;
    private final Optional<RoadPlane> road;
    private long obstacles;
    private long matched;
    private long feet;
    private long footMillimetres;

    Pass(boolean[] drivable, Optional<RoadPlane> road) {
      this.drivable = drivable;
      this.road = road;
    }

    void strip(List<Stixel> truth, List<Stixel> predicted, double middle) {
      for (int i = 0; i < truth.size(); i++) {
        Stixel one = truth.get(i);
        if (!isObstacle(truth, i, middle)) {
          continue;
        }
        obstacles++;
        for (int j = 0; j < predicted.size(); j++) {
          Stixel other = predicted.get(j);
          boolean hits = Stixels.rowIou(one, other) > MATCHED_FROM;
          if (hits && !drivable[other.label()] && other.label() != 255) {
            matched++;
            feet(one, other, middle);
          }
        }
      }
    }

    private void feet(Stixel one, Stixel other, double middle) {
      if (road.isPresent()) {
        feet++;
        footMillimetres += Math.abs(foot(one, middle) - foot(other, middle));
      }
    }

    private long foot(Stixel stixel, double middle) {
      double ahead = road.orElseThrow().ahead(stixel.end(), middle);
      return Math.round(MILLIMETRES * Math.min(FARTHEST_METRES, ahead));
    }

    private boolean isObstacle(List<Stixel> strip, int i, double middle) {
      Stixel stixel = strip.get(i);
      if (drivable[stixel.label()] || stixel.label() == 255) {
        return false;
      }
      return road.isPresent()
          ? road.get().ahead(stixel.end(), middle) <= FARTHEST_METRES
          : i + 1 < strip.size() && drivable[strip.get(i + 1).label()];
    }
  }
}
