package io.drivemark.eval.runner.tasks;

import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/**
 * Work on frames, spread over all cores; a core takes the next piece when it has done one. Results
 * come in the order of the pieces, so they do not depend on the number of cores. Stateless.
 */
public final class FrameTasks {
  private FrameTasks() {}

  /**
   * Runs all pieces.
   *
   * @param stage what is done, for the progress
   * @param subject to what, for the progress
   * @param problems where messages of bad input go; such pieces have no result
   */
  public static <T> List<T> run(
      List<Callable<T>> pieces,
      String stage,
      String subject,
      Progress progress,
      List<String> problems) {
    List<T> out = new ArrayList<>();
    try (WorkerPool pool = new WorkerPool(stage, Runtime.getRuntime().availableProcessors())) {
      List<Future<T>> futures = new ArrayList<>();
      pieces.forEach(piece -> futures.add(pool.submit(piece)));
      progress.begin(stage, futures.size());
      for (int i = 0; i < futures.size(); i++) {
        result(futures.get(i), problems).ifPresent(out::add);
        progress.step(i + 1, subject);
      }
      progress.end();
    }
    return out;
  }

  private static <T> Optional<T> result(Future<T> future, List<String> problems) {
    try {
      return Optional.of(WorkerPool.result(future));
    } catch (BadInputException e) {
      problems.add(e.getMessage());
      return Optional.empty();
    }
  }
}
