package io.drivemark.eval.runner.shard.lease;

import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Files of a folder that others write into at the same time. Stateless. */
public final class SharedFiles {
  private SharedFiles() {}

  /** The text of a file; empty if there is none. */
  public static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UnavailableException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** What lies in a folder under such names, sorted by name; none where there is no folder. */
  public static List<Path> named(Path folder, Pattern name) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> name.matcher(path.getFileName().toString()).matches())
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new UnavailableException(folder + ": cannot be listed: " + e.getMessage(), e);
    }
  }
}
