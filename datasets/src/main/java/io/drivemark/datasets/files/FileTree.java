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

/**
 * All files and folders below a folder, sorted. Links are followed; one that leads nowhere or back
 * to a folder above it is set apart and never entered, so that looking always ends. What systems
 * leave beside files ({@link FileNames#isLitter}) is left out. Immutable.
 *
 * @param files regular files, at any depth
 * @param folders the folder itself and all below it
 * @param brokenLinks links that lead nowhere or in a circle
 */
public record FileTree(List<Path> files, List<Path> folders, List<Path> brokenLinks) {
  public FileTree {
    files = files.stream().sorted().toList();
    folders = folders.stream().sorted().toList();
    brokenLinks = brokenLinks.stream().sorted().toList();
  }

  /**
   * Looks below a folder.
   *
   * @throws BadInputException if a folder cannot be listed
   */
  public static FileTree below(Path folder) {
    Visitor visitor = new Visitor();
    try {
      Files.walkFileTree(
          folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, visitor);
    } catch (IOException e) {
      throw new BadInputException(folder + ": cannot be listed: " + e.getMessage(), e);
    }
    return new FileTree(visitor.files, visitor.folders, visitor.brokenLinks);
  }

  /** The sentence about a link that {@link #brokenLinks()} names. */
  public static String brokenLink(Path link) {
    return link
        + ": a symbolic link that leads nowhere or in a circle; remove it, or let it lead to a file";
  }

  private static final class Visitor extends SimpleFileVisitor<Path> {
    private final List<Path> files = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();
    private final List<Path> brokenLinks = new ArrayList<>();

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (FileNames.isLitter(folder)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      folders.add(NameEncoding.requireReadable(folder));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (FileNames.isLitter(file)) {
        return FileVisitResult.CONTINUE;
      }
      NameEncoding.requireReadable(file);
      if (attributes.isRegularFile()) {
        files.add(file);
      } else if (attributes.isSymbolicLink()) {
        brokenLinks.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (Files.isSymbolicLink(file)) {
        brokenLinks.add(file); // A FileSystemLoopException, or what it leads to is gone.
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }
}
