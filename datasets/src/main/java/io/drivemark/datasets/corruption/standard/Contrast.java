package io.drivemark.datasets.corruption.standard;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.corruption.Corruption;
import io.drivemark.datasets.corruption.Distances;
import io.drivemark.datasets.corruption.Draws;
import java.util.List;
import java.util.Optional;

/**
 * Flat light: each value moves towards the mean of its channel over the photograph.
 *
 * <p>Example: a channel of 100 and 200 becomes 130 and 170 at severity 1. Stateless.
 */
public final class Contrast implements Corruption {
  private static final int[] KEPT = {40, 30, 20, 10, 5};
  private static final int CHANNELS = 3;

  @Override
  public String name() {
    return "contrast";
  }

  @Override
  public String summary() {
    return "each value nearer to the mean of its channel";
  }

  @Override
  public List<String> settings() {
    return List.of("40 % kept", "30 % kept", "20 % kept", "10 % kept", "5 % kept");
  }

  @Override
  public int derivation() {
    return 1;
  }

  @Override
  public RgbImage apply(RgbImage image, int severity, Draws draws, Optional<Distances> distances) {
    long kept = KEPT[severity - 1];
    byte[] from = image.pixels();
    byte[] to = new byte[from.length];
    long count = from.length / CHANNELS;
    for (int channel = 0; channel < CHANNELS; channel++) {
      long sum = 0;
      for (int i = channel; i < from.length; i += CHANNELS) {
        sum += from[i] & 0xFF;
      }
      for (int i = channel; i < from.length; i += CHANNELS) {
        long hundredfold = kept * ((from[i] & 0xFF) * count - sum) + 100 * sum;
        to[i] = (byte) (hundredfold / (100 * count));
      }
    }
    return RgbImage.of(image.height(), image.width(), to);
  }
}
