package io.drivemark.architectures.graph.op;

import java.util.Arrays;
import java.util.Objects;

/**
 * The extents of a tensor, outermost first; feature maps are [N, C, H, W]. An extent may be {@link
 * #UNKNOWN}, and so may be the whole shape ({@link #unknown()}), where an opaque operator made it.
 * Immutable.
 */
public final class Shape {
  /** An extent that is not known until the input's size is. */
  public static final int UNKNOWN = -1;

  /** No tensor has more dimensions. */
  private static final int MOST_DIMENSIONS = 64;

  private static final Shape NO_IDEA = new Shape(null);

  private final int[] extents;

  private Shape(int[] extents) {
    this.extents = extents;
  }

  /**
   * A shape of these extents, each at least 0 or {@link #UNKNOWN}.
   *
   * @throws IllegalArgumentException if an extent is another negative number, or there are more
   *     than 64
   */
  public static Shape of(int... extents) {
    if (extents.length > MOST_DIMENSIONS) {
      throw new IllegalArgumentException(
          "a shape of " + extents.length + " dimensions, expected at most " + MOST_DIMENSIONS);
    }
    for (int extent : extents) {
      if (extent < UNKNOWN) {
        throw new IllegalArgumentException("negative extent in " + Arrays.toString(extents));
      }
    }
    return new Shape(extents.clone());
  }

  /** A shape of which not even the rank is known. */
  public static Shape unknown() {
    return NO_IDEA;
  }

  /** Whether the number of dimensions is known. */
  public boolean hasRank() {
    return extents != null;
  }

  /** Whether every extent is known. */
  public boolean isKnown() {
    return extents != null && Arrays.stream(extents).noneMatch(e -> e == UNKNOWN);
  }

  public int rank() {
    return Objects.requireNonNull(extents, "rank of an unknown shape").length;
  }

  /**
   * The extent of a dimension; negative indices count from the end.
   *
   * @throws IllegalArgumentException if there is no such dimension
   */
  public int extent(int dimension) {
    return extents == null ? UNKNOWN : extents[index(dimension)];
  }

  /** Extent 1 of [N, C, H, W]. */
  public int channels() {
    return extent(1);
  }

  /** Extent 2 of [N, C, H, W]. */
  public int height() {
    return extent(2);
  }

  /** Extent 3 of [N, C, H, W]. */
  public int width() {
    return extent(3);
  }

  /** The same shape with one extent replaced. */
  public Shape with(int dimension, int extent) {
    int[] copy = extents();
    copy[index(dimension)] = extent;
    return new Shape(copy);
  }

  private int index(int dimension) {
    int index = dimension < 0 ? extents.length + dimension : dimension;
    if (index < 0 || index >= extents.length) {
      throw new IllegalArgumentException("shape " + this + " has no dimension " + dimension);
    }
    return index;
  }

  /** A copy of the extents. */
  public int[] extents() {
    return Objects.requireNonNull(extents, "extents of an unknown shape").clone();
  }

  /**
   * The number of elements.
   *
   * @throws IllegalStateException if an extent is unknown
   * @throws IllegalArgumentException if there are more than a long counts
   */
  public long elements() {
    if (!isKnown()) {
      throw new IllegalStateException("number of elements of " + this);
    }
    long product = 1;
    for (int extent : extents) {
      if (extent != 0 && product > Long.MAX_VALUE / extent) {
        throw new IllegalArgumentException("shape " + this + " is too large");
      }
      product *= extent;
    }
    return product;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(extents, shape.extents);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(extents);
  }

  @Override
  public String toString() {
    if (extents == null) {
      return "[?]";
    }
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < extents.length; i++) {
      text.append(i == 0 ? "" : ", ").append(extents[i] == UNKNOWN ? "?" : "" + extents[i]);
    }
    return text.append("]").toString();
  }
}
