package io.drivemark.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the {@link MoodyEngine}s of other processes behave: files of a folder that all processes of a
 * test see. {@code skew-b} holds for executors of worker b, {@code skew} for all executors. A
 * process that is no executor of a test's cluster has no moods.
 */
final class Moods {
  /** The worker that a process belongs to. */
  static final String WORKER = "DRIVEMARK_TEST_WORKER";

  /** Where the folder is. */
  static final String FOLDER = "drivemark.test.moods";

  private final Path folder;

  Moods(Path folder) {
    this.folder = folder;
  }

  /** Those of this process, if it is an executor. */
  static Optional<Moods> here() {
    return Optional.ofNullable(System.getProperty(FOLDER))
        .filter(folder -> worker() != null)
        .map(folder -> new Moods(Path.of(folder)));
  }

  private static String worker() {
    return System.getenv(WORKER);
  }

  void set(String mood, String value) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(mood), value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes all moods back and forgets what was written down. */
  void clear() {
    try {
      Files.createDirectories(folder);
      try (Stream<Path> all = Files.list(folder)) {
        for (Path file : all.toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value of a mood that this process is in. */
  Optional<String> value(String mood) {
    return Stream.of(mood + "-" + worker(), mood)
        .map(folder::resolve)
        .filter(Files::exists)
        .findFirst()
        .map(Moods::text);
  }

  /** Writes down that something happened in this process. */
  void note(String what) {
    try {
      Files.writeString(
          folder.resolve("noted-" + worker() + "-" + ProcessHandle.current().pid()),
          what + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What happened, process by process. */
  List<List<String>> noted() {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().startsWith("noted-"))
          .sorted()
          .map(file -> text(file).lines().toList())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
