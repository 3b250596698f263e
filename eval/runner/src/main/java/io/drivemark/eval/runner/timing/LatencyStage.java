package io.drivemark.eval.runner.timing;

import io.drivemark.eval.latency.CandidateLatency;
import io.drivemark.eval.latency.LatencyProtocol;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.derive.FrameTimes;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.record.Cost;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.store.Ledger;
import io.drivemark.eval.runner.tasks.Allowance;
import io.drivemark.files.Digests;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Measures the speed of a dataset's cells, rotation by rotation. What a rotation found is kept when
 * it ends, so a killed run goes on with the next. For one thread.
 */
public final class LatencyStage {
  private final Ledger ledger;
  private final LatencyProtocol protocol;
  private final int sessions;
  private final String fingerprint;
  private final NanoClock clock;
  private final Progress progress;
  private final Allowance allowance;

  /**
   * @param sessions how many may be open together, the A-A control among them
   * @param fingerprint of the machine
   * @param allowance asked before each rotation
   */
  public LatencyStage(
      Ledger ledger,
      LatencyProtocol protocol,
      int sessions,
      String fingerprint,
      NanoClock clock,
      Progress progress,
      Allowance allowance) {
    this.ledger = ledger;
    this.protocol = protocol;
    this.sessions = sessions;
    this.fingerprint = fingerprint;
    this.clock = clock;
    this.progress = progress;
    this.allowance = allowance;
  }

  /** Measures the finished cells of one dataset whose speed is not known yet. */
  public void measure(List<Cell> dataset) {
    List<Cell> cells = new ArrayList<>(dataset);
    cells.removeIf(cell -> ledger.stored(cell).isEmpty()); // there are issues in their place
    Set<Cell> done = Collections.newSetFromMap(new IdentityHashMap<>());
    while (!cells.isEmpty()) {
      Optional<Cell> failed = rotations(cells, done);
      if (failed.isEmpty()) {
        return;
      }
      cells.removeIf(cell -> cell == failed.get()); // the next cell is the reference
    }
  }

  /**
   * Measures rotation by rotation.
   *
   * @param done what this run has dealt with
   * @return the reference, if it failed: rotations that are left need another
   */
  private Optional<Cell> rotations(List<Cell> cells, Set<Cell> done) {
    List<List<Cell>> rotations = Rotations.of(cells, sessions - 1); // one is the A-A control's
    boolean split = rotations.size() > 1;
    for (int i = 0; i < rotations.size(); i++) {
      String task = split ? "latency, rotation " + (i + 1) + " of " + rotations.size() : "latency";
      if (!measure(rotations.get(i), done, split, task)) {
        return Optional.of(cells.get(0));
      }
    }
    return Optional.empty();
  }

  /** Measures one rotation; false if its reference failed. */
  private boolean measure(List<Cell> rotation, Set<Cell> done, boolean split, String task) {
    List<Cell> open = new ArrayList<>();
    for (Cell cell : rotation) {
      if (done.contains(cell)) {
        continue;
      }
      if (ledger
          .stored(cell)
          .orElseThrow()
          .latencyKey()
          .filter(key(cell, split)::equals)
          .isPresent()) {
        ledger.reuseSpeed(cell);
        done.add(cell);
      } else {
        open.add(cell);
      }
    }
    if (open.isEmpty()) {
      return true;
    }
    Optional<String> refusal = allowance.refusal(Allowance.Work.LATENCY);
    if (refusal.isPresent()) {
      for (Cell cell : open) {
        ledger.addIssue(cell, "latency not measured: " + refusal.get());
        done.add(cell);
      }
      return true;
    }
    Map<String, Cell> candidates = new LinkedHashMap<>();
    Cell reference = rotation.get(0);
    candidates.put(ledger.folder(reference), reference);
    open.forEach(cell -> candidates.put(ledger.folder(cell), cell));
    LatencyRotation.Outcome outcome;
    try {
      outcome =
          LatencyRotation.measure(
              candidates, protocol, fingerprint, clock, new Named(task, progress));
    } catch (BadInputException | UnavailableException e) {
      String what =
          done.add(reference) ? "latency not measured: " : "not timed as reference of a rotation: ";
      ledger.addIssue(reference, what + e.getMessage());
      return false;
    }
    for (Cell cell : open) {
      String folder = ledger.folder(cell);
      LatencyRotation.Measured m = outcome.measured().get(folder);
      if (m == null) {
        String why = outcome.failures().get(folder).getMessage();
        ledger.addIssue(cell, "latency not measured: " + why);
      } else {
        ledger.addSpeed(cell, key(cell, split), m.runs(), withFrames(cell, m));
      }
      done.add(cell);
    }
    return true;
  }

  /** The speed of a cell with the times of single frames where they cost differently. */
  private Speed withFrames(Cell cell, LatencyRotation.Measured m) {
    Optional<Cost.Work> work = ledger.stored(cell).orElseThrow().entry().cost().flatMap(Cost::work);
    Optional<CandidateLatency> allLive = m.runs().allLive();
    if (work.isEmpty() || allLive.isEmpty()) {
      return m.speed();
    }
    return FrameTimes.of(
            m.form(),
            m.runs().runs().engine(),
            m.runs().frames(),
            work.get(),
            allLive.get().endToEnd(),
            allLive.get().engine(),
            m.runs().masked().map(CandidateLatency::engine))
        .map(m.speed()::withByFrame)
        .orElse(m.speed());
  }

  /**
   * What a cell's latency depends on, besides what its accuracy does. How many sessions may be open
   * is part of it where that splits the dataset's cells; else all are open together. Until version
   * 2 the length of the warm-up decided which frame the timed runs began with.
   */
  private String key(Cell cell, boolean split) {
    return Digests.of(
        "drivemark-latency/3\ncell="
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
