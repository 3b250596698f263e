package io.drivemark.architectures.latency;

import java.nio.FloatBuffer;
import java.util.Random;

/**
 * Values to time a network or a piece with where there is no photograph: Gaussian noise, always the
 * same. A pattern that repeats is no stand-in: activations branch on signs, and a processor that
 * can foresee them is faster than on any photograph.
 */
public final class StandInImage {
  private static final long SEED = 1;

  private StandInImage() {}

  /** Fills the whole buffer with noise of mean 0 and variance 1. */
  public static void fill(FloatBuffer input) {
    Random random = new Random(SEED);
    for (int i = 0; i < input.capacity(); i++) {
      input.put(i, (float) random.nextGaussian());
    }
  }
}
