package io.drivemark.spark;

import io.drivemark.eval.runner.shard.lease.WorkUnit;
import java.io.Serializable;
import java.util.Locale;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * What a task does: measures the one range of its partition. It changes nothing outside its
 * process, so it may run as often as Spark likes. Immutable.
 */
final class MeasureTask extends AbstractFunction1<Iterator<String>, byte[]>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** So that who can measure nothing does not take what others could. */
  private static final long MILLIS_AFTER_FAILURE = 1000;

  private final String work;
  private final Broadcast<byte[]> luggage;

  /**
   * @param work digest of the work list
   * @param luggage the work list itself
   */
  MeasureTask(String work, Broadcast<byte[]> luggage) {
    this.work = work;
    this.luggage = luggage;
  }

  @Override
  public byte[] apply(Iterator<String> parcels) {
    WorkUnit unit = Parcel.unit(parcels.next());
    Delivery delivery =
        Benches.ofThisProcess()
            .measure(work, luggage::value, worker(), unit, TaskContext.get().taskAttemptId() + 1);
    if (delivery.failure().isPresent()) {
      pause();
    }
    return delivery.bytes();
  }

  private static void pause() {
    try {
      Thread.sleep(MILLIS_AFTER_FAILURE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the answer is there, and goes out at once
    }
  }

  /** The name of this executor, which no other one of any cluster has. */
  private static String worker() {
    SparkEnv here = SparkEnv.get();
    return String.format(
            Locale.ROOT,
            "%s-executor-%s-%d",
            here.blockManager().blockManagerId().host(),
            here.executorId(),
            ProcessHandle.current().pid())
        .replaceAll("[^A-Za-z0-9.-]+", "-");
  }
}
