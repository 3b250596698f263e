package io.drivemark.eval.runner;

import io.drivemark.problem.Progress;
import java.nio.file.Path;
import java.util.List;

/**
 * A run in a process of its own that stops in its second cell until it is killed: a minute is
 * enough however busy the machine is.
 */
final class KilledRun {
  private KilledRun() {}

  /** Arguments: the dataset's declaration and the output folder. */
  public static void main(String[] arguments) {
    Yard.Watched slow = new Yard.Watched(i -> sleep(i < Yard.RUNS ? 1 : 60_000));
    new Runner(
            Yard.study(Path.of(arguments[0]), List.of("plain", "biased")),
            Path.of(arguments[1]),
            Progress.NONE,
            Yard.sources(name -> slow))
        .run();
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
