package io.drivemark.problem;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Resources that are closed together, the last first. One that fails to close keeps none of the
 * others open: the first failure is thrown when all are closed, later ones are suppressed in it. In
 * a try statement a failure of the body stays the one that is thrown. Closing twice is harmless.
 * For one thread.
 */
public final class Closer implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /** Takes a resource over and returns it. */
  public <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    return resource;
  }

  /** Closes what a failure leaves open; a failure of closing is suppressed in that one. */
  public static void after(Throwable failure, AutoCloseable open) {
    try {
      open.close();
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
  }

  /**
   * Closes all.
   *
   * @throws RuntimeException the first failure; a checked one as the cause of an {@link
   *     IllegalStateException}
   */
  @Override
  public void close() {
    Throwable failure = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception | Error e) {
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        if (failure == null) {
          failure = e;
        } else if (failure != e) {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure != null) {
      throw new IllegalStateException("a resource could not be closed: " + failure, failure);
    }
  }
}
