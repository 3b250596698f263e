package io.drivemark.eval.runner.store;

import io.drivemark.eval.runner.Runner;
import io.drivemark.eval.runner.derive.Differences;
import io.drivemark.eval.runner.derive.cue.CueViews;
import io.drivemark.eval.runner.derive.driving.Drivings;
import io.drivemark.eval.runner.record.Entry;
import io.drivemark.eval.runner.record.MiouDifference;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.eval.runner.study.Study;
import io.drivemark.eval.runner.study.driving.DrivingSpec;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what {@link Runner} wrote, checking it. Stateless. */
public final class RunStore {
  /** The file with the results, below the output folder. */
  public static final String RESULTS = "results.json";

  private RunStore() {}

  /**
   * The results in an output folder. Of each cell accuracy, intervals, slices, diagnosis and
   * latency are derived from its evidence again; each entry must have what its cell has: accuracy,
   * also by image, intervals, slices, diagnosis, cost, latency, issues, completeness, pictures,
   * engine, dataset, size and protocol. Differences from a parent follow from the counts again. Not
   * compared, because every run says them anew: facts of models, methods, notes, the study, its
   * findings and the environment.
   *
   * @throws BadInputException if there are none, an entry is not what its cell's evidence gives, or
   *     one names a cell outside of the folder
   */
  public static StudyResult read(Path out) {
    return readWithCells(out).result();
  }

  /**
   * Results with the cells that they come from. Immutable.
   *
   * @param cells by the folders that entries name; entries without results have none
   */
  public record Checked(StudyResult result, Map<String, CellStore.Stored> cells) {
    public Checked {
      cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
    }
  }

  /**
   * As {@link #read}, with the cells.
   *
   * @throws BadInputException as {@link #read}
   */
  public static Checked readWithCells(Path out) {
    Map<String, CellStore.Stored> cells = new LinkedHashMap<>();
    Path file = out.resolve(RESULTS);
    StudyResult result = ResultsJson.read(file);
    List<Entry> checked = new ArrayList<>();
    for (Entry entry : result.entries()) {
      if (entry.folder().isEmpty()) {
        if (EntryCheck.isMeasured(entry)) {
          throw new BadInputException(
              file
                  + ": entry "
                  + entry.model().name()
                  + " has results but names no cell that they come from; run the study again to"
                  + " write it anew");
        }
        checked.add(entry);
        continue;
      }
      Path folder = FolderBelow.resolve(file.toString(), out, entry.folder());
      CellStore.Stored cell = CellStore.read(folder);
      cells.put(entry.folder(), cell);
      EntryCheck.difference(entry, cell.entry())
          .ifPresent(
              part -> {
                throw new BadInputException(
                    file
                        + ": the "
                        + part
                        + " of entry "
                        + entry.model().name()
                        + " is not what its cell "
                        + entry.folder()
                        + " says; run the study again to write it anew");
              });
      checked.add(withDerived(entry, cell));
    }
    boolean drives = result.entries().stream().anyMatch(e -> e.driving().isPresent());
    Optional<DrivingSpec> driving =
        drives ? Study.parse(file.toString(), result.study()).driving() : Optional.empty();
    List<Entry> anew =
        CueViews.added(Drivings.added(Differences.added(checked, out), driving, out), out);
    for (int i = 0; i < anew.size(); i++) {
      Entry stored = result.entries().get(i);
      boolean labels =
          stored.differences().isEmpty() || agree(stored.differences(), anew.get(i).differences());
      if (!labels || !stored.depth().equals(anew.get(i).depth())) {
        throw new BadInputException(
            file
                + ": entry "
                + stored.model().name()
                + " differs otherwise from its parent and siblings than their counts say; run the"
                + " study again to write it anew");
      }
      if (!stored.cues().equals(anew.get(i).cues())) {
        throw new BadInputException(
            file
                + ": what entry "
                + stored.model().name()
                + " says of its cues is not what its runs, its latency and the counts of the network"
                + " inside give; run the study again to write it anew");
      }
      if (drives && !agree(stored, anew.get(i))) {
        throw new BadInputException(
            file
                + ": what entry "
                + stored.model().name()
                + " says of late answers is not what its counts and its latency give; run the study"
                + " again to write it anew");
      }
    }
    return new Checked(
        new StudyResult(
            result.started(),
            result.finished(),
            result.study(),
            result.environment(),
            anew,
            result.findings()),
        cells);
  }

  /** The entry with its cell's readings, and what stands as it was stored. */
  private static Entry withDerived(Entry entry, CellStore.Stored cell) {
    List<String> notes = new ArrayList<>(entry.notes());
    cell.notes().stream().filter(note -> !notes.contains(note)).forEach(notes::add);
    return entry.withReadings(cell.current().readings()).withNotes(notes);
  }

  /** What is said of late answers by later rules stands as it is. */
  private static boolean agree(Entry stored, Entry anew) {
    return stored.driving().isPresent() && anew.driving().isPresent()
        ? Drivings.agree(stored.driving().get(), anew.driving().get())
        : stored.driving().equals(anew.driving());
  }

  /** Whether they are the same, as far as the stored ones go: older programs wrote less of each. */
  private static boolean agree(List<MiouDifference> stored, List<MiouDifference> derived) {
    List<MiouDifference> older = derived.stream().map(MiouDifference::percentileOnly).toList();
    return stored.equals(derived) || stored.equals(older);
  }
}
