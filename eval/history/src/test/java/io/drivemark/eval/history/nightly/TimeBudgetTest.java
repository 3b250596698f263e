package io.drivemark.eval.history.nightly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.drivemark.eval.history.night.NightPlan;
import io.drivemark.eval.runner.tasks.Allowance.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TimeBudgetTest {
  private static final Instant START = Instant.parse("2026-01-02T02:00:00Z");

  private static TimeBudget after(Duration passed) {
    return new TimeBudget(
        new NightPlan.Budget(Optional.of(Duration.ofHours(6)), List.of()),
        START,
        () -> START.plus(passed));
  }

  @Test
  void whatComesLaterMayBeBegunLonger() {
    TimeBudget three = after(Duration.ofHours(3));
    assertEquals(
        Optional.of(
            "the night's budget of 6 h leaves 3 h for accuracy and what comes before, and 3 h had"
                + " passed"),
        three.refusal(Work.ACCURACY));
    assertEquals(Optional.empty(), three.refusal(Work.LATENCY));
    assertEquals(Optional.empty(), after(Duration.ofMinutes(179)).refusal(Work.ACCURACY));
    TimeBudget late = after(Duration.ofMinutes(306)); // 85 % of six hours
    assertEquals(
        Optional.of(
            "the night's budget of 6 h leaves 5 h 6 min for further processes and what comes"
                + " before, and 5 h 6 min had passed"),
        late.forks());
    assertEquals(Optional.empty(), late.confirmation(Duration.ofMinutes(10)));
    assertEquals(true, late.confirmation(Duration.ofMinutes(54)).isPresent(), "the pause counts");
  }

  @Test
  void withoutABudgetEverythingMayBeBegun() {
    TimeBudget none = new TimeBudget(NightPlan.Budget.NONE, START, () -> Instant.MAX);
    assertEquals(Optional.empty(), none.refusal(Work.ACCURACY));
    assertEquals(Optional.empty(), none.forks());
  }

  @Test
  void timesAreSaidInWords() {
    assertEquals("90 s", TimeBudget.words(Duration.ofSeconds(90)));
    assertEquals("2 min", TimeBudget.words(Duration.ofSeconds(125)));
    assertEquals("3 h 30 min", TimeBudget.words(Duration.ofMinutes(210)));
  }
}
