package io.drivemark.eval.runner.shard;

import io.drivemark.eval.runner.accuracy.OpenedCell;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import java.nio.file.Path;

/**
 * A cell whose network is open, for one range after the other. It is opened only where this machine
 * answers the canary like those that have measured the cell before. For one thread.
 */
final class OpenCell implements AutoCloseable {
  private final WorkCell work;
  private final OpenedCell opened;

  private OpenCell(WorkCell work, OpenedCell opened) {
    this.work = work;
    this.opened = opened;
  }

  /**
   * Opens a cell.
   *
   * @throws BadInputException if the engine cannot run the network, another worker's answer to the
   *     canary is another one, or what another worker wrote is damaged
   * @throws io.drivemark.problem.UnavailableException if the engine fails
   */
  static OpenCell open(WorkCell work, Cell cell, ShardFolder folder) {
    OpenedCell opened = OpenedCell.open(cell);
    try {
      String canary = opened.canary();
      for (Path shard : folder.shards(work.folder())) {
        ShardFacts other = ShardFile.facts(shard);
        if (!other.canary().equals(canary)) {
          throw new BadInputException(
              "this machine's numerics are not those of "
                  + other.who()
                  + ": on the canary frame it answers "
                  + canary
                  + ", that one "
                  + other.canary()
                  + "; let machines of one kind measure a cell, or remove "
                  + shard
                  + " if that one is wrong");
        }
      }
      return new OpenCell(work, opened);
    } catch (RuntimeException e) {
      Closer.after(e, opened);
      throw e;
    }
  }

  WorkCell work() {
    return work;
  }

  OpenedCell opened() {
    return opened;
  }

  @Override
  public void close() {
    opened.close();
  }
}
