package io.drivemark.eval.runner.shard.lease;

import io.drivemark.eval.latency.NanoClock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** The time that a worker's own machine measures; no two machines' clocks are compared. */
public interface WorkerClock extends NanoClock {
  /** That of the machine. */
  WorkerClock SYSTEM =
      new WorkerClock() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void pause(Duration time) {
          try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
          }
        }
      };

  /** Waits. */
  void pause(Duration time);
}
