package io.drivemark.cli;

import io.drivemark.eval.decide.select.Entrants;
import io.drivemark.eval.history.MachineKey;
import io.drivemark.eval.history.night.NightFolder;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.ForkStore;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a selection's studies come from: folders of finished runs or nights, each with what fresh
 * processes timed again below {@code forks}. Stateless.
 */
final class SelectStudies {
  private SelectStudies() {}

  /**
   * Reads folders.
   *
   * @throws BadInputException if one was given twice, has no results, or is damaged
   */
  static List<Entrants.Study> of(List<Path> folders) {
    List<Path> real = new ArrayList<>();
    List<Entrants.Study> out = new ArrayList<>();
    for (int occasion = 0; occasion < folders.size(); occasion++) {
      Path folder = folders.get(occasion);
      Path place = folder.toAbsolutePath().normalize();
      if (real.contains(place)) {
        throw new BadInputException(
            folder + " was given twice: the same runs would count as two; give it once");
      }
      real.add(place);
      StudyResult result = RunStore.read(folder);
      out.add(study(folder, occasion, result));
      for (Path fork : forks(folder)) {
        StudyResult again = ForkStore.read(fork, result);
        out.add(study(fork, occasion, again));
      }
    }
    return out;
  }

  /** Two nights on one machine are of one scale, whatever was updated between them. */
  private static Entrants.Study study(Path folder, int occasion, StudyResult result) {
    return new Entrants.Study(
        folder.toString(),
        occasion,
        result.environment().fingerprint(),
        MachineKey.of(result.environment()).digest(),
        folder,
        result.entries());
  }

  /** The forks that are whole, in the order of their names. */
  private static List<Path> forks(Path folder) {
    Path all = folder.resolve(NightFolder.FORKS);
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(all)) {
      return found.filter(f -> Files.isRegularFile(f.resolve(ForkStore.TIMES))).sorted().toList();
    } catch (IOException e) {
      throw new UnavailableException(all + ": cannot be listed: " + e.getMessage(), e);
    }
  }
}
