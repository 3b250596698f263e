package io.drivemark.datasets;

import java.util.Objects;

/**
 * A kind of object that has no class of its own, its pixels being void, but takes part in the
 * instance-level IoU of its category: caravans and trailers in Cityscapes. Immutable.
 *
 * @param name what the dataset calls it
 * @param category the category of classes that it counts in
 * @param meanPixels published mean size of one such object in pixels
 * @param value what object numbers of this kind give when they are divided by {@code divisor}
 * @param divisor how many object numbers each value has
 */
public record UnscoredObject(
    String name, String category, double meanPixels, int value, int divisor) {
  public UnscoredObject {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(category, "category");
    if (!(meanPixels > 0) || Double.isInfinite(meanPixels) || value < 0 || divisor < 1) {
      throw new IllegalArgumentException(
          "objects of " + name + ": " + meanPixels + " pixels, value " + value + "/" + divisor);
    }
  }
}
