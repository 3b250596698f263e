package io.drivemark.architectures.engine.onnxruntime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.drivemark.architectures.engine.Availability;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A program that uses this one as a library and has not the launcher's environment. */
class LibraryStartTest {
  @TempDir Path folder;

  /** The other program: starts the engine, and says nothing else. */
  static final class OtherProgram {
    private OtherProgram() {}

    public static void main(String[] args) {
      boolean ready = new OnnxRuntimeEngine().probe() instanceof Availability.Ready;
      System.out.println(ready ? "ready" : "missing");
    }
  }

  private List<Path> below(String name) throws Exception {
    Path at = folder.resolve(name);
    if (!Files.exists(at)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(at)) {
      return files.filter(f -> !f.equals(at)).sorted().toList();
    }
  }

  private String start() throws Exception {
    Files.createDirectories(folder.resolve("temporary"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder.resolve("temporary"),
                "-Duser.home=" + folder.resolve("home"),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProgram.class.getName())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("HOME", folder.resolve("home").toString());
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    return said;
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void nothingIsReportedToAnybodyAndNoTemporaryFolderIsLeft() throws Exception {
    for (int i = 0; i < 2; i++) {
      assertEquals("ready\n", start());
      assertEquals(
          List.of(),
          below("home").stream().filter(f -> f.toString().contains("Microsoft")).toList(),
          "what reports its use keeps an identifier there");
      assertEquals(List.of(), below("temporary"));
    }
    assertEquals(
        2,
        below("home").stream()
            .filter(f -> f.toString().contains("onnxruntime"))
            .filter(Files::isRegularFile)
            .count(),
        "both libraries, once");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aDamagedLibraryInTheCacheIsUnpackedAnew() throws Exception {
    Path unpacked = OnnxRuntimeNatives.unpacked(folder).orElseThrow();
    Path library = unpacked.resolve(System.mapLibraryName("onnxruntime4j_jni"));
    byte[] whole = Files.readAllBytes(library);
    Files.write(library, new byte[] {1, 2, 3});
    assertEquals(unpacked, OnnxRuntimeNatives.unpacked(folder).orElseThrow());
    assertArrayEquals(whole, Files.readAllBytes(library));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aFolderThatOthersMayWriteIntoIsNotTaken() throws Exception {
    Path unpacked = OnnxRuntimeNatives.unpacked(folder).orElseThrow();
    Files.setPosixFilePermissions(
        unpacked, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));
    assertTrue(OnnxRuntimeNatives.unpacked(folder).isEmpty());
  }
}
