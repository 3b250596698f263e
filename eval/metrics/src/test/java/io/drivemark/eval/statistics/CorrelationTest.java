package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pearson's r and its interval. */
class CorrelationTest {
  @Test
  void ofFourPairsItIsWhatAHandFinds() {
    Correlation found = Correlation.of(new double[] {1, 2, 3, 4}, new double[] {1, 3, 2, 4});
    assertEquals(4, found.pairs());
    assertEquals(0.8, found.r().orElseThrow(), 1e-12);
    // atanh 0.8 = 1.0986; ± 1.95996 / sqrt(1)
    assertEquals(Math.tanh(1.09861229 - 1.95996398), found.interval().orElseThrow().low(), 1e-7);
    assertEquals(Math.tanh(1.09861229 + 1.95996398), found.interval().orElseThrow().high(), 1e-7);
  }

  @Test
  void aLineIsOneAndItsMirrorMinusOne() {
    double[] x = {3, 1, 4, 1, 5};
    double[] falling = {-6, -2, -8, -2, -10};
    assertEquals(1, Correlation.of(x, x).r().orElseThrow(), 1e-15);
    assertEquals(-1, Correlation.of(x, falling).r().orElseThrow(), 1e-15);
  }

  @Test
  void whereNothingVariesThereIsNone() {
    Correlation none = new Correlation(4, OptionalDouble.empty(), Optional.empty());
    assertEquals(none, Correlation.of(new double[] {1, 2, 3, 4}, new double[] {5, 5, 5, 5}));
    assertEquals(none, Correlation.of(new double[] {5, 5, 5, 5}, new double[] {1, 2, 3, 4}));
    assertEquals(
        new Correlation(2, OptionalDouble.empty(), Optional.empty()),
        Correlation.of(new double[] {1, 2}, new double[] {1, 2}));
    assertEquals(
        "correlation: 1 values of one and 2 of the other",
        assertThrows(
                IllegalArgumentException.class, () -> Correlation.of(new double[1], new double[2]))
            .getMessage());
  }

  /** Of two independent normal quantities with a common part the true r is known. */
  @Test
  void ninetyFivePercentOfIntervalsHoldTheTruth() {
    Random random = new Random(3);
    double truth = 0.6;
    int held = 0;
    for (int trial = 0; trial < 2000; trial++) {
      double[] x = new double[16];
      double[] y = new double[16];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextGaussian();
        y[i] = truth * x[i] + Math.sqrt(1 - truth * truth) * random.nextGaussian();
      }
      held += Correlation.of(x, y).interval().orElseThrow().contains(truth) ? 1 : 0;
    }
    assertTrue(held > 1870 && held < 1930, held + " of 2000 (seed 3)");
  }
}
