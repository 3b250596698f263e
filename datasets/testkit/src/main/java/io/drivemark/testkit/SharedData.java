package io.drivemark.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Data outside the project: tests that need it are skipped, saying so, where it is absent. */
public final class SharedData {
  private SharedData() {}

  /** Where a file or folder lies below the property {@code drivemark.shared}, if it is there. */
  public static Path path(String relative) {
    return Path.of(System.getProperty("drivemark.shared", "../shared"))
        .resolve(relative)
        .toAbsolutePath()
        .normalize();
  }

  /** A file or folder below the property {@code drivemark.shared}; skips the test without it. */
  public static Path require(String relative) {
    Path path = path(relative);
    Assumptions.assumeTrue(
        Files.exists(path), () -> "skipped: no " + path + " (set -Ddrivemark.shared)");
    return path;
  }
}
