package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StepFitTest {
  @Test
  void theStepIsWhereDistancesAreLeast() {
    StepFit step = StepFit.of(new double[] {0, 1, 0, 1, 5, 6, 5}, 3);

    assertEquals(4, step.at());
    assertEquals(0.5, step.before());
    assertEquals(5, step.after());
  }

  @Test
  void aLargeValueBeforeIsNotCountedIn() {
    double[] values = new double[40];
    Arrays.setAll(values, i -> i % 3 + (i >= 36 ? 20 : 0));
    values[35] = 4;

    assertEquals(new StepFit(36, 36, 36, 1, 20.5), StepFit.of(values, 3));
  }

  @Test
  void theRangeHoldsTheStepNearlyAlways() {
    long seed = 2;
    Random random = new Random(seed);
    int held = 0;
    int rows = 300;
    for (int row = 0; row < rows; row++) {
      double[] values = new double[60];
      Arrays.setAll(values, i -> random.nextGaussian() + (i >= 50 ? 2 : 0));
      StepFit step = StepFit.of(values, 3);
      held += step.earliest() <= 50 && 50 <= step.latest() ? 1 : 0;
    }
    assertTrue(held >= 0.9 * rows, "seed " + seed + ": " + held + " of " + rows);
  }

  @Test
  void tooFewValuesAreRefused() {
    assertEquals(
        "step: 5 values, 3 on each side",
        assertThrows(IllegalArgumentException.class, () -> StepFit.of(new double[5], 3))
            .getMessage());
  }
}
