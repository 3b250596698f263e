package io.drivemark.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** How large source files and packages are, and which are larger than they may be. Stateless. */
public final class SourceSizes {
  /** The most lines a source file may have. */
  public static final int LINES = 350;

  /** The most classes a package may have; {@code package-info.java} is none. */
  public static final int CLASSES = 20;

  private SourceSizes() {}

  /**
   * The source files of more than {@link #LINES} lines, one sentence each, sorted by path.
   *
   * @param sources a folder of sources, searched at any depth
   * @throws IOException if the folder cannot be read
   */
  public static List<String> longFiles(Path sources) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files(sources)) {
      int lines = Files.readAllLines(file).size();
      if (lines > LINES) {
        found.add(sources.relativize(file) + " has " + lines + " lines, at most " + LINES);
      }
    }
    return found;
  }

  /**
   * The packages of more than {@link #CLASSES} source files, one sentence each, sorted by path.
   *
   * @param sources a folder of sources, searched at any depth
   * @throws IOException if the folder cannot be read
   */
  public static List<String> crowdedPackages(Path sources) throws IOException {
    Map<Path, Integer> counts = new TreeMap<>();
    for (Path file : files(sources)) {
      if (!file.endsWith("package-info.java")) {
        counts.merge(sources.relativize(file).getParent(), 1, Integer::sum);
      }
    }
    List<String> found = new ArrayList<>();
    counts.forEach(
        (folder, count) -> {
          if (count > CLASSES) {
            found.add(folder + " has " + count + " classes, at most " + CLASSES);
          }
        });
    return found;
  }

  private static List<Path> files(Path sources) throws IOException {
    try (Stream<Path> all = Files.walk(sources)) {
      return all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
