package io.drivemark.datasets.corruption.standard;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.corruption.Corruption;
import io.drivemark.datasets.corruption.Distances;
import io.drivemark.datasets.corruption.Draws;
import java.util.List;
import java.util.Optional;

/**
 * Dirt on the lens: soft dark spots, in the same places all along a sequence. Spots are added until
 * they cover the given share of the photograph; each covers 2 to 8 % of that share. In a spot's
 * middle a quarter of the light is left, towards its rim all of it. Spot {@code k} takes uniform
 * numbers {@code 3k}, {@code 3k+1} and {@code 3k+2}. A frame of no known sequence has dirt of its
 * own. Stateless.
 */
public final class LensDirt implements Corruption {
  private static final int[] PERCENT = {2, 4, 6, 9, 12};
  private static final double LARGEST = 0.08;
  private static final double CORE = 0.6;
  private static final double LEFT = 0.25;

  @Override
  public String name() {
    return "lens-dirt";
  }

  @Override
  public String summary() {
    return "soft dark spots, in the same places all along a sequence";
  }

  @Override
  public List<String> settings() {
    return List.of("2 % covered", "4 % covered", "6 % covered", "9 % covered", "12 % covered");
  }

  @Override
  public int derivation() {
    return 1;
  }

  @Override
  public boolean sticks() {
    return true;
  }

  @Override
  public RgbImage apply(RgbImage image, int severity, Draws draws, Optional<Distances> distances) {
    int h = image.height();
    int w = image.width();
    float[] passes = passes(h, w, PERCENT[severity - 1], draws);
    byte[] to = image.pixels().clone();
    for (int i = 0; i < to.length; i++) {
      float passed = passes[i / 3];
      if (passed > 0) {
        to[i] = Values.floor((to[i] & 0xFF) * (double) passed);
      }
    }
    return RgbImage.of(h, w, to);
  }

  /** For each pixel the share of light that dirt leaves it; 0 where there is no dirt. */
  static float[] passes(int h, int w, int percent, Draws draws) {
    float[] passes = new float[h * w];
    double share = percent / 100.0 * h * w;
    double largest = Math.max(1, Math.sqrt(LARGEST * share / Math.PI));
    int covered = 0;
    for (long spot = 0; covered < share; spot++) {
      double y = h * draws.unit(3 * spot);
      double x = w * draws.unit(3 * spot + 1);
      covered += add(passes, h, w, y, x, largest * (1 + draws.unit(3 * spot + 2)) / 2);
    }
    return passes;
  }

  /** Adds a spot; where two meet, the darker one counts. Returns how many pixels are new. */
  private static int add(float[] passes, int h, int w, double y, double x, double radius) {
    int fresh = 0;
    int lastRow = (int) Math.min(h - 1, Math.floor(y + radius));
    int lastColumn = (int) Math.min(w - 1, Math.floor(x + radius));
    for (int row = (int) Math.max(0, Math.floor(y - radius)); row <= lastRow; row++) {
      for (int column = (int) Math.max(0, Math.floor(x - radius)); column <= lastColumn; column++) {
        double dy = row + 0.5 - y;
        double dx = column + 0.5 - x;
        double far = Math.sqrt(dy * dy + dx * dx) / radius;
        if (far <= 1) {
          double rim = Math.max(0, far - CORE) / (1 - CORE);
          float passed = (float) (LEFT + (1 - LEFT) * rim);
          int at = row * w + column;
          fresh += passes[at] == 0 ? 1 : 0;
          passes[at] = passes[at] == 0 ? passed : Math.min(passes[at], passed);
        }
      }
    }
    return fresh;
  }
}
