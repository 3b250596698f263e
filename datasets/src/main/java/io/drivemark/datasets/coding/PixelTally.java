package io.drivemark.datasets.coding;

import java.util.function.IntConsumer;

/** Counts pixels it is told of and keeps the first. For one thread. */
final class PixelTally implements IntConsumer {
  private long count;
  private int first = -1;

  @Override
  public void accept(int pixel) {
    first = count++ == 0 ? pixel : first;
  }

  long count() {
    return count;
  }

  /** The first pixel; −1 if there was none. */
  int first() {
    return first;
  }
}
