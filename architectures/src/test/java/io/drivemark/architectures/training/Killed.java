package io.drivemark.architectures.training;

import io.drivemark.problem.Progress;

/** Thrown in the middle of a training, as if the process were gone. */
final class Killed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private Killed() {}

  /** A progress that ends a training at a step, from 1, before its weights are written down. */
  static Progress at(long fatal) {
    return new Progress() {
      @Override
      public void begin(String task, long steps) {}

      @Override
      public void step(long done, String detail) {
        if (done == fatal && detail.startsWith("epoch")) {
          throw new Killed();
        }
      }

      @Override
      public void end() {}
    };
  }
}
