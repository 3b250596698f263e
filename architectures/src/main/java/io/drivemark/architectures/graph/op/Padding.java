package io.drivemark.architectures.graph.op;

/** Rows and columns added around a feature map; negative ones are not possible. Immutable. */
public record Padding(int top, int left, int bottom, int right) {
  /** No padding. */
  public static final Padding NONE = new Padding(0, 0, 0, 0);

  public Padding {
    if (top < 0 || left < 0 || bottom < 0 || right < 0) {
      throw new IllegalArgumentException(
          "negative padding " + top + "," + left + "," + bottom + "," + right);
    }
  }

  /** The same padding above and below, left and right. */
  public static Padding symmetric(int h, int w) {
    return new Padding(h, w, h, w);
  }

  /** The same padding on all four sides. */
  public static Padding all(int size) {
    return symmetric(size, size);
  }
}
