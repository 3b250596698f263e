package io.drivemark.eval.history.store.folder;

import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightRecord;
import io.drivemark.eval.history.store.folder.RunFacts.Kind;
import io.drivemark.eval.history.store.folder.RunFacts.RulerFacts;
import io.drivemark.eval.runner.derive.Speeds;
import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.eval.runner.evidence.TimedRuns;
import io.drivemark.eval.runner.record.Speed;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.fork.ForkTimes;
import io.drivemark.eval.runner.record.json.ForkJson;
import io.drivemark.eval.runner.store.FolderBelow;
import io.drivemark.eval.runner.store.ForkStore;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The further processes of a night, those of forks and those that confirm. Their single runs are
 * held against their files, where these are still there; intervals are not derived again, which
 * would take longer than all else. Stateless.
 */
final class NightProcesses {
  private NightProcesses() {}

  /**
   * All that ended.
   *
   * @param study what they timed again
   * @param record what is kept of the night besides: fixed work that was timed beside them
   * @param missing receives files that are no longer there, relative to the night's folder
   */
  static List<RunFacts> of(
      NightFolder night, StudyResult study, NightRecord record, List<String> missing) {
    List<RunFacts> out = new ArrayList<>();
    for (Path fork : night.finished(NightFolder.FORKS)) {
      out.add(process(night, fork, study, Kind.FORK, missing));
    }
    List<RulerFacts> rulers = NightRulers.ofConfirmation(record);
    for (Path confirmation : night.finished(NightFolder.CONFIRM)) {
      RunFacts facts = process(night, confirmation, study, Kind.CONFIRM, missing);
      out.add(facts.ofNight(facts.order(), facts.unquiet(), rulers));
      rulers = List.of(); // they stand with the first
    }
    return out;
  }

  private static RunFacts process(
      NightFolder night, Path folder, StudyResult study, Kind kind, List<String> missing) {
    Path file = folder.resolve(ForkStore.TIMES);
    ForkTimes times = ForkJson.readTimes(file);
    for (ForkTimes.CellTimes cell : times.cells()) {
      Path runs =
          FolderBelow.resolve(file.toString(), folder, cell.folder()).resolve(Evidence.LATENCY);
      if (!Files.exists(runs)) {
        missing.add(night.path().relativize(runs).toString().replace('\\', '/'));
      } else if (!same(TimedRuns.read(runs), cell.speed())) {
        throw new BadInputException(
            file
                + ": the timed runs of "
                + cell.folder()
                + " are not those of "
                + runs
                + "; remove the folder "
                + folder
                + " to time it again");
      }
    }
    int number = Integer.parseInt(folder.getFileName().toString());
    return RunFolder.again(folder, ForkStore.result(times, study), kind, number);
  }

  private static boolean same(TimedRuns runs, Speed speed) {
    return Speeds.millis(runs.endToEnd()).equals(speed.endToEndSamplesMs())
        && Speeds.millis(runs.engine()).equals(speed.modelSamplesMs());
  }
}
