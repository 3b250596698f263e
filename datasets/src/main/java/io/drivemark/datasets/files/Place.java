package io.drivemark.datasets.files;

import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Where a path leads, whatever it is called: two paths with equal places are one file or folder, by
 * links, {@code ..}, other letters on file systems that take them for the same, or a second mount.
 * A path that is not there yet has a place too: what is there of it, and the names below.
 * Immutable.
 *
 * @param present what the file system calls the lowest file or folder that is there
 * @param missing the names below it that are not there, joined by {@code /}
 */
record Place(Object present, String missing) {
  /** Links behind each other that are followed; the usual limit of operating systems. */
  private static final int MOST_LINKS = 40;

  Place {
    Objects.requireNonNull(present, "present");
    Objects.requireNonNull(missing, "missing");
  }

  // Written out here: what Java makes for records is linked at its first use, which delays a start.
  @Override
  public boolean equals(Object other) {
    return other instanceof Place place
        && present.equals(place.present)
        && missing.equals(place.missing);
  }

  @Override
  public int hashCode() {
    return 31 * present.hashCode() + missing.hashCode();
  }

  /** The place of a path without links in it, as {@link #follow} gives it. */
  static Place of(Path path) {
    StringBuilder missing = new StringBuilder();
    Path at = path;
    while (!Files.exists(at) && at.getParent() != null) {
      missing.insert(0, "/" + at.getFileName());
      at = at.getParent();
    }
    return new Place(key(at), missing.toString());
  }

  private static Object key(Path path) {
    try {
      Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      return key == null ? path.toRealPath() : key;
    } catch (IOException e) {
      return path;
    }
  }

  /**
   * Where a path leads: every link on the way is followed, also one to what is not there.
   *
   * @throws BadInputException if links lead in a circle
   */
  static Path follow(Path path) {
    return follow(path.toAbsolutePath(), MOST_LINKS);
  }

  /** As {@link #follow} for the folder alone: the entry that replacing a file would replace. */
  static Path entry(Path path) {
    Path absolute = path.toAbsolutePath();
    Path folder = absolute.getParent();
    return folder == null ? absolute : follow(folder).resolve(absolute.getFileName());
  }

  private static Path follow(Path absolute, int links) {
    Path at = absolute.getRoot();
    for (Path name : absolute) {
      if (name.toString().equals("..")) {
        at = at.getParent() == null ? at : at.getParent();
      } else if (!name.toString().equals(".")) {
        at = linked(at.resolve(name), absolute, links);
      }
    }
    return at;
  }

  private static Path linked(Path at, Path whole, int links) {
    if (!Files.isSymbolicLink(at)) {
      return at;
    }
    if (links == 0) {
      throw new BadInputException(whole + ": symbolic links that lead in a circle; remove them");
    }
    try {
      return follow(at.getParent().resolve(Files.readSymbolicLink(at)), links - 1);
    } catch (IOException e) {
      throw new BadInputException(at + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
