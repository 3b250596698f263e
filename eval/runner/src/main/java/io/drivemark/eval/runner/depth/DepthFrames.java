package io.drivemark.eval.runner.depth;

import io.drivemark.datasets.files.FileTree;
import io.drivemark.problem.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The PNG files below a folder by id: the name without its suffix where that tells all of them
 * apart, else the folders and the name joined by {@code _}. Immutable.
 */
final class DepthFrames {
  private static final String SUFFIX = ".png";

  private DepthFrames() {}

  /**
   * Finds the files, sorted by path.
   *
   * @throws BadInputException if the folder is not there, holds none, or two would have one id
   */
  static Map<String, Path> below(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(
          folder + ": no such folder; expected the true distances there, one PNG a frame");
    }
    List<Path> files = new ArrayList<>();
    for (Path file : FileTree.below(folder).files()) {
      if (file.getFileName().toString().endsWith(SUFFIX)) {
        files.add(file);
      }
    }
    if (files.isEmpty()) {
      throw new BadInputException(
          folder + ": no PNG below it; expected the true distances, one PNG a frame");
    }
    files.sort(null);
    boolean byName = files.stream().map(Path::getFileName).distinct().count() == files.size();
    Map<String, Path> out = new LinkedHashMap<>();
    for (Path file : files) {
      Path named = byName ? file.getFileName() : folder.relativize(file);
      List<String> parts = new ArrayList<>();
      named.forEach(part -> parts.add(part.toString()));
      String id = String.join("_", parts);
      Path other = out.put(id.substring(0, id.length() - SUFFIX.length()), file);
      if (other != null) {
        throw new BadInputException(
            other + " and " + file + " would both be frame " + id + "; rename one");
      }
    }
    return out;
  }
}
