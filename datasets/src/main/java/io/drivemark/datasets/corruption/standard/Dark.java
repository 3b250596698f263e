package io.drivemark.datasets.corruption.standard;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.corruption.Corruption;
import io.drivemark.datasets.corruption.Distances;
import io.drivemark.datasets.corruption.Draws;
import java.util.List;
import java.util.Optional;

/**
 * Poor light: values are darkened by a curve, dark ones most, then counted in photons (ten times as
 * many as {@link ShotNoise} of the same severity has) and given a tenth of {@link GaussianNoise}'s
 * deviation. Each of the three steps rounds down. Value {@code i} of the photograph takes uniform
 * numbers {@code 3i}, {@code 3i+1} and {@code 3i+2}. RoboDepth's corruption of this kind stretches
 * by the photograph's own extremes first; this one does not.
 *
 * <p>Example: before the noise, 128 is 38, 32, 25, 19, 12 at severities 1 to 5. Stateless.
 */
public final class Dark implements Corruption {
  private static final int[] TENTHS = {6, 5, 4, 3, 2};
  private static final int[] PHOTONS = {600, 250, 120, 50, 30};
  private static final double[] DEVIATIONS = {0.008, 0.012, 0.018, 0.026, 0.038};

  @Override
  public String name() {
    return "dark";
  }

  @Override
  public String summary() {
    return "darkened by a curve, with the noise of few photons";
  }

  @Override
  public List<String> settings() {
    return List.of("60 % light", "50 % light", "40 % light", "30 % light", "20 % light");
  }

  @Override
  public int derivation() {
    return 1;
  }

  @Override
  public RgbImage apply(RgbImage image, int severity, Draws draws, Optional<Distances> distances) {
    PhotonCounts counts = new PhotonCounts(PHOTONS[severity - 1]);
    double deviation = 255 * DEVIATIONS[severity - 1];
    byte[] from = image.pixels();
    byte[] to = new byte[from.length];
    for (int i = 0; i < from.length; i++) {
      long at = 3L * i;
      int counted = counts.value(curve(from[i] & 0xFF, severity), draws.unit(at));
      double noise = Draws.normal(draws.unit(at + 1), draws.unit(at + 2));
      to[i] = Values.floor(counted + deviation * noise);
    }
    return RgbImage.of(image.height(), image.width(), to);
  }

  /** A value after the curve and before the noise: 255 times the light times its share squared. */
  static int curve(int value, int severity) {
    return TENTHS[severity - 1] * value * value / (10 * Values.MOST);
  }
}
