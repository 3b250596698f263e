package io.drivemark.eval.runner.record;

/**
 * Height and width in pixels. Immutable.
 *
 * @param height rows
 * @param width columns
 */
public record FrameSize(int height, int width) {
  @Override
  public String toString() {
    return height + "x" + width;
  }
}
