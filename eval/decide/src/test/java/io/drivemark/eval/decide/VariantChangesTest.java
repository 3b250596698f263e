package io.drivemark.eval.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.runner.record.Entry;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
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

  @Test
  void changesAreRelativeToTheParent() {
    Candidate before = Candidates.of(0, 0.75, 20);
    Candidate after = Candidates.of(1, 0.5, 15);
    Entry parent = Entries.of("parent", 1, OptionalLong.of(400), Optional.empty());
    Entry variant = Entries.of("variant", 1, OptionalLong.of(100), Optional.empty());
    LatencyScale scale = Standing.of(List.of(before, after)).scale();
    VariantChanges changes = VariantChanges.of(scale, before, parent, after, variant);
    assertEquals(
        new VariantChanges(
            OptionalDouble.of(-0.25),
            OptionalDouble.of(-0.25),
            OptionalDouble.of(-0.25),
            OptionalDouble.of(-0.75),
            OptionalDouble.of(0)),
        changes);
  }

  @Test
  void whatEitherDoesNotKnowHasNotChangedAsFarAsIsKnown() {
    Candidate known = Candidates.of(0, 0.75, 20);
    Candidate bare = new Candidate(1, OptionalDouble.empty(), Optional.empty());
    Entry counted = Entries.of("a", 1, OptionalLong.of(400), Optional.empty());
    Entry opaque = Entries.of("b", 1, OptionalLong.empty(), Optional.empty());
    Entry free = Entries.of("c", 1, OptionalLong.of(0), Optional.empty());
    LatencyScale scale = Standing.of(List.of(known)).scale();
    for (VariantChanges changes :
        List.of(
            VariantChanges.of(scale, known, counted, bare, opaque),
            VariantChanges.of(scale, bare, opaque, known, counted),
            VariantChanges.of(scale, bare, free, known, counted))) {
      assertEquals(OptionalDouble.empty(), changes.accuracy());
      assertEquals(OptionalDouble.empty(), changes.latency());
      assertEquals(OptionalDouble.empty(), changes.engineLatency());
      assertEquals(OptionalDouble.empty(), changes.macs());
    }
  }

  @Test
  void theLimitsBelongToWhatFollows() {
    assertEquals(0.5, changes(-0.01, -0.02).clockShare().orElseThrow(), 1e-12);
    assertFalse(changes(-0.4, -0.5).clockLags(), "four fifths of what was saved");
  }
}
