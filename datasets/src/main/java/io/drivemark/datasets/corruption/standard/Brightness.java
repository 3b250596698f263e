package io.drivemark.datasets.corruption.standard;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.corruption.Corruption;
import io.drivemark.datasets.corruption.Distances;
import io.drivemark.datasets.corruption.Draws;
import java.util.List;
import java.util.Optional;

/**
 * Too much light: the brightest channel of a pixel is raised, the others in proportion, so that
 * colours keep hue and saturation; black becomes grey.
 *
 * <p>Example: (100, 50, 25) is (125, 62, 31) at severity 1. Stateless.
 */
public final class Brightness implements Corruption {
  /** Half of a tenth of 255, so that values of the brightest channel are whole in halves. */
  private static final int HALVES = 51;

  @Override
  public String name() {
    return "brightness";
  }

  @Override
  public String summary() {
    return "each pixel brighter, hue and saturation kept";
  }

  @Override
  public List<String> settings() {
    return List.of("value + 0.1", "value + 0.2", "value + 0.3", "value + 0.4", "value + 0.5");
  }

  @Override
  public int derivation() {
    return 1;
  }

  @Override
  public RgbImage apply(RgbImage image, int severity, Draws draws, Optional<Distances> distances) {
    byte[] from = image.pixels();
    byte[] to = new byte[from.length];
    for (int i = 0; i < from.length; i += 3) {
      int red = from[i] & 0xFF;
      int green = from[i + 1] & 0xFF;
      int blue = from[i + 2] & 0xFF;
      int most = Math.max(red, Math.max(green, blue));
      int halves = Math.min(2 * Values.MOST, 2 * most + HALVES * severity);
      to[i] = scaled(red, most, halves);
      to[i + 1] = scaled(green, most, halves);
      to[i + 2] = scaled(blue, most, halves);
    }
    return RgbImage.of(image.height(), image.width(), to);
  }

  private static byte scaled(int value, int most, int halves) {
    return (byte) (most == 0 ? halves / 2 : value * halves / (2 * most));
  }
}
