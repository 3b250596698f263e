package io.drivemark.eval.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class VariantChangesTest {
  @Test
  void halfTheWorkInHalfTheTimeIsAClockThatFollows() {
    VariantChanges changes = changes(-0.5, -0.5);
    assertEquals(OptionalDouble.of(1), changes.clockShare());
    assertFalse(changes.clockLags());
  }

  @Test
  void theClockLagsBelowFourFifthsOfWhatWasSaved() {
    assertEquals(0.5, changes(-0.2, -0.4).clockShare().orElseThrow(), 1e-12);
    assertTrue(changes(-0.2, -0.4).clockLags());
    assertTrue(changes(-0.31, -0.4).clockLags());
    assertFalse(changes(-0.33, -0.4).clockLags());
    assertTrue(changes(0.1, -0.4).clockLags(), "it takes longer than before");
  }

  @Test
  void whereNextToNothingWasSavedNothingCanFollow() {
    assertEquals(OptionalDouble.empty(), changes(-0.5, -0.019).clockShare());
    assertFalse(changes(-0.5, -0.019).clockLags());
    assertEquals(OptionalDouble.empty(), VariantChanges.UNKNOWN.clockShare());
    assertFalse(VariantChanges.UNKNOWN.clockLags());
  }

  private static VariantChanges changes(double engine, double macs) {
    return new VariantChanges(
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.of(engine),
        OptionalDouble.of(macs),
        OptionalDouble.empty());
  }
}
