package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DriftTest {
  private static final double[] TIMES = {0, 1, 2, 3, 4, 5};

  /** S = 6, variance 26/3, z = 5/√(26/3); the normal tail from SciPy. */
  @Test
  void fourRisingValuesHaveTheHandComputedP() {
    Drift drift = Drift.of(new double[] {0, 1, 2, 3}, new double[] {1, 2, 3, 4}, 0);

    assertEquals(1, drift.slope());
    assertEquals(0.044714679514496765, drift.pRising(), 1e-12);
    assertEquals(1 - 0.044714679514496765, drift.pFalling(), 1e-12);
  }

  /** One pair of ties: S = 11, variance 79/3, median slope 0.8. */
  @Test
  void tiesAreLeftOutOfTheVariance() {
    Drift drift = Drift.of(TIMES, new double[] {1, 1, 2, 3, 2, 5}, 0);

    assertEquals(0.8, drift.slope(), 1e-12);
    assertEquals(0.02566506885015947, drift.pRising(), 1e-12);
  }

  @Test
  void alikeNeighboursWidenTheVariance() {
    assertEquals(
        0.13027589390429362,
        Drift.of(TIMES, new double[] {1, 1, 2, 3, 2, 5}, 0.5).pRising(),
        1e-12);
  }

  @Test
  void equalValuesDriftNowhere() {
    Drift drift = Drift.of(TIMES, new double[] {2, 2, 2, 2, 2, 2}, 0);

    assertEquals(new Drift(0, 1, 1), drift);
  }

  @Test
  void missingNightsCountAsTime() {
    Drift drift = Drift.of(new double[] {0, 1, 10, 11}, new double[] {0, 2, 20, 22}, 0);

    assertEquals(2, drift.slope());
  }

  @Test
  void timesThatDoNotRiseAreRefused() {
    assertEquals(
        "drift: time 1.0 after 1.0",
        assertThrows(
                IllegalArgumentException.class,
                () -> Drift.of(new double[] {0, 1, 1, 2}, new double[4], 0))
            .getMessage());
    assertEquals(
        "drift: at least 4 values and as many times, found 3 and 3",
        assertThrows(
                IllegalArgumentException.class, () -> Drift.of(new double[3], new double[3], 0))
            .getMessage());
  }
}
