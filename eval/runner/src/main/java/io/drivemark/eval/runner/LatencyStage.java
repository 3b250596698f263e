package io.drivemark.eval.runner;

import io.drivemark.eval.latency.LatencyProtocol;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures the speed of a dataset's cells, rotation by rotation. What a rotation found is kept when
 * it ends, so a killed run goes on with the next. For one thread.
 */
final class LatencyStage {
  private final Ledger ledger;
  private final LatencyProtocol protocol;
  private final int sessions;
  private final String fingerprint;
  private final NanoClock clock;
  private final Progress progress;

  /**
   * @param sessions how many may be open together
   * @param fingerprint of the machine
   */
  LatencyStage(
      Ledger ledger,
      LatencyProtocol protocol,
      int sessions,
      String fingerprint,
      NanoClock clock,
      Progress progress) {
    this.ledger = ledger;
    this.protocol = protocol;
    this.sessions = sessions;
    this.fingerprint = fingerprint;
    this.clock = clock;
    this.progress = progress;
  }

  /** Measures the finished cells of one dataset whose speed is not known yet. */
  void measure(List<Cell> dataset) {
    List<Cell> cells = dataset.stream().filter(c -> ledger.stored(c).isPresent()).toList();
    if (cells.isEmpty()) {
      return; // there are issues in their place
    }
    List<List<Cell>> rotations = Rotations.of(cells, sessions);
    boolean split = rotations.size() > 1;
    for (int i = 0; i < rotations.size(); i++) {
      String task = split ? "latency, rotation " + (i + 1) + " of " + rotations.size() : "latency";
      measure(rotations.get(i), split, task);
    }
  }

  private void measure(List<Cell> rotation, boolean split, String task) {
    List<Cell> open = new ArrayList<>();
    for (Cell cell : rotation) {
      if (ledger
          .stored(cell)
          .orElseThrow()
          .latencyKey()
          .filter(key(cell, split)::equals)
          .isPresent()) {
        ledger.reuseSpeed(cell);
      } else {
        open.add(cell);
      }
    }
    if (open.isEmpty()) {
      return;
    }
    Map<String, Cell> candidates = new LinkedHashMap<>();
    Cell reference = rotation.get(0);
    candidates.put(ledger.folder(reference), reference);
    open.forEach(cell -> candidates.put(ledger.folder(cell), cell));
    Map<String, LatencyRotation.Measured> measured;
    try {
      measured =
          LatencyRotation.measure(
              candidates, protocol, fingerprint, clock, new Named(task, progress));
    } catch (BadInputException | UnavailableException e) {
      open.forEach(cell -> ledger.addIssue(cell, "latency not measured: " + e.getMessage()));
      return;
    }
    for (Cell cell : open) {
      LatencyRotation.Measured m = measured.get(ledger.folder(cell));
      ledger.addSpeed(cell, key(cell, split), m.timings(), m.speed());
    }
  }

  /**
   * What a cell's latency depends on, besides what its accuracy does. How many sessions may be open
   * is part of it where that splits the dataset's cells; else all are open together.
   */
  private String key(Cell cell, boolean split) {
    return Digests.of(
        "drivemark-latency/1\ncell="
            + ledger.stored(cell).orElseThrow().key()
            + "\nmachine="
            + fingerprint
            + "\nprotocol="
            + protocol
            + (split ? "\nsessions=" + sessions : "")
            + "\n");
  }

  /**
   * A progress with the name of the rotation instead of the task's own.
   *
   * @param name shown for the task
   */
  private record Named(String name, Progress progress) implements Progress {
    @Override
    public void begin(String task, long steps) {
      progress.begin(name, steps);
    }

    @Override
    public void step(long done, String detail) {
      progress.step(done, detail);
    }

    @Override
    public void end() {
      progress.end();
    }
  }
}
