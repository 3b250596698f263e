package io.drivemark.datasets.corruption.standard;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.corruption.Corruption;
import io.drivemark.datasets.corruption.Distances;
import io.drivemark.datasets.corruption.Draws;
import java.util.List;
import java.util.Optional;

/**
 * Few bits a colour: the upper bits of each value are kept, the others are 0.
 *
 * <p>Example: 200 is 200, 192, 192, 192, 128 at severities 1 to 5. Stateless.
 */
public final class Quantise implements Corruption {
  private static final int BITS = 8;

  @Override
  public String name() {
    return "quantise";
  }

  @Override
  public String summary() {
    return "only the upper bits of each value";
  }

  @Override
  public List<String> settings() {
    return List.of("5 bits", "4 bits", "3 bits", "2 bits", "1 bit");
  }

  @Override
  public int derivation() {
    return 1;
  }

  @Override
  public RgbImage apply(RgbImage image, int severity, Draws draws, Optional<Distances> distances) {
    int kept = BITS - 2 - severity;
    int mask = 0xFF << (BITS - kept);
    byte[] to = image.pixels().clone();
    for (int i = 0; i < to.length; i++) {
      to[i] &= (byte) mask;
    }
    return RgbImage.of(image.height(), image.width(), to);
  }
}
