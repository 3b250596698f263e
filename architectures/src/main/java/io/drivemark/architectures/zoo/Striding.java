package io.drivemark.architectures.zoo;

/**
 * Counts an encoder's halvings. Once the output stride is reached it refuses further ones and
 * doubles the dilation instead, so that later filters see as far as they would have. Not
 * thread-safe.
 *
 * <pre>{@code
 * Striding s = Striding.to(8);   // after halvings to 1/8:
 * s.stride(2)                    // 1, and s.dilation() is 2 from now on
 * }</pre>
 */
public final class Striding {
  private final int limit;
  private int reached = 1;
  private int dilation = 1;

  private Striding(int limit) {
    this.limit = limit;
  }

  /** Halvings down to 1/limit of the image: 32, 16 or 8. */
  public static Striding to(int limit) {
    if (limit != 32 && limit != 16 && limit != 8) {
      throw new IllegalArgumentException("output stride: 32, 16 or 8, found " + limit);
    }
    return new Striding(limit);
  }

  /** The stride to use where the encoder has this one (1 or 2). */
  public int stride(int wanted) {
    if (reached * wanted <= limit) {
      reached *= wanted;
      return wanted;
    }
    dilation *= wanted;
    return 1;
  }

  /** The dilation of convolutions from here on. */
  public int dilation() {
    return dilation;
  }
}
