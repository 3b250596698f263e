package io.drivemark.eval.runner.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.eval.gauge.standard.CalibrationGauge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The studies to start from can be read, and read back from what a run writes of them. */
class ShippedStudiesTest {
  private static final Path STUDIES = Path.of("../studies");

  private static List<Path> studies() throws IOException {
    try (Stream<Path> files = Files.list(STUDIES)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> read(file).contains("schema: " + Study.SCHEMA))
          .sorted()
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void eachIsReadAndReadBack() throws IOException {
    List<Path> all = studies();
    assertTrue(all.size() > 15, all.toString());
    for (Path file : all) {
      Study study = Study.read(file);
      assertEquals(study, Study.parse(file + ", written", study.toYaml()), file.toString());
    }
  }

  @Test
  void whatPruningDoesToRobustnessIsAskedOfConfidencesToo() throws IOException {
    List<Path> robust =
        studies().stream()
            .filter(file -> file.getFileName().toString().startsWith("robustness-"))
            .toList();
    assertEquals(4, robust.size(), robust.toString());
    for (Path file : robust) {
      assertTrue(Study.read(file).gauges().contains(CalibrationGauge.NAME), file.toString());
    }
  }
}
