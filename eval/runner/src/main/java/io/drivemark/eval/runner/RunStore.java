package io.drivemark.eval.runner;

import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.ResultsJson;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.List;

/** Reads what {@link Runner} wrote, checking it. Stateless. */
public final class RunStore {
  private RunStore() {}

  /**
   * The results in an output folder, each entry checked against its cell: accuracy and latency are
   * derived from the evidence again.
   *
   * @throws BadInputException if there are none, or an entry is not what its cell's evidence gives
   */
  public static StudyResult read(Path out) {
    Path file = out.resolve(Runner.RESULTS);
    StudyResult result = ResultsJson.read(file);
    for (Entry entry : result.entries()) {
      if (entry.folder().isEmpty()) {
        continue;
      }
      Entry cell = CellStore.read(out.resolve(entry.folder())).entry();
      boolean same =
          cell.accuracy().equals(entry.accuracy())
              && cell.perImage().equals(entry.perImage())
              && (entry.speed().isEmpty() || entry.speed().equals(cell.speed()));
      if (!same) {
        throw new BadInputException(
            file
                + ": entry "
                + entry.model().name()
                + " is not what its cell "
                + entry.folder()
                + " says; run the study again to write it anew");
      }
    }
    List<Entry> anew = Differences.added(result.entries(), out);
    for (int i = 0; i < anew.size(); i++) {
      Entry told = result.entries().get(i);
      if (!told.differences().isEmpty() && !told.differences().equals(anew.get(i).differences())) {
        throw new BadInputException(
            file
                + ": entry "
                + told.model().name()
                + " differs otherwise from its parent and siblings than their counts say; run the"
                + " study again to write it anew");
      }
    }
    return new StudyResult(
        result.started(),
        result.finished(),
        result.study(),
        result.environment(),
        anew,
        result.findings());
  }
}
