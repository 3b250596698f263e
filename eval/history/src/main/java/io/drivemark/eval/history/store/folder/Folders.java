package io.drivemark.eval.history.store.folder;

import io.drivemark.eval.runner.store.RunStore;
import io.drivemark.problem.BadInputException;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where folders of runs and nights lie. Stateless. */
public final class Folders {
  private Folders() {}

  /**
   * The folders of runs and nights that are given: each itself, or those in it. Sorted by name
   * within each.
   *
   * @throws BadInputException if one is not there, or has none
   */
  public static List<Path> of(List<Path> given) {
    List<Path> out = new ArrayList<>();
    for (Path folder : given) {
      if (!Files.isDirectory(folder)) {
        throw new BadInputException(folder + ": there is no such folder");
      }
      List<Path> found = RunFolder.isOne(folder) ? List.of(folder) : within(folder);
      if (found.isEmpty()) {
        throw new BadInputException(
            folder
                + ": no results of a run: expected "
                + RunStore.RESULTS
                + " in it, or in folders that are in it");
      }
      found.stream().filter(path -> !out.contains(path)).forEach(out::add);
    }
    return out;
  }

  private static List<Path> within(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(RunFolder::isOne).sorted().toList();
    } catch (IOException e) {
      throw new UnavailableException(folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }
}
