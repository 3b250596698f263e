package io.drivemark.eval.history.compare;

import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.CellCounts;
import io.drivemark.eval.runner.store.CellStore;
import io.drivemark.eval.runner.store.ForkStore;
import io.drivemark.eval.runner.store.RunStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A result that was read, and checked as it was. Immutable.
 *
 * @param side which one
 * @param result all of it
 * @param processes entries as each process timed them, those of the study itself first, then those
 *     of a night's forks
 * @param cells by the folders that its entries name
 */
record Read(
    Side side,
    StudyResult result,
    List<List<Entry>> processes,
    Map<String, CellStore.Stored> cells) {
  Read {
    processes = processes.stream().map(List::copyOf).toList();
  }

  /** A result that one process timed. */
  Read(Side side, StudyResult result, Map<String, CellStore.Stored> cells) {
    this(side, result, List.of(result.entries()), cells);
  }

  /**
   * Reads an output folder, of a night with what its forks timed.
   *
   * @param name how it was asked for
   * @throws io.drivemark.problem.BadInputException if it holds no results, or some that contradict
   *     themselves
   */
  static Read of(String name, Path folder) {
    Read study = study(name, folder);
    List<List<Entry>> processes = new ArrayList<>(study.processes());
    for (Path fork : new NightFolder(folder).finished(NightFolder.FORKS)) {
      StudyResult again = ForkStore.read(fork, study.result());
      // latencies of two machines never share a scale
      if (MachineKey.of(again.environment()).equals(study.side().machine())) {
        processes.add(again.entries());
      }
    }
    return new Read(study.side(), study.result(), processes, study.cells());
  }

  /** The same without forks. */
  static Read study(String name, Path folder) {
    RunStore.Checked read = RunStore.readWithCells(folder);
    StudyResult result = read.result();
    return new Read(
        new Side(
            name,
            folder,
            result.started(),
            MachineKey.of(result.environment()),
            result.environment()),
        result,
        read.cells());
  }

  /** The cell of an entry; empty where nothing was measured. */
  Optional<CellStore.Stored> cell(Entry entry) {
    return Optional.ofNullable(cells.get(entry.folder()));
  }

  CellCounts counts(Entry entry) {
    return CellCounts.of(side.folder(), entry);
  }
}
