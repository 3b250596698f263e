package io.drivemark.architectures.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Which predicted share gives a measured one. */
class ShareSearchTest {
  @Test
  void lineThroughTheNearestMeasurementsIsFollowed() {
    ShareSearch search = new ShareSearch(0.6, 0.1);
    assertEquals(0.6, search.next());
    search.found(0.6, 0.8);
    assertEquals(0.3, search.next(), 1e-12);
    search.found(0.3, 0.5);
    assertEquals(0.4, search.next(), 1e-12);
  }

  @Test
  void nothingIsAskedBelowTheLeast() {
    ShareSearch search = new ShareSearch(0.6, 0.55);
    search.found(0.6, 0.9);
    assertEquals(0.55, search.next());
    search.found(0.55, 0.8);
    assertFalse(search.isOpen());
    assertEquals(0.7, new ShareSearch(0.2, 0.7).next());
  }

  @Test
  void everyRisingRelationIsMetInAFewSteps() {
    for (double power : new double[] {0.3, 0.5, 1, 2, 3}) {
      for (double wanted : new double[] {0.3, 0.6, 0.9}) {
        int steps = steps(wanted, x -> Math.pow(x, power));
        assertTrue(steps <= 7, "power " + power + ", wanted " + wanted + ": " + steps);
      }
    }
  }

  private static int steps(double wanted, DoubleUnaryOperator measured) {
    ShareSearch search = new ShareSearch(wanted, 0.001);
    for (int step = 1; step < 30; step++) {
      double asked = search.next();
      double found = measured.applyAsDouble(asked);
      if (Math.abs(found - wanted) < 0.01) {
        return step;
      }
      search.found(asked, found);
    }
    return 30;
  }
}
