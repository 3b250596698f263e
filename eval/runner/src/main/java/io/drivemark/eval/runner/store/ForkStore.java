package io.drivemark.eval.runner.store;

import io.drivemark.eval.runner.derive.Speeds;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.TimedRuns;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.cue.CueFacts;
import io.drivemark.eval.runner.record.fork.ForkTimes;
import io.drivemark.eval.runner.record.json.ForkJson;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads what a fresh process timed again, checking it. A fork's folder has {@value #TIMES} and
 * below {@code cells} a folder of runs for each cell, with the names that the study's own folder
 * has. Stateless.
 */
public final class ForkStore {
  /** What is to be timed. */
  public static final String PLAN = "fork.json";

  /** What was timed; written last, so a fork that has it is whole. */
  public static final String TIMES = "times.json";

  private ForkStore() {}

  /**
   * The times of a fork; each speed is derived from its runs again.
   *
   * @throws BadInputException if there are none, one is damaged, or a speed is not what its runs
   *     give
   */
  public static ForkTimes read(Path fork) {
    Path file = fork.resolve(TIMES);
    ForkTimes times = ForkJson.readTimes(file);
    for (ForkTimes.CellTimes cell : times.cells()) {
      Path folder = FolderBelow.resolve(file.toString(), fork, cell.folder());
      TimedRuns runs = TimedRuns.read(folder.resolve(Evidence.LATENCY));
      Speed said = cell.speed();
      boolean same =
          Speeds.endToEnd(runs).equals(said.endToEnd())
              && Speeds.engine(runs).equals(said.model())
              && Speeds.millis(runs.endToEnd()).equals(said.endToEndSamplesMs())
              && Speeds.millis(runs.engine()).equals(said.modelSamplesMs());
      if (!same) {
        throw new BadInputException(
            file
                + ": the latency of "
                + cell.folder()
                + " is not what its timed runs give; remove the folder "
                + fork
                + " to time it again");
      }
    }
    return times;
  }

  /**
   * The study's result as this fork saw it: its entries that were timed again, with the fork's
   * speeds, its times of day and its environment.
   *
   * @param study what the fork was made for
   * @throws BadInputException as {@link #read}
   */
  public static StudyResult read(Path fork, StudyResult study) {
    return result(read(fork), study);
  }

  /** The same of times that are read already. */
  public static StudyResult result(ForkTimes times, StudyResult study) {
    Map<String, Speed> speeds =
        times.cells().stream()
            .collect(Collectors.toMap(ForkTimes.CellTimes::folder, ForkTimes.CellTimes::speed));
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : study.entries()) {
      Optional.ofNullable(speeds.get(entry.folder()))
          .ifPresent(
              speed ->
                  entries.add(
                      entry
                          .withSpeed(Optional.of(speed))
                          .withCues(entry.cues().map(CueFacts::withoutTiming))));
    }
    return new StudyResult(
        times.started(),
        times.finished(),
        study.study(),
        times.environment(),
        entries,
        times.issues());
  }
}
