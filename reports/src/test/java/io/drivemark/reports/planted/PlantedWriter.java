package io.drivemark.reports.planted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file in place, and names another one itself. */
public final class PlantedWriter {
  void write(Path file) throws IOException {
    Files.writeString(file, "half a file");
    Files.move(file, file.resolveSibling("whole"), StandardCopyOption.ATOMIC_MOVE);
  }
}
