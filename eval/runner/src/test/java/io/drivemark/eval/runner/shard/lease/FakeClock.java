package io.drivemark.eval.runner.shard.lease;

import java.time.Duration;

/** A machine's clock that goes only when it is told to, or while somebody waits. */
public final class FakeClock implements WorkerClock {
  private long nanos;

  public FakeClock(long start) {
    nanos = start;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public void pause(Duration time) {
    nanos += time.toNanos();
  }
}
