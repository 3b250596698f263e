package io.drivemark.eval.runner.shard;

import io.drivemark.eval.runner.accuracy.RangePass;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.shard.ShardWorker.Settings;
import io.drivemark.eval.runner.shard.ShardWorker.Step;
import io.drivemark.eval.runner.shard.lease.Heartbeat;
import io.drivemark.eval.runner.shard.lease.Lease;
import io.drivemark.eval.runner.shard.lease.WorkUnit;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Measures a range under a lease and writes what it found, if no other worker has the range by
 * then. One network is open at a time, as long as ranges are of its cell. For one thread.
 */
final class RangeWriter implements AutoCloseable {
  private final ShardFolder folder;
  private final Settings settings;
  private final Duration silence;
  private Optional<OpenCell> open = Optional.empty();

  /** What came of a range. */
  enum End {
    /** What was found is there for all. */
    WRITTEN,
    /** Another worker has the range; what was found is not needed. */
    TAKEN_OVER
  }

  /** A cell cannot be measured on this machine. */
  static final class NotOpened extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotOpened(RuntimeException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** Ends a pass whose range another worker has. */
  private static final class TakenOver extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param silence how long the holder of a lease may say nothing
   */
  RangeWriter(ShardFolder folder, Settings settings, Duration silence) {
    this.folder = folder;
    this.settings = settings;
    this.silence = silence;
  }

  /** The cell whose network is open. */
  Optional<WorkCell> openCell() {
    return open.map(OpenCell::work);
  }

  /**
   * Measures a range.
   *
   * @param work the cell that it is of
   * @param cell the same on this machine
   * @param done receives the number of frames the network has seen
   * @throws NotOpened if the cell cannot be opened here, or answers otherwise than on other
   *     machines
   * @throws BadInputException if the network's output cannot be used
   * @throws UnavailableException if the engine fails, or the folder cannot be written
   */
  End measure(Lease lease, WorkCell work, Cell cell, IntConsumer done) {
    settings.watch().at(Step.LEASED, lease.unit());
    try (Heartbeat heart = new Heartbeat(settings.leases(), lease, silence)) {
      OpenCell opened = opened(work, cell);
      RangePass.Found found =
          RangePass.run(
              cell,
              opened.opened(),
              lease.unit().range(),
              work.around(),
              frames -> {
                if (heart.lost()) {
                  throw new TakenOver();
                }
                done.accept(frames);
              });
      settings.watch().at(Step.MEASURED, lease.unit());
      return deliver(lease, work, found);
    } catch (TakenOver e) {
      return End.TAKEN_OVER;
    } catch (BadInputException | UnavailableException e) {
      Closer.after(e, this); // an engine that failed may be in any state
      throw e;
    }
  }

  private OpenCell opened(WorkCell work, Cell cell) {
    if (openCell().filter(work::equals).isEmpty()) {
      close();
      try {
        open = Optional.of(OpenCell.open(work, cell, folder));
      } catch (BadInputException | UnavailableException e) {
        throw new NotOpened(e);
      }
    }
    return open.get();
  }

  /**
   * Writes what was found. What a late worker found changes nothing, unless it contradicts what
   * others wrote: then it is a witness.
   */
  private End deliver(Lease lease, WorkCell work, RangePass.Found found) {
    WorkUnit unit = lease.unit();
    Path part = folder.part(unit, settings.name());
    found.files().accept(part);
    String digest = ShardFile.write(part, facts(lease, work, found), found.rows());
    settings.watch().at(Step.WRITTEN, unit);
    List<Path> others = folder.shards(unit);
    boolean alike = others.stream().anyMatch(path -> path.toString().endsWith("-" + digest));
    boolean late = !settings.leases().holds(lease);
    settings.watch().at(Step.ASKED, unit);
    if (alike || late && others.isEmpty()) {
      folder.discard(part);
      return End.TAKEN_OVER;
    }
    boolean first = folder.publish(part, unit, digest);
    settings.watch().at(Step.PUBLISHED, unit);
    return first ? End.WRITTEN : End.TAKEN_OVER;
  }

  private ShardFacts facts(Lease lease, WorkCell work, RangePass.Found found) {
    return new ShardFacts(
        lease.unit(),
        work.key(),
        settings.name(),
        lease.token(),
        settings.environment(),
        found.canary(),
        found.reading(),
        found.notes(),
        found.issues(),
        found.time());
  }

  @Override
  public void close() {
    Optional<OpenCell> closing = open;
    open = Optional.empty();
    closing.ifPresent(OpenCell::close);
  }
}
