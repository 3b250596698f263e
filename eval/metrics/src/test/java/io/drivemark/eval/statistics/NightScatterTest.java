package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
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

  @Test
  void whatSeriesShareIsTheirMeanWithoutTheBiasOfFewValues() {
    double[][] alternating = {{1, -1, 1, -1, 0, 1, -1, 1, -1, 0}};
    double plain = -3.0 / 4; // six products of -1 over eight squares
    double one = (plain + 1.0 / 10) / (1 - 4.0 / 10);
    assertEquals(
        one + 1 / Math.sqrt(10) / 0.6,
        Autocorrelation.shared(List.<double[][]>of(alternating)).orElseThrow(),
        1e-12);
    assertEquals(
        one + 1 / Math.sqrt(20) / 0.6,
        Autocorrelation.shared(List.of(alternating, alternating)).orElseThrow(),
        1e-12);
    assertEquals(
        OptionalDouble.empty(),
        Autocorrelation.shared(List.<double[][]>of(new double[][] {{1, 2, 3, 4}, {5, 6, 7, 8}})));
  }

  /** A dozen values of one row say little of neighbours, forty rows of them say it within 0.15. */
  @Test
  void manySeriesOfADozenValuesTellHowAlikeNeighboursAre() {
    long seed = 13;
    Random random = new Random(seed);
    for (double phi : new double[] {0, 0.4}) {
      List<double[][]> series = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        double[] row = new double[12];
        double last = random.nextGaussian();
        for (int t = 0; t < row.length; t++) {
          row[t] = last;
          last = phi * last + Math.sqrt(1 - phi * phi) * random.nextGaussian();
        }
        series.add(new double[][] {row});
      }
      assertEquals(phi, Autocorrelation.shared(series).orElseThrow(), 0.15, "seed " + seed);
    }
  }
}
