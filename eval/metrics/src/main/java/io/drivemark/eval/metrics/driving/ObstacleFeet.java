package io.drivemark.eval.metrics.driving;

import io.drivemark.datasets.RoadPlane;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * How far off the predicted distance of obstacles is: of a true piece whose foot stands on the flat
 * road at most so far away, and the predicted piece that covers most of it. The two are matched if
 * what they share is at least half of either. Both distances are those of the road below the lowest
 * row. Whole numbers that add. Immutable.
 *
 * @param standing true pieces that stand on the road within reach
 * @param matched those of them that a predicted one matches
 * @param millimetres the sum of how far the two feet are apart, a predicted one beyond reach taken
 *     for the end of it
 */
public record ObstacleFeet(long standing, long matched, long millimetres) {
  private static final double MILLIMETRES = 1000;

  public ObstacleFeet {
    if (matched < 0 || matched > standing || millimetres < 0) {
      throw new IllegalArgumentException(
          "feet: " + matched + " of " + standing + " matched, off by " + millimetres + " mm");
    }
  }

  /**
   * Counts a frame.
   *
   * @param leastPixels smaller pieces do not count
   * @param farthestMetres the reach
   */
  public static ObstacleFeet of(
      Components truth,
      Components predicted,
      int pixels,
      RoadPlane road,
      int leastPixels,
      double farthestMetres) {
    Map<Long, Integer> shared = new HashMap<>(); // by both pieces
    for (int p = 0; p < pixels; p++) {
      if (truth.at(p) != Components.NONE && predicted.at(p) != Components.NONE) {
        shared.merge((long) truth.at(p) * predicted.count() + predicted.at(p), 1, Integer::sum);
      }
    }
    int[] match = matches(truth, predicted, shared);
    long standing = 0;
    long matched = 0;
    long sum = 0;
    for (int t = 0; t < truth.count(); t++) {
      double ahead = foot(truth, t, road);
      if (truth.pixels(t) < leastPixels || !(ahead <= farthestMetres)) {
        continue;
      }
      standing++;
      if (match[t] != Components.NONE) {
        matched++;
        double other = Math.min(farthestMetres, foot(predicted, match[t], road));
        sum += Math.round(MILLIMETRES * Math.abs(other - ahead));
      }
    }
    return new ObstacleFeet(standing, matched, sum);
  }

  /**
   * Of each true piece the predicted one that shares half of either, and of two halves the first.
   */
  private static int[] matches(Components truth, Components predicted, Map<Long, Integer> shared) {
    int[] out = new int[truth.count()];
    Arrays.fill(out, Components.NONE);
    int[] most = new int[out.length];
    shared.forEach(
        (pair, pixels) -> {
          int t = (int) (pair / predicted.count());
          int q = (int) (pair % predicted.count());
          boolean half = 2L * pixels >= truth.pixels(t) && 2L * pixels >= predicted.pixels(q);
          boolean better = pixels > most[t] || (pixels == most[t] && q < out[t]);
          if (half && better) {
            most[t] = pixels;
            out[t] = q;
          }
        });
    return out;
  }

  private static double foot(Components pieces, int piece, RoadPlane road) {
    return road.ahead(pieces.lowestRow(piece) + 1, pieces.foot(piece));
  }
}
