package io.drivemark.datasets.corruption.standard;

import io.drivemark.datasets.RgbImage;
import io.drivemark.datasets.corruption.Corruption;
import io.drivemark.datasets.corruption.Distances;
import io.drivemark.datasets.corruption.Draws;
import io.drivemark.datasets.image.JpegTrip;
import java.util.List;
import java.util.Optional;

/**
 * A compressed stream: the photograph is encoded as JPEG and decoded again, by OpenCV, whose
 * version is part of what results depend on. Stateless.
 */
public final class Jpeg implements Corruption {
  private static final int[] QUALITIES = {25, 18, 15, 10, 7};

  @Override
  public String name() {
    return "jpeg";
  }

  @Override
  public String summary() {
    return "encoded as JPEG and decoded again";
  }

  @Override
  public List<String> settings() {
    return List.of("quality 25", "quality 18", "quality 15", "quality 10", "quality 7");
  }

  @Override
  public int derivation() {
    return 1;
  }

  @Override
  public String basis() {
    return "OpenCV " + JpegTrip.version();
  }

  @Override
  public RgbImage apply(RgbImage image, int severity, Draws draws, Optional<Distances> distances) {
    return JpegTrip.through(image, QUALITIES[severity - 1]);
  }
}
