package io.drivemark.datasets.corruption.standard;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.corruption.Corruption;
import io.drivemark.datasets.corruption.Distances;
import io.drivemark.datasets.corruption.Draws;
import java.util.List;
import java.util.Optional;

/**
 * A camera that moved: each value becomes a weighted mean along a line through it, at an angle of
 * up to 45 degrees to the horizontal that is the frame's own (uniform number 0). Weights are those
 * of a normal distribution, cut at the line's ends; the line is centred, so that nothing moves on
 * average. (The common corruptions blur to one side, which moves the picture by 2 to 11 pixels
 * besides.) Places are rounded to whole pixels, the border is mirrored without repeating the edge,
 * and a photograph of one colour stays as it is. Stateless.
 */
public final class MotionBlur implements Corruption {
  private static final int[] RADII = {10, 15, 15, 15, 20};
  private static final int[] DEVIATIONS = {3, 5, 8, 12, 15};
  private static final int CHANNELS = 3;
  private static final double ONE = 1 << 20;

  @Override
  public String name() {
    return "motion-blur";
  }

  @Override
  public String summary() {
    return "weighted mean along a slanted line through each pixel";
  }

  @Override
  public List<String> settings() {
    return List.of(
        "radius 10, deviation 3 pixels",
        "radius 15, deviation 5 pixels",
        "radius 15, deviation 8 pixels",
        "radius 15, deviation 12 pixels",
        "radius 20, deviation 15 pixels");
  }

  @Override
  public int derivation() {
    return 1;
  }

  @Override
  public RgbImage apply(RgbImage image, int severity, Draws draws, Optional<Distances> distances) {
    int radius = RADII[severity - 1];
    double angle = (draws.unit(0) - 0.5) * (Math.PI / 2);
    int[] weights = weights(radius, DEVIATIONS[severity - 1]);
    int[] right = steps(radius, StrictMath.cos(angle));
    int[] down = steps(radius, StrictMath.sin(angle));
    long total = 0;
    for (int weight : weights) {
      total += weight;
    }
    int h = image.height();
    int w = image.width();
    int[] columns = Values.mirrored(w, radius, CHANNELS);
    int[] rows = Values.mirrored(h, radius, w * CHANNELS);
    byte[] from = image.pixels();
    byte[] to = new byte[from.length];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int j = 0; j < weights.length; j++) {
          int at = rows[y + radius + down[j]] + columns[x + radius + right[j]];
          red += (long) weights[j] * (from[at] & 0xFF);
          green += (long) weights[j] * (from[at + 1] & 0xFF);
          blue += (long) weights[j] * (from[at + 2] & 0xFF);
        }
        int at = (y * w + x) * CHANNELS;
        to[at] = (byte) (red / total);
        to[at + 1] = (byte) (green / total);
        to[at + 2] = (byte) (blue / total);
      }
    }
    return RgbImage.of(h, w, to);
  }

  private static int[] weights(int radius, int deviation) {
    int[] weights = new int[2 * radius + 1];
    for (int j = 0; j <= radius; j++) {
      double exponent = -j * j / (2.0 * deviation * deviation);
      weights[radius + j] = (int) Math.floor(ONE * StrictMath.exp(exponent) + 0.5);
      weights[radius - j] = weights[radius + j];
    }
    return weights;
  }

  /** How many pixels each place of the line is off the middle, the same on both sides. */
  private static int[] steps(int radius, double share) {
    int[] steps = new int[2 * radius + 1];
    for (int j = 0; j <= radius; j++) {
      steps[radius + j] = (int) Math.floor(j * share + 0.5);
      steps[radius - j] = -steps[radius + j];
    }
    return steps;
  }
}
