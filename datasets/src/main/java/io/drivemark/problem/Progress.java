package io.drivemark.problem;

/**
 * Receives the progress of a long task; the command line renders it, tests ignore it.
 * Implementations are called from one thread at a time.
 */
public interface Progress {
  /** A progress that goes nowhere. */
  Progress NONE =
      new Progress() {
        @Override
        public void begin(String task, long steps) {}

        @Override
        public void step(long done, String detail) {}

        @Override
        public void end() {}
      };

  /** Starts a task of the given number of steps; a task begun before it has ended. */
  void begin(String task, long steps);

  /** Says that {@code done} of the steps are finished; {@code detail} is a short text to show. */
  void step(long done, String detail);

  /** Ends the task. */
  void end();
}
