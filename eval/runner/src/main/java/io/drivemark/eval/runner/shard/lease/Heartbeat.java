package io.drivemark.eval.runner.shard.lease;

import io.drivemark.problem.UnavailableException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Keeps a lease while its range is measured, and notices when it is taken over. */
public final class Heartbeat implements AutoCloseable {
  private static final int BEATS_IN_SILENCE = 4;
  private static final int LONGEST_BEAT_SECONDS = 5;

  private final Leases leases;
  private final Lease lease;
  private final ScheduledExecutorService thread;
  private volatile boolean lost;

  /**
   * Begins to beat, several times in a silence.
   *
   * @param silence how long a holder may say nothing
   */
  public Heartbeat(Leases leases, Lease lease, Duration silence) {
    this.leases = leases;
    this.lease = lease;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread daemon = new Thread(task, "drivemark-lease");
              daemon.setDaemon(true);
              return daemon;
            });
    long period = Math.max(1, silence.toNanos() / BEATS_IN_SILENCE);
    ScheduledFuture<?> unused =
        thread.scheduleWithFixedDelay(this::beat, period, period, TimeUnit.NANOSECONDS);
  }

  private void beat() {
    try {
      lost = lost || !leases.holds(lease);
      if (!lost) {
        leases.renew(lease);
      }
    } catch (UnavailableException e) {
      return; // the folder may be there again for the next beat; if not, others take the range over
    }
  }

  /** Whether another worker has taken the range over. */
  public boolean lost() {
    return lost;
  }

  @Override
  public void close() {
    thread.shutdownNow();
    try {
      boolean unused = thread.awaitTermination(LONGEST_BEAT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
