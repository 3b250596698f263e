package io.drivemark.architectures.graph.op;

/**
 * A height or width that follows from another: max(least, ⌈extent·factor⌉), the product in double
 * precision. Immutable.
 */
public record ScaledExtent(double factor, int least) {
  public ScaledExtent {
    if (!(factor > 0) || least < 1) {
      throw new IllegalArgumentException("scaled extent: factor " + factor + ", least " + least);
    }
  }

  /** The extent that follows; unknown stays unknown. */
  public int of(int extent) {
    return extent == Shape.UNKNOWN
        ? Shape.UNKNOWN
        : Math.max(least, (int) Math.ceil(extent * factor));
  }
}
