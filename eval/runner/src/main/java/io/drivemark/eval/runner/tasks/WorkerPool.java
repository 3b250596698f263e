package io.drivemark.eval.runner.tasks;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Helper threads of one piece of work. When it is closed what still waits is dropped, and no thread
 * touches the work any more. Safe from several threads.
 */
public final class WorkerPool implements AutoCloseable {
  private final ExecutorService pool;
  private final String name;

  public WorkerPool(String name, int threads) {
    this.name = name;
    this.pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "drivemark-" + name);
              thread.setDaemon(true);
              return thread;
            });
  }

  public <T> Future<T> submit(Callable<T> task) {
    return pool.submit(task);
  }

  /**
   * Waits for a result.
   *
   * @throws CancellationException if this thread is interrupted meanwhile
   * @throws RuntimeException what the task threw, as an {@link Error} if it was one
   */
  public static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * Ends the threads and waits for them.
   *
   * @throws IllegalStateException if one does not end within a minute
   */
  @Override
  public void close() {
    pool.shutdownNow();
    boolean interrupted = Thread.interrupted(); // the threads must have ended all the same
    try {
      if (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("a helper thread (" + name + ") does not end");
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
