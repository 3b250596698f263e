package io.drivemark.eval.runner;

import io.drivemark.eval.runner.store.CellStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The output folder of one network that lies among the test resources, as copies. */
public final class KeptCell {
  private KeptCell() {}

  /** Copies the folder into another one. */
  public static void copy(Path to) {
    try (Stream<Path> all = Files.walk(folder())) {
      for (Path path : all.sorted().toList()) {
        Path copy = to.resolve(folder().relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(path, copy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of the cell in a copy. */
  public static Path cell(Path copy) {
    try (Stream<Path> cells = Files.list(copy.resolve(CellStore.FOLDER))) {
      return cells.findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder itself. */
  public static Path folder() {
    try {
      return Path.of(KeptCell.class.getResource("/kept-cell").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
