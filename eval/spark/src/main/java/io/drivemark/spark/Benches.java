package io.drivemark.spark;

import io.drivemark.eval.runner.ShardedRun;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.shard.RangeBench;
import io.drivemark.eval.runner.shard.ShardDesk;
import io.drivemark.eval.runner.shard.lease.WorkUnit;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The benches of this process: each measures for one task at a time and keeps its network open for
 * the next task. There are as many as tasks run at once. Safe from several threads.
 */
final class Benches implements AutoCloseable {
  private final List<Bench> idle = new ArrayList<>();
  private boolean closed;

  /** The holder idiom: a process has one, which is closed when the process ends. */
  private static final class OfThisProcess {
    static final Benches BENCHES = closedAtExit();

    private static Benches closedAtExit() {
      Benches benches = new Benches();
      Runtime.getRuntime().addShutdownHook(new Thread(benches::close, "drivemark-close"));
      return benches;
    }
  }

  /**
   * A bench and where it works.
   *
   * @param work digest of the work list that it measures for
   */
  private record Bench(String work, RangeBench ranges, Path folder) implements AutoCloseable {
    boolean hasOpen(WorkUnit unit) {
      return ranges.openCell().filter(unit.cell()::equals).isPresent();
    }

    @Override
    public void close() {
      try (Closer all = new Closer()) {
        all.add(() -> ShardDesk.remove(folder));
        all.add(ranges);
      }
    }
  }

  static Benches ofThisProcess() {
    return OfThisProcess.BENCHES;
  }

  /**
   * Measures a range.
   *
   * @param work digest of the work list
   * @param luggage the work list itself, see {@link ShardDesk#luggage}
   * @param worker the name of this process
   * @param token which time the range is handed out
   */
  Delivery measure(
      String work, Supplier<byte[]> luggage, String worker, WorkUnit unit, long token) {
    try {
      return Delivery.found(worker, shard(work, luggage, worker, unit, token));
    } catch (BadInputException | UnavailableException e) {
      return Delivery.failed(worker, e.getMessage());
    } catch (LinkageError e) {
      return Delivery.failed(worker, ForeignLibrary.advice("executor", e));
    }
  }

  private byte[] shard(
      String work, Supplier<byte[]> luggage, String worker, WorkUnit unit, long token) {
    Bench bench = take(work, luggage, worker, unit);
    byte[] shard;
    try {
      shard = bench.ranges().measure(unit, token, done -> {});
    } catch (BadInputException | UnavailableException e) {
      giveBack(bench); // it has closed the network that failed
      throw e;
    } catch (RuntimeException | Error e) {
      Closer.after(e, bench); // a task that was ended from outside may have left anything
      throw e;
    }
    giveBack(bench);
    return shard;
  }

  private Bench take(String work, Supplier<byte[]> luggage, String worker, WorkUnit unit) {
    List<Bench> old = new ArrayList<>();
    try (Closer closing = new Closer()) {
      synchronized (this) {
        idle.stream().filter(bench -> !bench.work().equals(work)).forEach(old::add);
        idle.removeAll(old);
        old.forEach(closing::add);
        for (Bench bench : idle) {
          if (bench.hasOpen(unit)) {
            idle.remove(bench);
            return bench;
          }
        }
        if (!idle.isEmpty()) {
          return idle.remove(0);
        }
      }
    }
    return open(work, luggage, worker);
  }

  private static Bench open(String work, Supplier<byte[]> luggage, String worker) {
    Path folder;
    try {
      folder = Files.createTempDirectory("drivemark-bench-");
    } catch (IOException e) {
      throw new UnavailableException("no folder for temporary files can be made: " + e, e);
    }
    try {
      return new Bench(
          work, ShardedRun.bench(luggage.get(), folder, worker, Sources.installed()), folder);
    } catch (RuntimeException | Error e) {
      Closer.after(e, () -> ShardDesk.remove(folder));
      throw e;
    }
  }

  private void giveBack(Bench bench) {
    synchronized (this) {
      if (!closed) {
        idle.add(bench);
        return;
      }
    }
    bench.close();
  }

  /** Closes what is idle; what is not is closed when it is given back. */
  @Override
  public void close() {
    try (Closer closing = new Closer()) {
      synchronized (this) {
        closed = true;
        idle.forEach(closing::add);
        idle.clear();
      }
    }
  }
}
