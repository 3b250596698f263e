package io.drivemark.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Data outside the project: tests that need it are skipped, saying so, where it is absent. */
public final class SharedData {
  private SharedData() {}

  /** A file or folder below the property {@code drivemark.shared}; skips the test without it. */
  public static Path require(String relative) {
    Path path = Path.of(System.getProperty("drivemark.shared", "../shared")).resolve(relative);
    Assumptions.assumeTrue(Files.exists(path), () -> "skipped: no " + path);
    return path;
  }
}
