package io.drivemark.eval.latency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SteadyStateTest {
  private static final SteadyState CALLS_ALONE =
      new SteadyState(10, 0, 5, 0.02, 100, 15_000_000_000L);

  private final FakeMachine machine = new FakeMachine();

  @Test
  void callsOfAFastNetworkGoOnUntilTheLeastTimeHasPassed() {
    // Interpreted for the first 0.05 s, whatever number of calls that is: 100 calls say nothing.
    SteadyState.WarmUp warmUp =
        SteadyState.defaults()
            .warmUp(
                machine.timed("a", n -> machine.nanos() < 50_000_000 ? 400_000 : 40_000), machine);
    assertEquals(true, warmUp.steady());
    assertEquals(400_015, warmUp.firstCallNanos());
    assertEquals(125 + 1250, warmUp.calls(), "125 slow ones, then fast ones up to 0.1 s");
  }

  @Test
  void theCapOfCallsCountsFromTheLeastTimeOn() {
    SteadyState both = new SteadyState(10, 100_000, 5, 0.02, 20, 1L << 40);
    // Each takes 5 % more than the last: at the 20th call 34,000 ns have passed.
    SteadyState.WarmUp warmUp =
        both.warmUp(machine.timed("a", n -> (long) (1000 * Math.pow(1.05, n))), machine);
    assertEquals(false, warmUp.steady());
    assertEquals(37, warmUp.calls());
  }

  @Test
  void constantTimesNeedTheMinimumOfCalls() {
    assertEquals(
        new SteadyState.WarmUp(10, 115, true),
        CALLS_ALONE.warmUp(machine.timed("a", n -> 100), machine));
  }

  @Test
  void fallingTimesAreWaitedFor() {
    // 40 slow calls, then steady: medians of both windows are fast at the 48th call, when three of
    // the earlier window's five are.
    SteadyState.WarmUp warmUp =
        CALLS_ALONE.warmUp(machine.timed("a", n -> n < 40 ? 100_000 - 1000 * n : 1000), machine);
    assertEquals(new SteadyState.WarmUp(48, 100_015, true), warmUp);
  }

  @Test
  void oneOutlierDoesNotProlongIt() {
    assertEquals(
        10, CALLS_ALONE.warmUp(machine.timed("a", n -> n == 8 ? 90_000 : 1000), machine).calls());
  }

  @Test
  void capOfCallsEndsItUnsteady() {
    // Each call takes 5 % more than the last.
    assertEquals(
        new SteadyState.WarmUp(100, 1015, false),
        CALLS_ALONE.warmUp(machine.timed("a", n -> (long) (1000 * Math.pow(1.05, n))), machine));
  }

  @Test
  void capOfTimeEndsItAfterTheMinimumOfCalls() {
    SteadyState brief = new SteadyState(10, 0, 5, 0.02, 100, 1000);
    assertEquals(10, brief.warmUp(machine.timed("a", n -> 1000 + 100 * n), machine).calls());
  }

  @Test
  void settingsThatCannotWorkAreNamed() {
    assertEquals(
        "steady state: minCalls 9, minNanos 0, window 5, tolerance 0.02, maxCalls 100, maxNanos 1;"
            + " minCalls must hold two windows, maxCalls at least minCalls, maxNanos at least"
            + " minNanos, the tolerance lie in (0, 1)",
        assertThrows(IllegalArgumentException.class, () -> new SteadyState(9, 0, 5, 0.02, 100, 1))
            .getMessage());
  }
}
