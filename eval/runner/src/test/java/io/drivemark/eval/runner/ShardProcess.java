package io.drivemark.eval.runner;

import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.Optional;

/** A worker in a process of its own, slow enough to be killed in the middle. */
final class ShardProcess {
  private ShardProcess() {}

  /** Arguments: the output folder, the worker's name and the milliseconds of an inference. */
  public static void main(String[] arguments) {
    long millis = Long.parseLong(arguments[2]);
    Yard.Watched slow = new Yard.Watched(i -> sleep(millis));
    ShardedRun.worker(
            Path.of(arguments[0]),
            Optional.empty(),
            arguments[1],
            Optional.empty(),
            true,
            Progress.NONE,
            Yard.sources(name -> slow))
        .run();
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
