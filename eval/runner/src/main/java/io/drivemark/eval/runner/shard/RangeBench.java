package io.drivemark.eval.runner.shard;

import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.shard.ShardWorker.Settings;
import io.drivemark.eval.runner.shard.lease.Lease;
import io.drivemark.eval.runner.shard.lease.Leases;
import io.drivemark.eval.runner.shard.lease.WorkUnit;
import io.drivemark.eval.runner.shard.lease.WorkerClock;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Measures single ranges that somebody else hands out, for a system that has its own way of sharing
 * work: there are no leases, and what was found comes back as bytes, for a {@link ShardDesk}. One
 * network is open at a time and stays open for the next range of its cell. For one thread; closing
 * twice is harmless.
 */
public final class RangeBench implements AutoCloseable {
  private final WorkList list;
  private final OwnCells own;
  private final ShardFolder folder;
  private final RangeWriter writer;

  /** Whoever was handed a range has it; who else has it does no harm, what is found is compared. */
  private static final class HandedOut implements Leases {
    @Override
    public Optional<Lease> take(WorkUnit unit) {
      return Optional.of(new Lease(unit, 1));
    }

    @Override
    public void renew(Lease lease) {}

    @Override
    public void giveBack(Lease lease) {}

    @Override
    public boolean holds(Lease lease) {
      return true;
    }
  }

  /**
   * @param folder of its own, with the work list
   * @param all the cells of this machine
   * @param name which no other one has: letters, digits, dots and dashes
   * @param environment of this machine
   */
  public RangeBench(
      Path folder, WorkList list, List<Cell> all, String name, Environment environment) {
    this.list = list;
    this.own = new OwnCells(list, all);
    this.folder = new ShardFolder(folder);
    this.writer =
        new RangeWriter(
            this.folder,
            new Settings(
                name, environment, new HandedOut(), WorkerClock.SYSTEM, false, (step, unit) -> {}),
            list.silence());
  }

  /** The folder of the cell whose network is open, as units name it. */
  public Optional<String> openCell() {
    return writer.openCell().map(WorkCell::folder);
  }

  /**
   * Measures a range.
   *
   * @param token which time it is handed out, from 1
   * @param done receives the number of frames the network has seen
   * @return the files of the shard
   * @throws BadInputException if this machine cannot measure its cell, or the network's output
   *     cannot be used
   * @throws UnavailableException if the engine fails; the message names the frame
   */
  public byte[] measure(WorkUnit unit, long token, IntConsumer done) {
    WorkCell work = list.cell(unit.cell());
    Cell cell = own.cells().get(work);
    if (cell == null) {
      throw new BadInputException(own.refusal(work));
    }
    folder.shards(unit).forEach(folder::discard); // of a time before that was broken off
    try {
      writer.measure(new Lease(unit, token), work, cell, done);
    } catch (RangeWriter.NotOpened e) {
      throw new BadInputException(e.getMessage(), e);
    }
    Path shard = folder.shards(unit).get(0);
    byte[] packed = PackedFiles.all(shard);
    folder.discard(shard);
    return packed;
  }

  @Override
  public void close() {
    writer.close();
  }
}
