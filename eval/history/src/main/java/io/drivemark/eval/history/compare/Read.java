package io.drivemark.eval.history.compare;

import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.CellCounts;
import io.drivemark.eval.runner.store.CellStore;
import io.drivemark.eval.runner.store.RunStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A result that was read, and checked as it was. Immutable.
 *
 * @param side which one
 * @param result all of it
 * @param cells by the folders that its entries name
 */
record Read(Side side, StudyResult result, Map<String, CellStore.Stored> cells) {
  /**
   * Reads an output folder.
   *
   * @param name how it was asked for
   * @throws io.drivemark.problem.BadInputException if it holds no results, or some that contradict
   *     themselves
   */
  static Read of(String name, Path folder) {
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
