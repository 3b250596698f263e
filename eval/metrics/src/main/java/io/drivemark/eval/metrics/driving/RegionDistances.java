package io.drivemark.eval.metrics.driving;

import io.drivemark.datasets.Depth;
import io.drivemark.datasets.RoadPlane;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How far away the pieces of a truth are: the median of the true distances of their pixels, if it
 * is known of at least half of them (Cityscapes' rule for its AP at 50 m); else where the flat road
 * is on which their lowest row stands; else unknown. Of an even number of distances the median is
 * the mean of the two in the middle. A median is not the nearest point: of somebody behind a fence
 * it may be the fence's. Stateless.
 */
public final class RegionDistances {
  private RegionDistances() {}

  /**
   * The distance of each piece in metres, by its number.
   *
   * @param depth true distances of the pixels, where there are any
   * @param road where the road is seen, where the camera is known
   */
  public static OptionalDouble[] of(
      Components pieces, Optional<Depth> depth, Optional<RoadPlane> road) {
    OptionalDouble[] out = new OptionalDouble[pieces.count()];
    float[][] known = depth.map(d -> known(pieces, d.metres())).orElse(new float[0][]);
    for (int piece = 0; piece < out.length; piece++) {
      boolean enough = known.length > 0 && 2L * known[piece].length >= pieces.pixels(piece);
      out[piece] = enough ? OptionalDouble.of(median(known[piece])) : foot(pieces, piece, road);
    }
    return out;
  }

  private static OptionalDouble foot(Components pieces, int piece, Optional<RoadPlane> road) {
    if (road.isEmpty()) {
      return OptionalDouble.empty();
    }
    double ahead = road.get().ahead(pieces.lowestRow(piece) + 1, pieces.foot(piece));
    return Double.isFinite(ahead) ? OptionalDouble.of(ahead) : OptionalDouble.empty();
  }

  private static float[][] known(Components pieces, float[] metres) {
    int[] counts = new int[pieces.count()];
    for (int p = 0; p < metres.length; p++) {
      if (pieces.at(p) != Components.NONE && metres[p] > 0) {
        counts[pieces.at(p)]++;
      }
    }
    float[][] out = new float[counts.length][];
    for (int piece = 0; piece < out.length; piece++) {
      out[piece] = new float[counts[piece]];
    }
    for (int p = metres.length - 1; p >= 0; p--) {
      int piece = pieces.at(p);
      if (piece != Components.NONE && metres[p] > 0) {
        out[piece][--counts[piece]] = metres[p];
      }
    }
    return out;
  }

  private static double median(float[] values) {
    float[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : ((double) sorted[half - 1] + sorted[half]) / 2;
  }
}
