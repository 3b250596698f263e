package io.drivemark.architectures.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.architectures.engine.pytorch.GateBits;
import io.drivemark.architectures.engine.pytorch.GateError.Site;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTallyTest {
  /** Two sites of two and one unit, three images, counted by hand. */
  @Test
  void bitsAreAveragedOverSitesAndLiveUnitsOverAll() {
    List<Site> sites =
        List.of(
            Site.ofFilters("a", "la", "ta", List.of(0, 1)), Site.ofResidual("b", "lb", "eb", "xb"));
    GateTally tally = new GateTally(sites);
    assertEquals(Optional.empty(), tally.progress());
    // live: a 10 11 01, b 1 0 0; wanted: a 10 10 11, b 0 0 1
    tally.add(
        new GateBits(sites, 2, new float[] {1, -1, 1, 2, 1, -1}, new float[] {1, 0, 0, 1, 0, 0}));
    tally.add(new GateBits(sites, 1, new float[] {-1, 1, -1}, new float[] {1, 1, 1}));
    GateProgress found = tally.progress().orElseThrow();
    assertEquals(5 / 9.0, found.live(), 1e-12);
    assertEquals((4 / 6.0 + 1 / 3.0) / 2, found.right(), 1e-12);
    assertEquals((5 / 6.0 + 2 / 3.0) / 2, found.constant(), 1e-12);
    assertEquals("56 % live, 50.0 % of bits right (constant 75.0)", found.toString());
  }
}
