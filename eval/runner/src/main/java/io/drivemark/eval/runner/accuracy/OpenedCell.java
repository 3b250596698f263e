package io.drivemark.eval.runner.accuracy;

import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.inference.InferencePipeline;
import io.drivemark.eval.runner.inference.cue.CuedPipeline;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.plan.CuedCells;
import java.util.Optional;

/**
 * A cell whose network is open, with what is around it. For one thread; closing twice is harmless.
 */
public final class OpenedCell implements AutoCloseable {
  private final InferencePipeline network;
  private final Optional<CuedPipeline> cued;

  private OpenedCell(InferencePipeline network, Optional<CuedPipeline> cued) {
    this.network = network;
    this.cued = cued;
  }

  /**
   * Opens a cell.
   *
   * @throws io.drivemark.problem.BadInputException if the engine cannot run a network, or a cue
   *     does not fit what is inside of it
   * @throws io.drivemark.problem.UnavailableException if the engine cannot run here
   */
  public static OpenedCell open(Cell cell) {
    if (cell.cues().isPresent()) {
      CuedPipeline cued = CuedCells.open(cell, NanoClock.SYSTEM);
      return new OpenedCell(cued.network(), Optional.of(cued));
    }
    return new OpenedCell(cell.open(), Optional.empty());
  }

  /** What its networks answer on a fixed frame, see {@link InferencePipeline#canary}. */
  public String canary() {
    return cued.isPresent() ? cued.get().canary() : network.canary();
  }

  /** The network itself. */
  InferencePipeline network() {
    return network;
  }

  /** The network with its cues; empty where it has none. */
  Optional<CuedPipeline> cued() {
    return cued;
  }

  @Override
  public void close() {
    if (cued.isPresent()) {
      cued.get().close();
    } else {
      network.close();
    }
  }
}
