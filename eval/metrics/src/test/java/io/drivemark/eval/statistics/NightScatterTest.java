package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class NightScatterTest {
  @Test
  void itIsTheScaledMedianDeviation() {
    assertEquals(
        1.4826 * 1.5,
        NightScatter.of(new double[] {-4, -2, -1, 0, 0, 1, 2, 4}).orElseThrow(),
        1e-12);
  }

  @Test
  void aCalmNightIsNoCalmerThanUsual() {
    assertEquals(OptionalDouble.of(1), NightScatter.of(new double[8]));
  }

  @Test
  void sevenCellsTellNothing() {
    assertEquals(OptionalDouble.empty(), NightScatter.of(new double[7]));
  }

  @Test
  void wildValuesMoveNeitherMedianNorDeviation() {
    assertEquals(1.4826, Robust.scaledMad(new double[] {1, 2, 3, 4, 100}), 1e-12);
    assertEquals(2.5, Robust.median(new double[] {4, 1, 3, 2}));
    assertEquals(
        "median of [NaN]",
        assertThrows(IllegalArgumentException.class, () -> Robust.median(new double[] {Double.NaN}))
            .getMessage());
  }

  @Test
  void neighboursAreAlikeWithinTheirRows() {
    assertEquals(-0.25, Autocorrelation.of(new double[] {1, -1, 1, -1}), 1e-12);
    // two levels: no pair between them, residuals 1, -1 and 1, -1
    assertEquals(0, Autocorrelation.of(new double[] {1, -1}, new double[] {101, 99}), 1e-12);
    assertEquals(1, Autocorrelation.of());
  }
}
