package io.drivemark.datasets.corruption.standard;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.corruption.Corruption;
import io.drivemark.datasets.corruption.Distances;
import io.drivemark.datasets.corruption.Draws;
import java.util.List;
import java.util.Optional;

/**
 * Noise of a sensor: to each value of each pixel a normal number is added, independent of all
 * others. Value {@code i} of the photograph takes normal number {@code i}.
 *
 * <p>Example: grey 128 of a frame called {@code a} becomes 108, 134, 138, 116, 121, 121, … at
 * severity 1. Stateless.
 */
public final class GaussianNoise implements Corruption {
  private static final double[] DEVIATIONS = {0.08, 0.12, 0.18, 0.26, 0.38};

  @Override
  public String name() {
    return "gaussian-noise";
  }

  @Override
  public String summary() {
    return "normal noise on each value of each pixel";
  }

  @Override
  public List<String> settings() {
    return List.of(
        "deviation 0.08", "deviation 0.12", "deviation 0.18", "deviation 0.26", "deviation 0.38");
  }

  @Override
  public int derivation() {
    return 1;
  }

  @Override
  public RgbImage apply(RgbImage image, int severity, Draws draws, Optional<Distances> distances) {
    double deviation = 255 * DEVIATIONS[severity - 1];
    byte[] from = image.pixels();
    byte[] to = new byte[from.length];
    for (int i = 0; i < from.length; i++) {
      to[i] = Values.floor((from[i] & 0xFF) + deviation * draws.normal(i));
    }
    return RgbImage.of(image.height(), image.width(), to);
  }
}
