package io.drivemark.eval.runner.store;

import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Paths that a record names below an output folder. A record may come from anywhere, so that none
 * of its paths may lead out of the folder: not as an absolute path, by {@code ..}, or by a link.
 * Stateless.
 */
public final class FolderBelow {
  private FolderBelow() {}

  /**
   * The file or folder of that name.
   *
   * @param record what names it, for messages
   * @param folder the folder it must lie below
   * @param name the path relative to that folder, as the record has it
   * @throws BadInputException if it leads out of the folder, links followed
   */
  public static Path resolve(String record, Path folder, String name) {
    Path path;
    try {
      path = Path.of(name);
    } catch (InvalidPathException e) {
      throw refused(record, folder, name, "is no path");
    }
    if (path.isAbsolute()) {
      throw refused(record, folder, name, "is an absolute path");
    }
    for (Path part : path) {
      if (part.toString().equals("..")) {
        throw refused(record, folder, name, "has '..' in it");
      }
    }
    Path file = folder.resolve(path);
    try {
      if (Files.exists(file) && !file.toRealPath().startsWith(folder.toRealPath())) {
        throw refused(record, folder, name, "leads out of the folder by a link");
      }
    } catch (IOException e) {
      throw new BadInputException(record + ": " + file + " cannot be read: " + e.getMessage(), e);
    }
    return file;
  }

  private static BadInputException refused(String record, Path folder, String name, String what) {
    return new BadInputException(
        record
            + ": '"
            + name
            + "' "
            + what
            + "; records may only name files below "
            + folder
            + ": this one was changed, or is from a stranger");
  }
}
