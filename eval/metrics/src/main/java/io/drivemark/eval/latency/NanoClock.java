package io.drivemark.eval.latency;

import java.util.concurrent.locks.LockSupport;

/** A clock of nanoseconds from an arbitrary start, never going back; tests bring their own. */
@FunctionalInterface
public interface NanoClock {
  /** The clock of the machine. */
  NanoClock SYSTEM = System::nanoTime;

  /** Nanoseconds since the clock's start. */
  long nanos();

  /**
   * Sleeps until a time and returns no sooner, some tens of microseconds later as a rule: a camera
   * that wakes its reader is no more exact. Returns at once if the time is past.
   */
  default void waitUntil(long time) {
    for (long left = time - nanos(); left > 0; left = time - nanos()) {
      LockSupport.parkNanos(left);
    }
  }
}
