package io.drivemark.architectures.latency;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Values to time a network or a piece with where there is no photograph: Gaussian noise, always the
 * same. A pattern that repeats is no stand-in: activations branch on signs, and a processor that
 * can foresee them is faster than on any photograph.
 */
public final class StandInImage {
  private static final long SEED = 1;

  private StandInImage() {}

  /**
   * Several images of it, one after the other from the same source; the first is {@link #fill}'s.
   */
  public static List<float[]> images(int count, int values) {
    Random random = new Random(SEED);
    List<float[]> images = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      float[] image = new float[values];
      for (int i = 0; i < values; i++) {
        image[i] = (float) random.nextGaussian();
      }
      images.add(image);
    }
    return images;
  }

  /** Fills the whole buffer with noise of mean 0 and variance 1. */
  public static void fill(FloatBuffer input) {
    input.put(0, images(1, input.capacity()).get(0));
  }
}
