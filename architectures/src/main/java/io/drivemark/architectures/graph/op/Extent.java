package io.drivemark.architectures.graph.op;

/** A height and a width: of a kernel, a stride, a dilation. Immutable; height first. */
public record Extent(int h, int w) {
  /** The extent 1×1. */
  public static final Extent ONE = new Extent(1, 1);

  public Extent {
    if (h < 0 || w < 0) {
      throw new IllegalArgumentException("negative extent " + h + "x" + w);
    }
  }

  /** The same number both ways. */
  public static Extent square(int size) {
    return new Extent(size, size);
  }
}
