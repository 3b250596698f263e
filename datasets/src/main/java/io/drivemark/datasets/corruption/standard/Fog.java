package io.drivemark.datasets.corruption.standard;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.corruption.Corruption;
import io.drivemark.datasets.corruption.Distances;
import io.drivemark.datasets.corruption.Draws;
import java.util.List;
import java.util.Optional;

/**
 * Fog. Where distances are known, by Koschmieder's law (1924): of a point's light the share {@code
 * exp(-beta · metres)} arrives, and the rest is that of the fog, which is {@value #AIR}. Where they
 * are not, a cloud is laid over the photograph, thick in some places and thin in others (a plasma
 * fractal), and the whole is dimmed so that the brightest value stays. Which of the two a frame got
 * follows from its dataset: {@link Distances} says when distances are known well enough.
 *
 * <p>Example: with beta 0.02, a value of 100 at 50 m becomes 163. Stateless.
 */
public final class Fog implements Corruption {
  /** The fog's own light. */
  static final int AIR = 200;

  private static final double[] BETAS = {0.005, 0.01, 0.02, 0.04, 0.08};
  private static final double[] CLOUDS = {1.5, 2, 2.5, 2.5, 3};
  private static final double[] DECAYS = {2, 2, 1.7, 1.5, 1.4};

  @Override
  public String name() {
    return "fog";
  }

  @Override
  public String summary() {
    return "by distance where it is known, else a cloud over the photograph";
  }

  @Override
  public List<String> settings() {
    return List.of(
        "beta 0.005/m, else cloud 1.5",
        "beta 0.01/m, else cloud 2",
        "beta 0.02/m, else cloud 2.5",
        "beta 0.04/m, else cloud 2.5, rougher",
        "beta 0.08/m, else cloud 3, rougher");
  }

  @Override
  public int derivation() {
    return 1;
  }

  @Override
  public boolean usesDistances() {
    return true;
  }

  @Override
  public RgbImage apply(RgbImage image, int severity, Draws draws, Optional<Distances> distances) {
    return distances.isPresent()
        ? byDistance(image, BETAS[severity - 1], distances.get())
        : cloud(image, CLOUDS[severity - 1], DECAYS[severity - 1], draws);
  }

  private static RgbImage byDistance(RgbImage image, double beta, Distances distances) {
    byte[] from = image.pixels();
    byte[] to = new byte[from.length];
    for (int p = 0; p < distances.size(); p++) {
      double arrives = StrictMath.exp(-beta * distances.metres(p));
      for (int i = 3 * p; i < 3 * p + 3; i++) {
        to[i] = Values.floor(AIR + ((from[i] & 0xFF) - AIR) * arrives);
      }
    }
    return RgbImage.of(image.height(), image.width(), to);
  }

  private static RgbImage cloud(RgbImage image, double cloud, double decay, Draws draws) {
    int h = image.height();
    int w = image.width();
    byte[] from = image.pixels();
    byte[] to = new byte[from.length];
    int most = 0;
    for (byte value : from) {
      most = Math.max(most, value & 0xFF);
    }
    Plasma plasma = Plasma.covering(Math.max(h, w), decay, draws);
    double light = Values.MOST * cloud;
    double dimmed = most / (most + light);
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        double added = light * plasma.at(y, x);
        int at = 3 * (y * w + x);
        for (int i = at; i < at + 3; i++) {
          to[i] = Values.floor(((from[i] & 0xFF) + added) * dimmed);
        }
      }
    }
    return RgbImage.of(h, w, to);
  }
}
