package io.drivemark.eval.runner;

import io.drivemark.eval.latency.NanoClock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that moves by two milliseconds at each look, whatever else keeps the machine busy: on a
 * clock of the machine one stall makes answers too old for what was counted.
 */
final class StepClock implements NanoClock {
  private static final long STEP = 2_000_000;

  private final AtomicLong now = new AtomicLong();

  @Override
  public long nanos() {
    return now.addAndGet(STEP);
  }
}
