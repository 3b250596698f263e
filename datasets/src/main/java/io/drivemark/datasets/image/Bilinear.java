package io.drivemark.datasets.image;

/**
 * How photographs are sampled between their pixels, on one axis at a time: a position is a number
 * of pixels from the centre of the first one; it lies between pixel {@code (int) at} and the next,
 * which has the weight {@link #share}. Networks see what this gives when they are trained as when
 * they are run. (Logits are upsampled in float32 throughout, as PyTorch does it: {@code
 * architectures.labelling}.) Stateless.
 */
public final class Bilinear {
  private Bilinear() {}

  /** A position brought between the first and the last of some pixels. */
  public static double clamped(double at, int extent) {
    return Math.min(Math.max(at, 0), extent - 1.0);
  }

  /** The pixel after a clamped position; after the last one there is none but itself. */
  public static int next(double at, int extent) {
    return Math.min((int) at + 1, extent - 1);
  }

  /** The weight of the next pixel, from 0 to below 1. */
  public static float share(double at) {
    return (float) (at - (int) at);
  }

  /** The value between two. */
  public static float between(float from, float to, float share) {
    return from + (to - from) * share;
  }
}
