package io.drivemark.eval.latency;

/** A clock of nanoseconds from an arbitrary start, never going back; tests bring their own. */
@FunctionalInterface
public interface NanoClock {
  /** The clock of the machine. */
  NanoClock SYSTEM = System::nanoTime;

  /** Nanoseconds since the clock's start. */
  long nanos();
}
