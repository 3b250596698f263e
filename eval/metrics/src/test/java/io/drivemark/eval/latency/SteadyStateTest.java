package io.drivemark.eval.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SteadyStateTest {
  private final FakeMachine machine = new FakeMachine();

  @Test
  void constantTimesNeedTheMinimumOfCalls() {
    assertEquals(
        new SteadyState.WarmUp(10, 115, true),
        SteadyState.defaults().warmUp(machine.timed("a", n -> 100), machine));
  }

  @Test
  void fallingTimesAreWaitedFor() {
    // 40 slow calls, then steady: medians of both windows are fast at the 48th call, when three of
    // the earlier window's five are.
    SteadyState.WarmUp warmUp =
        SteadyState.defaults()
            .warmUp(machine.timed("a", n -> n < 40 ? 100_000 - 1000 * n : 1000), machine);
    assertEquals(new SteadyState.WarmUp(48, 100_015, true), warmUp);
  }

  @Test
  void oneOutlierDoesNotProlongIt() {
    assertEquals(
        10,
        SteadyState.defaults()
            .warmUp(machine.timed("a", n -> n == 8 ? 90_000 : 1000), machine)
            .calls());
  }

  @Test
  void capOfCallsEndsItUnsteady() {
    // Each call takes 5 % more than the last.
    assertEquals(
        new SteadyState.WarmUp(100, 1015, false),
        SteadyState.defaults()
            .warmUp(machine.timed("a", n -> (long) (1000 * Math.pow(1.05, n))), machine));
  }

  @Test
  void capOfTimeEndsItAfterTheMinimumOfCalls() {
    SteadyState brief = new SteadyState(10, 5, 0.02, 100, 1000);
    assertEquals(10, brief.warmUp(machine.timed("a", n -> 1000 + 100 * n), machine).calls());
  }

  @Test
  void settingsThatCannotWorkAreNamed() {
    assertEquals(
        "steady state: minCalls 9, window 5, tolerance 0.02, maxCalls 100, maxNanos 1; minCalls"
            + " must hold two windows, maxCalls at least minCalls, the tolerance lie in (0, 1)",
        assertThrows(IllegalArgumentException.class, () -> new SteadyState(9, 5, 0.02, 100, 1))
            .getMessage());
  }
}
