package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static double mean(double[] values, int[] chosen) {
    return IntStream.of(chosen).mapToDouble(i -> values[i]).average().orElseThrow();
  }

  @Test
  void equalClustersHaveNoSpread() {
    double[] same = {7, 7, 7, 7};
    assertEquals(
        new Interval(7, 7, 0.95), Bootstrap.seeded(1).interval(4, chosen -> mean(same, chosen)));
  }

  @Test
  void sameSeedSameInterval() {
    double[] values = new Random(4).doubles(30).toArray();
    Interval first = Bootstrap.seeded(9).interval(30, c -> mean(values, c));
    assertEquals(first, Bootstrap.seeded(9).interval(30, c -> mean(values, c)));
    assertNotEquals(first, Bootstrap.seeded(10).interval(30, c -> mean(values, c)));
    assertTrue(first.contains(mean(values, IntStream.range(0, 30).toArray())));
  }

  @Test
  @SuppressWarnings("IdentityBinaryExpression")
  void aCandidateAgainstItselfDiffersByExactlyZero() {
    double[] values = new Random(5).doubles(25).toArray();
    Interval difference = Bootstrap.seeded(3).interval(25, c -> mean(values, c) - mean(values, c));
    assertEquals(new Interval(0, 0, 0.95), difference);
  }

  /**
   * 1000 simulated samples of 40 normal values: 95 % nominal, the percentile interval has ~94 %.
   */
  @Test
  void intervalOfTheMeanCoversAsOftenAsItSays() {
    int covered = 0;
    for (int simulation = 0; simulation < 1000; simulation++) {
      Random random = new Random(1000 + simulation);
      double[] values = IntStream.range(0, 40).mapToDouble(i -> random.nextGaussian()).toArray();
      Interval interval = new Bootstrap(400, 0.95, simulation).interval(40, c -> mean(values, c));
      covered += interval.contains(0) ? 1 : 0;
    }
    assertTrue(covered >= 915 && covered <= 965, "covered " + covered + " of 1000");
  }

  @Test
  void widthIsThatOfTheStandardError() {
    Random random = new Random(6);
    double[] values = IntStream.range(0, 400).mapToDouble(i -> random.nextGaussian()).toArray();
    Interval interval = Bootstrap.seeded(2).interval(400, c -> mean(values, c));
    // 2 · 1.96 / √400 = 0.196; the sample's own spread and 2000 resamples leave 10 %.
    assertEquals(0.196, interval.high() - interval.low(), 0.02);
  }

  @Test
  void badArgumentsAreNamed() {
    assertEquals(
        "bootstrap: at least 2 clusters are needed, found 1",
        assertThrows(IllegalArgumentException.class, () -> Bootstrap.seeded(1).interval(1, c -> 0))
            .getMessage());
    assertEquals(
        "bootstrap: at least 100 resamples and a level in (0, 1) are needed, got 99 and 0.95",
        assertThrows(IllegalArgumentException.class, () -> new Bootstrap(99, 0.95, 1))
            .getMessage());
    assertEquals(
        "interval: [2.0, 1.0] at level 0.95 is none",
        assertThrows(IllegalArgumentException.class, () -> new Interval(2, 1, 0.95)).getMessage());
  }
}
