package io.drivemark.eval.metrics.safety;

import io.drivemark.datasets.LabelMap;
import io.drivemark.eval.metrics.ConfusionMatrix;
import java.util.List;
import java.util.Objects;

/**
 * A part of the image that matters more than the rest, as a trapezoid in shares of its height and
 * width, so that it fits every size. Immutable.
 *
 * @param name for the report
 * @param top the share of the height above it
 * @param topLeft the share of the width left of it in its first row
 * @param topRight where it ends in its first row
 * @param bottomLeft the share of the width left of it in the image's last row
 * @param bottomRight where it ends in the last row
 */
public record ImageRegion(
    String name,
    double top,
    double topLeft,
    double topRight,
    double bottomLeft,
    double bottomRight) {

  public ImageRegion {
    Objects.requireNonNull(name, "name");
    if (!(top >= 0 && top < 1)
        || !(topLeft >= 0 && topLeft < topRight && topRight <= 1)
        || !(bottomLeft >= 0 && bottomLeft < bottomRight && bottomRight <= 1)) {
      throw new IllegalArgumentException(
          "image region " + name + ": its corners are not in order within the image");
    }
  }

  /** The lower third: what is within a few metres of a car's camera. */
  public static ImageRegion nearField() {
    return new ImageRegion("near-field", 2.0 / 3, 0, 1, 0, 1);
  }

  /** The way ahead of a straight driving car, from just below the horizon to the bonnet. */
  public static ImageRegion egoCorridor() {
    return new ImageRegion("ego-corridor", 0.55, 0.45, 0.55, 0.2, 0.8);
  }

  /** The first row of the region in an image of this height. */
  public int firstRow(int height) {
    return (int) Math.min(height - 1, Math.rint(top * height));
  }

  /** The first column of the region in a row at or below {@link #firstRow}. */
  public int from(int row, int height, int width) {
    return (int) Math.rint(width * between(row, height, topLeft, bottomLeft));
  }

  /** The column after its last one. */
  public int to(int row, int height, int width) {
    return (int) Math.rint(width * between(row, height, topRight, bottomRight));
  }

  private double between(int row, int height, double atTop, double atBottom) {
    int first = firstRow(height);
    double share = height - 1 == first ? 1 : (double) (row - first) / (height - 1 - first);
    return atTop + share * (atBottom - atTop);
  }

  /** The confusion counts of the pixels inside. */
  public ConfusionMatrix count(LabelMap truth, LabelMap prediction) {
    return RegionCounts.of(truth, prediction, List.of(this)).inRegions().get(0);
  }
}
