package io.drivemark.architectures.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class ClassWeightsTest {
  private static final float TOLERANCE = 1e-5f;

  @Test
  void enetRuleUsesTheShareOfValidPixels() {
    float[] weights = counted().weights(ClassWeights.Kind.ENET);
    assertArrayEquals(
        new float[] {
          (float) (1 / Math.log(1.02 + 0.75)),
          (float) (1 / Math.log(1.02 + 0.25)),
          (float) (1 / Math.log(1.02))
        },
        weights,
        TOLERANCE);
  }

  @Test
  void theMildRuleOfEnetSpreadsThemLess() {
    float[] weights = counted().weights(ClassWeights.Kind.ENET_MILD);
    assertArrayEquals(
        new float[] {
          (float) (1 / Math.log(1.2 + 0.75)),
          (float) (1 / Math.log(1.2 + 0.25)),
          (float) (1 / Math.log(1.2))
        },
        weights,
        TOLERANCE);
  }

  @Test
  void medianFrequencyCountsOnlyFramesWithTheClass() {
    // class 0: 9 of 12 pixels; class 1: 3 of the 6 pixels of the one frame it is in; median 0.625
    float[] weights = counted().weights(ClassWeights.Kind.MEDIAN_FREQUENCY);
    assertArrayEquals(new float[] {0.625f / 0.75f, 0.625f / 0.5f, 0}, weights, TOLERANCE);
  }

  @Test
  void noneIsOneForAll() {
    assertArrayEquals(new float[] {1, 1, 1}, counted().weights(ClassWeights.Kind.NONE));
  }

  /** Two frames of six valid pixels and some void. */
  private static ClassWeights counted() {
    ClassWeights weights = new ClassWeights(3);
    weights.add(new byte[] {0, 0, 0, 1, 1, 1, (byte) 255, (byte) 255});
    weights.add(new byte[] {0, 0, 0, 0, 0, 0, (byte) 255});
    return weights;
  }
}
