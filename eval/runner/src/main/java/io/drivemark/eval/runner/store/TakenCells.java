package io.drivemark.eval.runner.store;

import io.drivemark.eval.runner.evidence.Evidence;
import io.drivemark.files.DurableFiles;
import io.drivemark.problem.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Cells whose accuracy was taken over from an earlier run: copies without latency, with a file that
 * says where they were measured. Stateless.
 */
public final class TakenCells {
  /** Holds what the accuracy was measured in. */
  private static final String ORIGIN = "taken-from.txt";

  /** What a copy has of its own. */
  private static final Set<String> OWN =
      Set.of(
          ORIGIN,
          CellStore.RECORD,
          Evidence.LATENCY,
          Evidence.LATENCY_ALL_LIVE,
          Evidence.LATENCY_MASKED);

  private TakenCells() {}

  /** What the accuracy of a cell's folder was measured in; empty if it was in its own run. */
  public static Optional<String> origin(Path cell) {
    Path file = cell.resolve(ORIGIN);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw new UnavailableException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Copies counts and pictures of a cell. */
  static void copy(EarlierCells.Earlier from, Path to) {
    try (Stream<Path> all = Files.walk(from.folder())) {
      List<Path> files =
          all.map(from.folder()::relativize)
              .filter(file -> !OWN.contains(file.toString()))
              .filter(file -> Files.isRegularFile(from.folder().resolve(file)))
              .toList();
      for (Path file : files) {
        Path copy = to.resolve(file);
        Files.createDirectories(copy.getParent());
        Files.copy(from.folder().resolve(file), copy);
      }
      DurableFiles.write(to.resolve(ORIGIN), from.origin() + "\n");
    } catch (IOException e) {
      throw new UnavailableException(
          to + ": cannot be copied from " + from.folder() + ": " + e.getMessage(), e);
    }
  }
}
