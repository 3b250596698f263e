package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PredictionLimitTest {
  /** Worked through with NumPy and SciPy's Student t. */
  @Test
  void tenValuesHaveTheHandComputedLimit() {
    PredictionLimit limit = PredictionLimit.of(new double[] {3, 1, 4, 1, 5, 9, 2, 6, 5, 3});

    assertEquals(3.9, limit.level(), 1e-12);
    assertEquals(2.6247780906124625, limit.scatter(), 1e-12);
    assertEquals(6.468253653832807, limit.ofLevel(), 1e-12);
    assertEquals(5.468253653832807, limit.freedom(), 1e-12);
    assertEquals(2.8719469790761245, limit.z(12), 1e-12);
    assertEquals(0.01574823426250959, limit.pAbove(limit.z(12)), 1e-10);
  }

  @Test
  void oneWildNightNeitherHidesTheNextChangeNorMovesTheLevel() {
    double[] calm = {0, 1, -1, 0.5, -0.5, 0.2, -0.2, 0.8, -0.8, 0.1, 0.3, -0.4};
    double[] wild = calm.clone();
    wild[4] = 1000;

    assertEquals(PredictionLimit.of(calm).level(), PredictionLimit.of(wild).level(), 0.3);
    assertTrue(PredictionLimit.of(wild).scatter() < 2 * PredictionLimit.of(calm).scatter());
  }

  @Test
  void afterAChangeTheLevelIsThatOfTheValuesSinceAndTheScatterThatOfAll() {
    Random random = new Random(4);
    double[] before = random.doubles(40).toArray();
    double[] since = Arrays.stream(random.doubles(3).toArray()).map(v -> v + 50).toArray();
    PredictionLimit limit = PredictionLimit.of(since, new double[][] {before});

    assertEquals(Arrays.stream(since).average().orElseThrow(), limit.level(), 0.2);
    assertTrue(limit.scatter() < 0.5, () -> "scatter " + limit.scatter());
    assertEquals(43, limit.values());
    assertTrue(limit.ofLevel() <= 3, () -> "worth " + limit.ofLevel());
  }

  /** Unchanged rows: so often as it says, whether neighbours are alike or not. */
  @Test
  void aLimitIsPassedNoMoreOftenThanItSays() {
    long seed = 8;
    Random random = new Random(seed);
    for (double phi : new double[] {0, 0.4}) {
      int passed = 0;
      int rows = 4000;
      for (int row = 0; row < rows; row++) {
        double[] values = new double[13];
        double last = random.nextGaussian();
        for (int i = 0; i < values.length; i++) {
          values[i] = last;
          last = phi * last + Math.sqrt(1 - phi * phi) * random.nextGaussian();
        }
        PredictionLimit limit = PredictionLimit.of(Arrays.copyOf(values, 12));
        passed += limit.pAbove(limit.z(values[12])) <= 0.01 ? 1 : 0;
      }
      assertTrue(passed <= 0.015 * rows, "seed " + seed + ", " + phi + ": " + passed);
    }
  }

  @Test
  void equalValuesHaveNoDistanceButZeroAndInfinity() {
    PredictionLimit limit = PredictionLimit.of(new double[] {2, 2, 2, 2});

    assertEquals(0, limit.z(2));
    assertEquals(0, limit.pAbove(limit.z(2.001)));
    assertEquals(1, limit.pAbove(limit.z(1.999)));
  }

  @Test
  void tooFewValuesAreRefused() {
    assertEquals(
        "prediction limit: 1 values since the last of 2 levels, 2 in all",
        assertThrows(
                IllegalArgumentException.class,
                () -> PredictionLimit.of(new double[] {1}, new double[][] {{2}}))
            .getMessage());
  }
}
