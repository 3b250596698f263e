package io.drivemark.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The largest that may be, and one more. */
class SourceSizesTest {
  @TempDir private Path sources;
  private Path room;

  @BeforeEach
  void aPackage() throws IOException {
    room = Files.createDirectories(sources.resolve("io/room"));
  }

  @Test
  void aFileOfOneLineTooManyIsNamed() throws IOException {
    Files.writeString(room.resolve("Fits.java"), "line\n".repeat(350));
    assertEquals(List.of(), SourceSizes.longFiles(sources));
    Files.writeString(room.resolve("Long.java"), "line\n".repeat(351));
    assertEquals(
        List.of(Path.of("io/room/Long.java") + " has 351 lines, at most 350"),
        SourceSizes.longFiles(sources));
  }

  @Test
  void aPackageOfOneClassTooManyIsNamed() throws IOException {
    Files.writeString(room.resolve("package-info.java"), "");
    for (int i = 0; i < 20; i++) {
      Files.writeString(room.resolve("C" + i + ".java"), "");
    }
    assertEquals(List.of(), SourceSizes.crowdedPackages(sources));
    Files.writeString(room.resolve("C20.java"), "");
    assertEquals(
        List.of(Path.of("io/room") + " has 21 classes, at most 20"),
        SourceSizes.crowdedPackages(sources));
  }
}
