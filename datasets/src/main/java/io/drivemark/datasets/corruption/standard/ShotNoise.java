package io.drivemark.datasets.corruption.standard;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.corruption.Corruption;
import io.drivemark.datasets.corruption.Distances;
import io.drivemark.datasets.corruption.Draws;
import java.util.List;
import java.util.Optional;

/**
 * Noise of few photons: each value becomes a Poisson number of a mean that is proportional to it.
 * Value {@code i} of the photograph takes uniform number {@code i}.
 *
 * <p>Example: grey 128 of a frame called {@code a} becomes 63, 106, 148, 42, 106, 85, … at severity
 * 3; black stays black. Stateless.
 */
public final class ShotNoise implements Corruption {
  private static final int[] PHOTONS = {60, 25, 12, 5, 3};

  @Override
  public String name() {
    return "shot-noise";
  }

  @Override
  public String summary() {
    return "each value is counted in few photons";
  }

  @Override
  public List<String> settings() {
    return List.of("60 photons", "25 photons", "12 photons", "5 photons", "3 photons");
  }

  @Override
  public int derivation() {
    return 1;
  }

  @Override
  public RgbImage apply(RgbImage image, int severity, Draws draws, Optional<Distances> distances) {
    PhotonCounts counts = new PhotonCounts(PHOTONS[severity - 1]);
    byte[] from = image.pixels();
    byte[] to = new byte[from.length];
    for (int i = 0; i < from.length; i++) {
      to[i] = (byte) counts.value(from[i] & 0xFF, draws.unit(i));
    }
    return RgbImage.of(image.height(), image.width(), to);
  }
}
