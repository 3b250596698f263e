package io.drivemark.eval.history.store.folder;

import io.drivemark.eval.history.Decision;
import io.drivemark.eval.history.judge.Verdict;
import io.drivemark.eval.history.judge.json.VerdictJson;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.history.night.NightJson;
import io.drivemark.eval.history.night.NightRecord;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.record.json.ResultsJson;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that a folder of a run or a night says to a store. Immutable.
 *
 * @param folder where it lies
 * @param run what the study itself measured
 * @param parts what further processes timed
 * @param verdict what the judge said of it, in the night's file
 * @param decisions what people said of it
 * @param missing files of evidence that are no longer there, relative to the folder
 */
public record FolderFacts(
    Path folder,
    RunFacts run,
    List<RunFacts> parts,
    Optional<Verdict> verdict,
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
    NightFolder night = new NightFolder(folder);
    if (!Files.isRegularFile(night.record())) {
      RunFolder run = RunFolder.read(folder);
      return new FolderFacts(
          folder,
          run.facts(),
          List.of(),
          Optional.empty(),
          DecisionFiles.read(folder),
          run.missing());
    }
    StudyResult result = ResultsJson.read(night.results());
    NightRecord record = NightJson.read(night.record());
    RunFolder run = RunFolder.night(folder, result, record);
    List<String> missing = new ArrayList<>(run.missing());
    List<RunFacts> processes = NightProcesses.of(night, result, record, missing);
    return new FolderFacts(
        folder,
        run.facts(),
        processes,
        verdict(night.verdict(), run.facts().uid()),
        DecisionFiles.read(folder),
        missing);
  }

  /** A verdict of what was measured before in this folder says nothing of what is in it now. */
  private static Optional<Verdict> verdict(Path file, String uid) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Verdict verdict;
    try {
      verdict = VerdictJson.read(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new UnavailableException(file + ": cannot be read: " + e.getMessage(), e);
    }
    return verdict.night().uid().equals(uid) ? Optional.of(verdict) : Optional.empty();
  }
}
