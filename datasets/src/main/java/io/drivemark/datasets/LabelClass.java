package io.drivemark.datasets;

import java.util.Objects;

/**
 * One class of a {@link LabelSpace}. Immutable.
 *
 * @param name as its dataset writes it, for example {@code "SignSymbol"}
 * @param color display colour, 0xRRGGBB
 * @param category the coarser group it belongs to, for example {@code "object"}
 * @param instances whether single objects of it are told apart
 * @param vulnerable whether it is a vulnerable road user: a pedestrian, rider, bicyclist
 */
public record LabelClass(
    String name, int color, String category, boolean instances, boolean vulnerable) {
  public LabelClass {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(category, "category");
    if (color < 0 || color > 0xFFFFFF) {
      throw new IllegalArgumentException("class " + name + ": colour is not 24-bit RGB: " + color);
    }
  }
}
