package io.drivemark.datasets;

/**
 * Distance along the camera axis for each pixel: H×W floats in metres, row by row; NaN = unknown.
 * The array belongs to the value and must not be written to.
 */
public final class Depth {
  private final int height;
  private final int width;
  private final float[] metres;

  private Depth(int height, int width, float[] metres) {
    this.height = height;
    this.width = width;
    this.metres = metres;
  }

  /** Takes over an array of {@code height·width} metres; not copied. */
  public static Depth of(int height, int width, float[] metres) {
    if (height < 1 || width < 1 || (long) height * width != metres.length) {
      throw new IllegalArgumentException(
          "depth: " + height + "x" + width + " does not fit " + metres.length + " values");
    }
    return new Depth(height, width, metres);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** The value's own array, row-major, metres; not to be written to. */
  public float[] metres() {
    return metres;
  }
}
