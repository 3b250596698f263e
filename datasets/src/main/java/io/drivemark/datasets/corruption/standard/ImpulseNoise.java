package io.drivemark.datasets.corruption.standard;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.corruption.Corruption;
import io.drivemark.datasets.corruption.Distances;
import io.drivemark.datasets.corruption.Draws;
import java.util.List;
import java.util.Optional;

/**
 * Dead and burning pixels: some values become 0 and as many 255, each channel by itself. Value
 * {@code i} of the photograph takes uniform number {@code i}.
 *
 * <p>Example: grey 128 of a frame called {@code a} becomes 128, 255, 128, 255, 0, 0, … at severity
 * 5. Stateless.
 */
public final class ImpulseNoise implements Corruption {
  private static final double[] SHARES = {0.03, 0.06, 0.09, 0.17, 0.27};

  @Override
  public String name() {
    return "impulse-noise";
  }

  @Override
  public String summary() {
    return "some values become 0 or 255";
  }

  @Override
  public List<String> settings() {
    return List.of("3 %", "6 %", "9 %", "17 %", "27 %");
  }

  @Override
  public int derivation() {
    return 1;
  }

  @Override
  public RgbImage apply(RgbImage image, int severity, Draws draws, Optional<Distances> distances) {
    double share = SHARES[severity - 1];
    byte[] to = image.pixels().clone();
    for (int i = 0; i < to.length; i++) {
      double u = draws.unit(i);
      if (u < share) {
        to[i] = (byte) (u < share / 2 ? 0 : Values.MOST);
      }
    }
    return RgbImage.of(image.height(), image.width(), to);
  }
}
