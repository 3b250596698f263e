package io.drivemark.datasets.files;

import io.drivemark.problem.BadInputException;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Folders that something is read from, those included that are not there yet: a folder, and what
 * the names of folders below it look like, each with a {@code /} after it. Immutable.
 *
 * @param base the folder
 * @param below an expression for the whole of the names below; empty for the folder itself
 */
public record FolderShape(Path base, Pattern below) {
  private static final Pattern ANY_DEPTH = Pattern.compile("(?:[^/]+/)*");

  public FolderShape {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(below, "below");
  }

  /** A folder and all below it. */
  public static FolderShape tree(Path base) {
    return new FolderShape(base, ANY_DEPTH);
  }

  /** Whether a folder with these names below {@link #base} is one of them. */
  boolean has(String names) {
    return below.matcher(names).matches();
  }

  /** Whether a folder with these names below {@link #base}, or one below it, is one of them. */
  boolean mayHaveBelow(String names) {
    Matcher m = below.matcher(names);
    return m.matches() || m.hitEnd();
  }

  /** Those that are there. */
  public List<Path> present() {
    List<Path> out = new ArrayList<>();
    if (!Files.isDirectory(base)) {
      return out;
    }
    try {
      Files.walkFileTree(
          base, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new Visitor(out));
    } catch (IOException e) {
      throw new BadInputException(base + ": cannot be listed: " + e.getMessage(), e);
    }
    return out;
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final List<Path> out;

    Visitor(List<Path> out) {
      this.out = out;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      StringBuilder names = new StringBuilder();
      if (!folder.equals(base)) {
        base.relativize(folder).forEach(name -> names.append(name).append('/'));
      }
      Matcher m = below.matcher(names);
      boolean found = m.matches();
      if (found) {
        out.add(folder);
      }
      return m.hitEnd() ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE; // A link in a circle, or a folder that may not be listed.
    }
  }
}
