package io.drivemark.eval.runner.shard;

import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.shard.lease.FolderLeases;
import io.drivemark.eval.runner.shard.lease.Lease;
import io.drivemark.eval.runner.shard.lease.Leases;
import io.drivemark.eval.runner.shard.lease.WorkUnit;
import io.drivemark.eval.runner.shard.lease.WorkerClock;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes ranges of a work list that nobody holds, measures them and writes what it found, until all
 * ranges are finished that it can measure. It may be killed at any moment: nothing half done is
 * seen by others, and its range is taken over. For one thread.
 */
public final class ShardWorker {
  private static final int POLLS_IN_SILENCE = 10;

  private final ShardFolder folder;
  private final Map<WorkCell, Cell> cells;
  private final List<String> refusals;
  private final Settings settings;
  private final Duration silence;
  private final Leases leases;
  private final Progress progress;
  private final RangeWriter writer;
  private final Set<WorkUnit> closed = new HashSet<>(); // finished, or failed here
  private final Map<WorkUnit, String> failures = new LinkedHashMap<>();
  private long framesDone;
  private int finished;
  private int takenOver;

  /** Where a worker is with a range; tests let it die there. */
  enum Step {
    /** It holds the lease. */
    LEASED,
    /** Its rows are in memory. */
    MEASURED,
    /** They lie on the disk under a name that nobody reads. */
    WRITTEN,
    /** It has just asked whether the lease is still its own. */
    ASKED,
    /** They are there for all. */
    PUBLISHED
  }

  /** Is told of each step. */
  interface Watch {
    void at(Step step, WorkUnit unit);
  }

  /**
   * How a worker works.
   *
   * @param name which no other worker has
   * @param environment of its machine
   * @param leases hands out ranges
   * @param clock its own
   * @param waits whether it waits for ranges that others hold, to take them over if they die
   * @param watch is told of each step
   */
  record Settings(
      String name,
      Environment environment,
      Leases leases,
      WorkerClock clock,
      boolean waits,
      Watch watch) {}

  /**
   * What a worker did.
   *
   * @param finished ranges
   * @param takenOver ranges that another worker took over meanwhile; what was found was not needed
   * @param refusals cells that this machine cannot measure, a sentence each
   * @param failures ranges that failed here, a sentence each
   */
  public record Result(int finished, int takenOver, List<String> refusals, List<String> failures) {
    public Result {
      refusals = List.copyOf(refusals);
      failures = List.copyOf(failures);
    }
  }

  /**
   * @param out the output folder
   * @param all the cells of this machine
   * @param name which no other worker has: letters, digits, dots and dashes
   * @param leases hands out ranges to it
   * @param waits whether it waits for ranges that others hold, to take them over if they die
   * @throws BadInputException if the list is of another program, or this machine can measure none
   *     of its cells
   */
  public ShardWorker(
      Path out,
      WorkList list,
      List<Cell> all,
      String name,
      Environment environment,
      Leases leases,
      boolean waits,
      Progress progress) {
    this(
        out,
        list,
        all,
        new Settings(name, environment, leases, WorkerClock.SYSTEM, waits, (step, unit) -> {}),
        progress);
  }

  ShardWorker(Path out, WorkList list, List<Cell> all, Settings settings, Progress progress) {
    OwnCells own = new OwnCells(list, all);
    this.folder = new ShardFolder(out);
    this.cells = rotated(own.cells(), settings.name());
    this.refusals = own.refusals();
    if (cells.isEmpty() && !refusals.isEmpty()) {
      throw new BadInputException(
          "this machine can measure no cell of the work list\n  " + String.join("\n  ", refusals));
    }
    this.settings = settings;
    this.silence = list.silence();
    this.leases = settings.leases();
    this.progress = progress;
    this.writer = new RangeWriter(folder, settings, silence);
  }

  /** Leases that lie in the folder itself. */
  public static Leases leases(Path out, WorkList list, String name) {
    return leases(out, list, name, WorkerClock.SYSTEM);
  }

  static Leases leases(Path out, WorkList list, String name, WorkerClock clock) {
    return new FolderLeases(new ShardFolder(out)::leases, name, list.silence(), clock);
  }

  /** Workers begin with different cells, so that each opens few networks. */
  private static Map<WorkCell, Cell> rotated(Map<WorkCell, Cell> cells, String name) {
    List<WorkCell> order = new ArrayList<>(cells.keySet());
    if (!order.isEmpty()) {
      Collections.rotate(order, -Math.floorMod(name.hashCode(), order.size()));
    }
    Map<WorkCell, Cell> out = new LinkedHashMap<>();
    order.forEach(work -> out.put(work, cells.get(work)));
    return out;
  }

  /** Works until nothing is left that this worker can do. */
  public Result run() {
    long frames = 0;
    for (WorkCell work : cells.keySet()) {
      for (WorkUnit unit : work.units()) {
        frames += unit.range().size();
      }
    }
    progress.begin("accuracy", frames);
    try (writer) {
      while (true) {
        Optional<Lease> lease = next();
        if (lease.isPresent()) {
          measure(lease.get());
        } else if (settings.waits() && isAnyOpen()) {
          settings.clock().pause(silence.dividedBy(POLLS_IN_SILENCE));
        } else {
          break;
        }
      }
    }
    progress.end();
    List<String> failed = new ArrayList<>();
    failures.forEach((unit, why) -> failed.add(title(unit) + ": " + why));
    return new Result(finished, takenOver, refusals, failed);
  }

  private String title(WorkUnit unit) {
    return work(unit).title(unit.range());
  }

  private WorkCell work(WorkUnit unit) {
    return cells.keySet().stream()
        .filter(work -> work.folder().equals(unit.cell()))
        .findFirst()
        .orElseThrow();
  }

  private boolean isAnyOpen() {
    return cells.keySet().stream()
        .flatMap(work -> work.units().stream())
        .anyMatch(unit -> !closed.contains(unit));
  }

  /** A range that is free now, if possible of the cell whose network is open. */
  private Optional<Lease> next() {
    List<WorkCell> order = new ArrayList<>(cells.keySet());
    writer
        .openCell()
        .ifPresent(
            work -> {
              order.remove(work);
              order.add(0, work);
            });
    for (WorkCell work : order) {
      for (WorkUnit unit : work.units()) {
        if (!closed.contains(unit) && !isFinished(unit)) {
          Optional<Lease> lease = leases.take(unit);
          if (lease.isPresent() && !isFinished(unit)) {
            return lease;
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean isFinished(WorkUnit unit) {
    boolean is = folder.isFinished(unit);
    if (is && closed.add(unit)) {
      framesDone += unit.range().size();
      progress.step(framesDone, work(unit).title());
    }
    return is;
  }

  private void measure(Lease lease) {
    WorkUnit unit = lease.unit();
    WorkCell work = work(unit);
    try {
      RangeWriter.End end =
          writer.measure(
              lease,
              work,
              cells.get(work),
              done -> progress.step(framesDone + Math.min(done, unit.range().size()), title(unit)));
      switch (end) {
        case WRITTEN -> finished++;
        case TAKEN_OVER -> takenOver++;
      }
    } catch (RangeWriter.NotOpened e) {
      closed.addAll(work.units()); // others may be able to
      fail(lease, e);
    } catch (BadInputException | UnavailableException e) {
      closed.add(unit);
      fail(lease, e);
    }
  }

  private void fail(Lease lease, RuntimeException why) {
    failures.put(lease.unit(), why.getMessage());
    folder.noteFailure(lease.unit(), settings.name(), why.getMessage());
    leases.giveBack(lease);
  }
}
