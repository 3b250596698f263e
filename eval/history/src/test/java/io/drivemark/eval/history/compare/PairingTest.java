package io.drivemark.eval.history.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairingTest {
  @Test
  void aSeriesThatAResultHasTwiceIsRefusedAndNoOtherWithIt() {
    Read once = LatencyComparerTest.result("cpu", 10, 20);
    List<Entry> entries = new ArrayList<>(once.result().entries());
    entries.add(entries.get(0));
    StudyResult all = once.result();
    Read twice =
        new Read(
            once.side(),
            new StudyResult(
                all.started(), all.finished(), "", all.environment(), entries, List.of()),
            Map.of());
    Pairing found = Pairing.of(once, twice);
    assertEquals(1, found.pairs().size());
    assertEquals("net1", found.pairs().get(0).series().model());
    assertEquals(1, found.unpaired().size());
    assertEquals(Unpaired.Reason.TWICE, found.unpaired().get(0).reason());
    assertEquals(
        new Changed("cells in A", "cells/net0", "cells/net0"),
        found.unpaired().get(0).difference());
  }
}
