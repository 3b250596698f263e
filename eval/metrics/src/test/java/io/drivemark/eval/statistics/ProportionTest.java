package io.drivemark.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProportionTest {
  @Test
  void nineOfTen() {
    Interval interval = new Proportion(9, 10).interval(0.95);
    assertEquals(0.5550, interval.low(), 5e-5);
    assertEquals(0.9975, interval.high(), 5e-5);
    assertEquals(0.95, interval.level(), 0);
  }

  /**
   * None of n: the upper end u has (1 − u)^n = 0.025; all of n: the lower end l has l^n = 0.025.
   */
  @Test
  void noneAndAllHaveClosedForms() {
    for (int n : new int[] {1, 3, 10}) {
      Interval none = new Proportion(0, n).interval(0.95);
      assertEquals(0, none.low(), 0);
      assertEquals(1 - Math.pow(0.025, 1.0 / n), none.high(), 1e-7, n + " trials");
      Interval all = new Proportion(n, n).interval(0.95);
      assertEquals(Math.pow(0.025, 1.0 / n), all.low(), 1e-7, n + " trials");
      assertEquals(1, all.high(), 0);
    }
  }

  @Test
  void withoutTrialsNothingIsKnown() {
    assertEquals(new Interval(0, 1, 0.95), new Proportion(0, 0).interval(0.95));
  }

  @Test
  void moreSuccessesThanTrialsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Proportion(2, 1));
    assertThrows(IllegalArgumentException.class, () -> new Proportion(-1, 1));
  }

  @Test
  void anIntervalContainsItsEnds() {
    Interval interval = new Interval(-1, 2, 0.9);
    assertTrue(interval.contains(-1) && interval.contains(2) && interval.contains(0));
    assertFalse(interval.contains(Math.nextDown(-1.0)) || interval.contains(Math.nextUp(2.0)));
    assertEquals(new Interval(1, 1, 0.5).low(), new Interval(1, 1, 0.5).high());
  }

  @Test
  void aLevelIsAShareAndEndsAreInOrder() {
    for (double level : new double[] {0, 1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new Interval(0, 1, level), "" + level);
    }
    assertThrows(IllegalArgumentException.class, () -> new Interval(1, 0, 0.9));
    assertThrows(IllegalArgumentException.class, () -> new Interval(Double.NaN, 0, 0.9));
  }
}
