package io.drivemark.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.testkit.SourceSizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The sizes of all modules' sources; the modules are those of the root's {@code pom.xml}. */
class SourceSizesTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void noSourceFileIsTooLong() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path module : modules()) {
      found.addAll(SourceSizes.longFiles(module.resolve("src/main/java")));
    }
    assertEquals(List.of(), found);
  }

  @Test
  void noPackageOfTheRunnerIsCrowded() throws IOException {
    assertEquals(List.of(), SourceSizes.crowdedPackages(ROOT.resolve("eval/runner/src/main/java")));
  }

  private static List<Path> modules() throws IOException {
    List<Path> modules =
        Pattern.compile("<module>([^<]+)</module>")
            .matcher(Files.readString(ROOT.resolve("pom.xml")))
            .results()
            .map(found -> ROOT.resolve(found.group(1)))
            .toList();
    assertTrue(modules.contains(ROOT.resolve("eval/runner")), () -> "modules: " + modules);
    return modules;
  }
}
