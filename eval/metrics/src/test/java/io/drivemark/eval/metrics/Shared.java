package io.drivemark.eval.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Test data that is not part of the project; tests skip where it is absent. */
public final class Shared {
  private Shared() {}

  public static Path fixture(String name) {
    Path path = Path.of(System.getProperty("drivemark.shared", "../shared"), "fixtures", name);
    Assumptions.assumeTrue(
        Files.exists(path), "skipped: " + path + " is absent (set -Ddrivemark.shared)");
    return path;
  }

  public static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(fixture(name).toFile());
  }
}
