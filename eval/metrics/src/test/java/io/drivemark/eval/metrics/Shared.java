package io.drivemark.eval.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.drivemark.testkit.SharedData;
import java.io.IOException;
import java.nio.file.Path;

/** Test data that is not part of the project; tests skip where it is absent. */
public final class Shared {
  private Shared() {}

  public static Path fixture(String name) {
    return SharedData.require("fixtures/" + name);
  }

  public static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(fixture(name).toFile());
  }
}
