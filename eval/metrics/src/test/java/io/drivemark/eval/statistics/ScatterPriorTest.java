package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScatterPriorTest {
  /** Worked through with series of digamma and trigamma, and a bisection. */
  @Test
  void fiveRowsHaveTheHandComputedPrior() {
    double[] freedoms = {4, 4, 4, 4, 4};
    ScatterPrior prior = ScatterPrior.of(new double[] {1, 2, 4, 8, 16}, freedoms).orElseThrow();

    assertEquals(4.507459932934861, prior.freedom(), 1e-8);
    assertEquals(4.131719960611334, prior.variance(), 1e-8);
  }

  @Test
  void rowsThatScatterAlikeCountForTenDegreesAtMost() {
    double[] freedoms = {10, 10, 10, 10, 10, 10};
    ScatterPrior prior = ScatterPrior.of(new double[] {3, 3, 3, 3, 3, 3}, freedoms).orElseThrow();

    assertEquals(10, prior.freedom());
    assertEquals(3, prior.variance(), 1e-12); // ψ and ln of both cancel
  }

  @Test
  void variancesAreWeighedByTheirFreedom() {
    PredictionLimit own = new PredictionLimit(7, 2, 12, 8, 6);
    PredictionLimit both = new ScatterPrior(1, 3).of(own);

    assertEquals(new PredictionLimit(7, Math.sqrt(3), 12, 8, 9), both); // (3 * 1 + 6 * 4) / 9
  }

  @Test
  void fourRowsTellNothingAndRowsWithoutScatterAreLeftOut() {
    double[] freedoms = {4, 4, 4, 4, 4};
    assertEquals(Optional.empty(), ScatterPrior.of(new double[] {1, 2, 4, 8, 0}, freedoms));
    assertEquals(
        ScatterPrior.of(new double[] {1, 2, 4, 8, 16}, freedoms),
        ScatterPrior.of(new double[] {1, 2, 0, 4, 8, 16}, new double[] {4, 4, 4, 4, 4, 4}));
    assertThrows(IllegalArgumentException.class, () -> new ScatterPrior(0, 1));
  }

  /** Unchanged rows of ten values: so often as it says, alike in scatter or four times apart. */
  @Test
  void aLimitThatBorrowsIsPassedNoMoreOftenThanItSays() {
    long seed = 31;
    Random random = new Random(seed);
    for (double apart : new double[] {1, 4}) {
      int passed = 0;
      int all = 0;
      for (int history = 0; history < 300; history++) {
        PredictionLimit[] own = new PredictionLimit[14];
        double[] next = new double[own.length];
        for (int i = 0; i < own.length; i++) {
          double sd = Math.pow(apart, random.nextDouble());
          double[] row = random.doubles(10).map(u -> sd * random.nextGaussian()).toArray();
          own[i] = PredictionLimit.of(row, new double[0][], 0);
          next[i] = sd * random.nextGaussian();
        }
        ScatterPrior prior =
            ScatterPrior.of(
                    Arrays.stream(own).mapToDouble(l -> l.scatter() * l.scatter()).toArray(),
                    Arrays.stream(own).mapToDouble(PredictionLimit::freedom).toArray())
                .orElseThrow();
        for (int i = 0; i < own.length; i++) {
          PredictionLimit limit = prior.of(own[i]);
          passed += limit.pAbove(limit.z(next[i])) <= 0.01 ? 1 : 0;
          all++;
        }
      }
      assertTrue(passed <= 0.015 * all, "seed " + seed + ", " + apart + ": " + passed + "/" + all);
      assertTrue(passed >= 0.004 * all, "seed " + seed + ", " + apart + ": " + passed + "/" + all);
    }
  }
}
