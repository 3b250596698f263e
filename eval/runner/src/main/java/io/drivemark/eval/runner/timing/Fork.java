package io.drivemark.eval.runner.timing;

import io.drivemark.eval.latency.LatencyProtocol;
import io.drivemark.eval.runner.environment.Machine;
import io.drivemark.eval.runner.evidence.Measurement;
import io.drivemark.eval.runner.plan.Cell;
import io.drivemark.eval.runner.plan.Plan;
import io.drivemark.eval.runner.plan.Sources;
import io.drivemark.eval.runner.record.Environment;
import io.drivemark.eval.runner.record.fork.ForkPlan;
import io.drivemark.eval.runner.record.fork.ForkTimes;
import io.drivemark.eval.runner.record.fork.ForkTimes.CellTimes;
import io.drivemark.eval.runner.record.json.ForkJson;
import io.drivemark.eval.runner.store.CellStore;
import io.drivemark.eval.runner.store.ForkStore;
import io.drivemark.eval.runner.store.RunLock;
import io.drivemark.eval.runner.study.LatencySpec;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.Closer;
import io.drivemark.problem.Progress;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Times cells of a finished study again, without accuracy, into a folder of its own. Run in a fresh
 * process it shows what differs between processes, which the blocks of one process cannot. Killed,
 * it begins anew: what counts is written last. For one thread.
 */
public final class Fork {
  private final Path folder;
  private final Sources sources;
  private final Supplier<Instant> now;
  private final Progress progress;
  private final List<String> issues = new ArrayList<>();
  private final Map<String, CellTimes> times = new LinkedHashMap<>();

  /**
   * @param folder holds {@value ForkStore#PLAN}
   * @param now the time of day
   */
  public Fork(Path folder, Sources sources, Supplier<Instant> now, Progress progress) {
    this.folder = folder;
    this.sources = sources;
    this.now = now;
    this.progress = progress;
  }

  /** Writes what a fork is to do. */
  public static void prepare(Path folder, ForkPlan plan) {
    ForkJson.write(folder.resolve(ForkStore.PLAN), plan);
  }

  /**
   * Times what the plan in the folder says. A cell that cannot be timed is an issue; the others go
   * on.
   *
   * @throws BadInputException if there is no plan, it names what cannot be used, or another process
   *     writes into the folder
   * @throws UnavailableException if the folder cannot be written
   */
  public ForkTimes run() {
    Path file = folder.resolve(ForkStore.PLAN);
    ForkPlan wanted = ForkJson.readPlan(file);
    try (Closer open = new Closer()) {
      open.add(RunLock.take(folder));
      Instant started = now.get().truncatedTo(ChronoUnit.SECONDS);
      Study study = Study.parse(file + ", study", wanted.study());
      LatencySpec spec =
          study
              .latency()
              .orElseThrow(() -> new BadInputException(file + ": its study measures no latency"));
      Plan plan = Plan.of(study, List.of(), sources);
      Map<String, Cell> cells = new LinkedHashMap<>();
      Map<String, String> libraries = new TreeMap<>();
      for (Cell cell : plan.cells()) {
        String name = cell.folderName(Cell.key(cell.spec()));
        cells.put(CellStore.FOLDER + "/" + name, cell);
        cell.engineVersion().ifPresent(version -> libraries.put(cell.engine().name(), version));
      }
      Environment environment = Machine.environment(libraries);
      LatencyProtocol protocol = LatencyProtocol.of(spec.runs(), wanted.seed());
      for (List<String> rotation : wanted.rotations()) {
        measure(rotation, cells, protocol, environment.fingerprint());
      }
      ForkTimes found =
          new ForkTimes(
              started,
              now.get().truncatedTo(ChronoUnit.SECONDS),
              environment.withLoadAfter(Machine.load()),
              List.copyOf(times.values()),
              issues);
      ForkJson.write(folder.resolve(ForkStore.TIMES), found);
      return found;
    }
  }

  private void measure(
      List<String> rotation, Map<String, Cell> cells, LatencyProtocol protocol, String machine) {
    Map<String, Cell> open = new LinkedHashMap<>();
    for (String name : rotation) {
      Cell cell = cells.get(name);
      if (cell == null) {
        issues.add(
            name + ": not timed: what its numbers depend on is not what it was when the study ran");
      } else {
        open.put(name, cell);
      }
    }
    if (!open.containsKey(rotation.get(0))) {
      issues.add(rotation.get(0) + ": its rotation was not timed, for it is the reference");
      return;
    }
    LatencyRotation.Outcome outcome;
    try {
      outcome = LatencyRotation.measure(open, protocol, machine, sources.clock(), progress);
    } catch (BadInputException | UnavailableException e) {
      issues.add(rotation.get(0) + ": its rotation was not timed: " + e.getMessage());
      return;
    }
    outcome.failures().forEach((name, e) -> issues.add(name + ": not timed: " + e.getMessage()));
    outcome.measured().forEach(this::keep);
  }

  /** The reference is in several rotations; its times are those of the first, as in a study. */
  private void keep(String name, LatencyRotation.Measured measured) {
    if (times.containsKey(name)) {
      return;
    }
    Measurement runs = measured.runs();
    Path cell = folder.resolve(name);
    try {
      Files.createDirectories(cell);
    } catch (IOException e) {
      throw new UnavailableException(cell + ": cannot be made: " + e.getMessage(), e);
    }
    runs.write(cell);
    times.put(name, new CellTimes(name, measured.speed()));
  }
}
