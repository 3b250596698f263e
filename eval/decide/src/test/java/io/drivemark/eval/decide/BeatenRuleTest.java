package io.drivemark.eval.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BeatenRuleTest {
  private final BeatenRule rule = new BeatenRule();

  private List<Decision> decide(Candidate... candidates) {
    return rule.decide(
        new Contest(
            Standing.of(List.of(candidates)),
            Collections.nCopies(
                candidates.length, Entries.of("net", 2, OptionalLong.empty(), Optional.empty()))));
  }

  @Test
  void whoIsSlowerAndLessAccurateIsBeatenByTheMostAccurateFirst() {
    Candidate best = Candidates.of(0, 0.70, 20);
    Candidate fast = Candidates.of(1, 0.60, 10);
    Candidate beaten = Candidates.of(2, 0.55, 40);
    List<Decision> decisions = decide(best, fast, beaten);
    assertEquals(List.of(beaten), decisions.stream().map(Decision::about).toList());
    Decision decision = decisions.get(0);
    assertEquals(List.of(best, fast), decision.others());
    assertEquals(0.15, decision.values().get("lead"), 1e-12);
    assertEquals(0.5, decision.values().get("latencyShare"), 1e-12);
  }

  @Test
  void equalAccuracyOrUnknownSpeedBeatsNobody() {
    Candidate one = Candidates.of(0, 0.60, 10);
    assertEquals(List.of(), decide(one, Candidates.of(1, 0.60 - Measure.MIOU.same(), 40)));
    assertEquals(
        List.of(), decide(one, new Candidate(1, OptionalDouble.of(0.3), Optional.empty())));
    assertEquals(List.of(), decide(one, Candidates.of(1, 0.70, 40)));
  }

  @Test
  void theProjectsRulesAreInstalled() {
    assertTrue(DecisionRules.installed().stream().anyMatch(BeatenRule.class::isInstance));
  }
}
