package io.drivemark.architectures.pruning.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GateTargetTest {
  private static final double[] EXAMPLE = {5.5, 7.9, 0.3, 8.6, 2.2, 3.1, 0.9};

  private static boolean[] bits(int... kept) {
    boolean[] out = new boolean[kept.length];
    for (int i = 0; i < kept.length; i++) {
      out[i] = kept[i] == 1;
    }
    return out;
  }

  private static int count(boolean[] live) {
    int out = 0;
    for (boolean l : live) {
      out += l ? 1 : 0;
    }
    return out;
  }

  /** The worked example of the paper's poster, recomputed. */
  @Test
  void fourOfSevenFiltersHoldNinetyFivePercent() {
    assertArrayEquals(bits(1, 1, 0, 1, 0, 1, 0), MassTarget.ofFilters(0.95).live(EXAMPLE));
    assertArrayEquals(bits(1, 1, 0, 1, 1, 1, 0), MassTarget.ofFilters(0.9579).live(EXAMPLE));
  }

  @Test
  void specialCases() {
    assertArrayEquals(bits(1, 1, 1), MassTarget.ofFilters(-1).live(new double[] {1, 0, 0}));
    assertArrayEquals(bits(1, 0, 1), MassTarget.ofFilters(1).live(new double[] {1, 0, 1e-3}));
    assertArrayEquals(
        bits(1, 0), MassTarget.ofFilters(1).live(new double[] {1, 1e-5}), "a mass of 1e-5 is none");
    assertArrayEquals(bits(1, 1, 1), MassTarget.ofFilters(0.5).live(new double[3]), "no response");
    assertArrayEquals(
        bits(0, 1, 0), MassTarget.ofFilters(0.5).live(new double[] {1, 8, 1}), "never dark");
    assertArrayEquals(
        bits(1, 1, 0, 0),
        MassTarget.ofFilters(0.5).live(new double[] {2, 2, 2, 2}),
        "the first of equals");
  }

  @Test
  void blocksAreWeighedAsAWhole() {
    double[] responses = {4, 4, 1, 1, 3, 3, 5};
    assertArrayEquals(
        bits(1, 1, 0, 0, 1, 1, 0), new MassTarget(0.7, 2).live(responses), "8, 6, 5 and 2 of 21");
    assertArrayEquals(
        bits(1, 1, 0, 0, 1, 1, 1), new MassTarget(0.91, 2).live(responses), "a last, smaller unit");
    assertEquals(4, new MassTarget(0.7, 2).units(7));
  }

  @Test
  void uniformLeavesOutTheWeakestShare() {
    assertArrayEquals(
        bits(1, 1, 0, 1, 0, 1, 0), new UniformTarget(0.5, 1).live(EXAMPLE), "3 of 7, rounded down");
    assertArrayEquals(
        bits(1, 0, 0, 1),
        new UniformTarget(0, 1).live(new double[] {1, 0, 1e-6, 2}),
        "no response");
    assertArrayEquals(bits(0, 1), new UniformTarget(0.99, 1).live(new double[] {1, 2}));
    assertArrayEquals(bits(1, 1), new UniformTarget(0.5, 1).live(new double[2]));
  }

  /** The published rule, filter by filter: a filter is dropped where the cumulated mass crosses. */
  private static boolean[] published(double[] responses, double ratio) {
    double all = 0;
    for (double r : responses) {
      all += r;
    }
    boolean[] out = new boolean[responses.length];
    for (int f = 0; f < out.length; f++) {
      double heavier = 0;
      for (int g = 0; g < out.length; g++) {
        if (responses[g] > responses[f] || responses[g] == responses[f] && g <= f) {
          heavier += responses[g] / all;
        }
      }
      out[f] = !(heavier - ratio > 1e-5);
    }
    return out;
  }

  @Test
  void lowerRatiosKeepLessAndNothingElse() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      double[] responses = new double[1 + random.nextInt(60)];
      for (int f = 0; f < responses.length; f++) {
        responses[f] = random.nextInt(5) == 0 ? 0 : Math.abs(random.nextGaussian());
      }
      int unit = 1 + random.nextInt(16);
      boolean[] before = new MassTarget(0.999, unit).live(responses);
      for (double ratio : new double[] {0.97, 0.95, 0.92, 0.9, 0.85, 0.8, 0.3, 0}) {
        boolean[] live = new MassTarget(ratio, unit).live(responses);
        assertTrue(count(live) >= 1, "seed " + seed);
        for (int f = 0; f < live.length; f++) {
          assertTrue(before[f] || !live[f], "seed " + seed + ", ratio " + ratio);
          assertEquals(live[f - f % unit], live[f], "a unit goes together, seed " + seed);
        }
        before = live;
        boolean[] plain = published(responses, ratio);
        if (unit == 1 && count(plain) > 0) {
          assertArrayEquals(plain, live, "seed " + seed + ", ratio " + ratio);
        }
      }
    }
  }

  @Test
  void impossibleValuesAreRefused() {
    assertEquals(
        "gate target: the response of filter 1 is NaN, expected a number of at least 0",
        assertThrows(
                IllegalArgumentException.class,
                () -> MassTarget.ofFilters(0.9).live(new double[] {1, Double.NaN}))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> MassTarget.ofFilters(1.01));
    assertThrows(IllegalArgumentException.class, () -> MassTarget.ofFilters(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> new MassTarget(0.9, 0));
    assertThrows(IllegalArgumentException.class, () -> new UniformTarget(1, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new UniformTarget(0.5, 1).live(new double[0]));
  }
}
