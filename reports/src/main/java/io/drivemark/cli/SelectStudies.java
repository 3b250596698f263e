package io.drivemark.cli;

import io.drivemark.eval.decide.select.Entrants;
import io.drivemark.eval.runner.record.StudyResult;
import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.problem.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where a selection's studies come from: folders of finished runs or nights. Stateless. */
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
      out.add(new Entrants.Study(folder.toString(), occasion, folder, result.entries()));
    }
    return out;
  }
}
