package io.drivemark.datasets;

/**
 * An object number for each pixel: H×W ints, row by row; 0 = no single object, else a number that
 * is unique within the frame (and along a sequence, where the dataset tracks objects). The array
 * belongs to the value and must not be written to.
 */
public final class Instances {
  private final int height;
  private final int width;
  private final int[] ids;

  private Instances(int height, int width, int[] ids) {
    this.height = height;
    this.width = width;
    this.ids = ids;
  }

  /** Takes over an array of {@code height·width} object numbers; not copied. */
  public static Instances of(int height, int width, int[] ids) {
    if (height < 1 || width < 1 || (long) height * width != ids.length) {
      throw new IllegalArgumentException(
          "instances: " + height + "x" + width + " does not fit " + ids.length + " values");
    }
    return new Instances(height, width, ids);
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  /** The value's own array, row-major; not to be written to. */
  public int[] ids() {
    return ids;
  }
}
