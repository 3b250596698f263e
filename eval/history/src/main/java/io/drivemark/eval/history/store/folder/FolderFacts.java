package io.drivemark.eval.history.store.folder;

import io.drivemark.eval.history.Decision;
import java.nio.file.Path;
import java.util.List;

/**
 * All that a folder of a run or a night says to a store. Immutable.
 *
 * @param folder where it lies
 * @param run what the study itself measured
 * @param parts what further processes timed
 * @param decisions what people said of it
 * @param missing files of evidence that are no longer there, relative to the folder
 */
public record FolderFacts(
    Path folder,
    RunFacts run,
    List<RunFacts> parts,
    List<Decision> decisions,
    List<String> missing) {
  public FolderFacts {
    parts = List.copyOf(parts);
    decisions = List.copyOf(decisions);
    missing = List.copyOf(missing);
  }

  /**
   * Reads a folder.
   *
   * @throws io.drivemark.problem.BadInputException if something in it is damaged or contradicts
   *     itself
   */
  public static FolderFacts read(Path folder) {
    RunFolder run = RunFolder.read(folder);
    return new FolderFacts(
        folder, run.facts(), List.of(), DecisionFiles.read(folder), run.missing());
  }
}
