package io.drivemark.eval.runner.timing.soak;

import io.drivemark.datasets.Sample;
import io.drivemark.eval.latency.NanoClock;
import io.drivemark.eval.runner.derive.driving.Soaks;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.TimedRuns;
import io.drivemark.eval.runner.evidence.driving.SoakRuns;
import io.drivemark.eval.runner.inference.InferencePipeline;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.store.Ledger;
import io.drivemark.eval.runner.study.driving.DrivingSpec;
import io.drivemark.eval.runner.tasks.Allowance;
import io.drivemark.eval.streaming.CameraClock;
import io.drivemark.eval.streaming.Feed;
import io.drivemark.eval.streaming.RunTimes;
import io.drivemark.eval.streaming.Schedule;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs each network with a latency alone at the pace of the study's first camera, by its first
 * policy, for as long as the study says, and keeps when each picture was answered. Nothing is timed
 * for boards: between pictures the processor rests, which latencies know nothing of. Runs that an
 * earlier study kept under the same conditions on this machine are taken as they are. For one
 * thread.
 */
public final class SoakStage {
  /** Consecutive pictures that are shown over and over; kept in memory. */
  private static final int PICTURES = 64;

  /** As after a switch in a rotation. */
  private static final int UNTIMED = 3;

  private record Open(Cell cell, SoakRuns.Setting setting) {}

  private final DrivingSpec spec;
  private final Ledger ledger;
  private final Path out;
  private final String machine;
  private final NanoClock clock;
  private final Progress progress;
  private final Allowance allowance;

  /**
   * @param out the output folder
   * @param machine its fingerprint
   * @param allowance asked before each network
   */
  public SoakStage(
      DrivingSpec spec,
      Ledger ledger,
      Path out,
      String machine,
      NanoClock clock,
      Progress progress,
      Allowance allowance) {
    this.spec = spec;
    this.ledger = ledger;
    this.out = out;
    this.machine = machine;
    this.clock = clock;
    this.progress = progress;
    this.allowance = allowance;
  }

  /** Runs what is not there yet; nothing to do where the study does not ask. */
  public void measure(List<Cell> cells) {
    List<Open> open = new ArrayList<>();
    for (Cell cell : cells) {
      setting(cell)
          .filter(setting -> !isKept(cell, setting))
          .ifPresent(setting -> open.add(new Open(cell, setting)));
    }
    if (open.isEmpty()) {
      return;
    }
    progress.begin("at the camera's pace", open.size());
    long done = 0;
    for (Open one : open) {
      Cell cell = one.cell();
      progress.step(done++, cell.title());
      Optional<String> refusal = allowance.refusal(Allowance.Work.LATENCY);
      try {
        if (refusal.isPresent()) {
          ledger.addIssue(cell, "not run at the camera's pace: " + refusal.get());
        } else {
          SoakRuns runs = run(cell, one.setting());
          ledger.addEvidence(cell, SoakRuns.FILE, runs::write);
        }
      } catch (BadInputException | UnavailableException failure) {
        ledger.addIssue(cell, "not run at the camera's pace: " + failure.getMessage());
      }
    }
    progress.end();
  }

  /** How a cell is to run; empty where it was not driven, or has no latency to be held against. */
  private Optional<SoakRuns.Setting> setting(Cell cell) {
    boolean timed =
        ledger.stored(cell).isPresent()
            && ledger.entry(cell).accuracy().isPresent()
            && ledger.entry(cell).speed().isPresent();
    return timed
        ? cell.clips().flatMap(clips -> Soaks.asked(clips.sheet().rate(), spec, machine))
        : Optional.empty();
  }

  private boolean isKept(Cell cell, SoakRuns.Setting setting) {
    Path folder = folder(cell);
    if (!SoakRuns.isThere(folder) || !SoakRuns.read(folder).setting().equals(setting)) {
      return false;
    }
    ledger.addEvidence(cell, SoakRuns.FILE, path -> {}); // a killed run may have left it unrecorded
    return true;
  }

  private Path folder(Cell cell) {
    return out.resolve(ledger.entry(cell).folder());
  }

  private SoakRuns run(Cell cell, SoakRuns.Setting setting) {
    TimedRuns timed = TimedRuns.read(folder(cell).resolve(Evidence.LATENCY));
    List<Sample> samples = cell.frames().firstReadable(PICTURES);
    int every =
        CameraClock.of(cell.clips().orElseThrow().sheet().rate(), setting.camera(), 0).every();
    try (InferencePipeline pipeline = cell.open()) {
      PacedNetwork network = new PacedNetwork(pipeline, cell, samples, every, clock);
      network.warmUp(UNTIMED);
      long mean = RunTimes.of(timed.endToEnd(), 1, 0, 1).meanNanos();
      Feed feed = Feed.of(setting.clock(), setting.pictures());
      network.begin();
      Schedule schedule = Schedule.of(feed, setting.policy(), network, mean, setting.served());
      return new SoakRuns(setting, schedule.answers());
    }
  }
}
