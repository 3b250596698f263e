package io.drivemark.spark;

import io.drivemark.eval.runner.shard.ShardDesk;
import io.drivemark.eval.runner.shard.WorkList;
import io.drivemark.eval.runner.shard.lease.WorkUnit;
import io.drivemark.eval.runner.tasks.WorkerPool;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Function2;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/**
 * Has ranges measured by the executors of a cluster and keeps what comes back, one by one as it
 * comes, so that a driver that dies has lost only what was on its way. For one thread.
 *
 * <p>A range that fails is tried again as long as other ranges succeed meanwhile: an executor that
 * can measure nothing (its data are not there) takes many ranges and fails at once. Where it took
 * all that were left, each is handed out once more to every executor. A range that ends executors,
 * so that Spark gives its job up, is left out and the others go on.
 */
final class RangeJobs {
  private static final int MILLIS_BETWEEN_LOOKS = 100;
  private static final int LONGEST_REASON = 600;

  /** Rounds in a row that finish no range: one as usual, one in which every executor has a try. */
  private static final int IN_VAIN = 2;

  /** How Spark says which task made it give a job up. */
  private static final Pattern GIVEN_UP = Pattern.compile("Task (\\d+) in stage \\S+ failed");

  private final JavaSparkContext spark;
  private final WorkList list;
  private final ShardDesk desk;
  private final Consumer<String> say;
  private final Map<WorkUnit, String> failures = new LinkedHashMap<>();
  private int all;
  private int finished;

  /** What a task answered. */
  private record Arrival(int partition, byte[] bytes) {}

  /**
   * @param say receives a line for each range that comes back
   */
  RangeJobs(JavaSparkContext spark, WorkList list, ShardDesk desk, Consumer<String> say) {
    this.spark = spark;
    this.list = list;
    this.desk = desk;
    this.say = say;
  }

  /**
   * Measures ranges.
   *
   * @return why some could not be measured
   * @throws UnavailableException if the cluster is gone
   */
  Map<WorkUnit, String> measure(List<WorkUnit> units) {
    all = units.size();
    Broadcast<byte[]> luggage = spark.broadcast(desk.luggage());
    try {
      List<WorkUnit> open = new ArrayList<>(units);
      int inVain = 0;
      while (inVain < IN_VAIN && !open.isEmpty()) {
        int before = finished;
        int copies = inVain == 0 ? 1 : executors();
        Optional<WorkUnit> givenUp = round(open, copies, new MeasureTask(list.digest(), luggage));
        givenUp.ifPresent(open::remove);
        inVain = finished > before || givenUp.isPresent() ? 0 : inVain + 1;
      }
    } finally {
      luggage.unpersist();
    }
    return Map.copyOf(failures);
  }

  /** How many there are now; the driver is listed among them and measures nothing. */
  private int executors() {
    return Math.max(1, spark.sc().statusTracker().getExecutorInfos().length - 1);
  }

  /**
   * Runs a job over all open ranges and takes those out of them that come back.
   *
   * @param copies how often each is handed out; the first that is measured counts, and others must
   *     be equal to it
   * @return the range that made Spark give the job up
   */
  private Optional<WorkUnit> round(List<WorkUnit> open, int copies, MeasureTask task) {
    List<WorkUnit> units = new ArrayList<>();
    for (int i = 0; i < copies; i++) {
      units.addAll(open);
    }
    JavaRDD<String> parcels =
        spark.parallelize(units.stream().map(Parcel::text).toList(), units.size());
    BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    // Spark calls this from its own scheduler, which must not wait for a disk.
    Function2<Object, byte[], BoxedUnit> handler =
        (partition, bytes) -> {
          arrivals.add(new Arrival((Integer) partition, bytes));
          return BoxedUnit.UNIT;
        };
    try (WorkerPool pool = new WorkerPool("spark-job", 1)) {
      Future<Optional<Exception>> job =
          pool.submit(
              () -> {
                try {
                  spark
                      .sc()
                      .runJob(parcels.rdd(), task, handler, ClassTag$.MODULE$.apply(byte[].class));
                  return Optional.empty();
                } catch (Exception e) { // Spark's own is a checked one that Scala does not declare
                  return Optional.of(e);
                }
              });
      while (true) {
        boolean done = job.isDone(); // asked first: what it brought is in the queue by then
        Arrival arrival = next(arrivals);
        if (arrival != null) {
          take(units.get(arrival.partition()), arrival.bytes(), open);
        } else if (done) {
          break;
        }
      }
      return WorkerPool.result(job).map(e -> givenUp(e, units));
    }
  }

  private static Arrival next(BlockingQueue<Arrival> arrivals) {
    try {
      return arrivals.poll(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }

  private void take(WorkUnit unit, byte[] bytes, List<WorkUnit> open) {
    Delivery delivery = Delivery.read(bytes);
    Optional<String> failure = delivery.failure();
    try {
      delivery.shard().ifPresent(shard -> desk.take(unit, shard));
    } catch (BadInputException e) {
      failure = Optional.of(e.getMessage());
    }
    if (!open.contains(unit) && failure.isPresent() && delivery.failure().isPresent()) {
      return; // another executor has measured it
    }
    if (failure.isPresent()) {
      fail(unit, delivery.worker(), failure.get());
      return;
    }
    if (!open.remove(unit)) {
      return;
    }
    finished++;
    failures.remove(unit);
    say.accept(
        "range " + finished + " of " + all + ": " + title(unit) + ", by " + delivery.worker());
  }

  private void fail(WorkUnit unit, String worker, String why) {
    failures.put(unit, "worker " + worker + ": " + why);
    desk.noteFailure(unit, worker, why);
    say.accept("failed: " + title(unit) + ": worker " + worker + ": " + why);
  }

  private WorkUnit givenUp(Exception e, List<WorkUnit> units) {
    String message = String.valueOf(e.getMessage());
    Matcher task = GIVEN_UP.matcher(message);
    if (!task.find()) {
      throw new UnavailableException(
          "Spark ended the job: "
              + reason(message)
              + "; what was measured is kept, and the same command goes on from there",
          e);
    }
    WorkUnit unit = units.get(Integer.parseInt(task.group(1)));
    fail(unit, "spark", "Spark gave it up: " + reason(message));
    return unit;
  }

  /** Without the driver's own stack, in one line. */
  private static String reason(String message) {
    int stack = message.indexOf("Driver stacktrace:");
    String text = (stack < 0 ? message : message.substring(0, stack)).replaceAll("\\s+", " ");
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + " …";
  }

  private String title(WorkUnit unit) {
    return list.cell(unit.cell()).title(unit.range());
  }
}
