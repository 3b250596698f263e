package io.drivemark.eval.runner.environment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemFilesTest {
  @TempDir Path root;

  @Test
  void whatIsNotThereIsAbsent() {
    SystemFiles files = new SystemFiles(root);
    assertEquals(Optional.empty(), files.governor());
    assertEquals(Optional.empty(), files.tickHz("6.1.0"));
    assertEquals(Optional.empty(), files.microcode());
  }

  @Test
  void governorsThatDifferAreAllNamed() throws IOException {
    write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n");
    write("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "performance\n");
    write("sys/devices/system/cpu/cpu2/online", "1\n");
    write("sys/devices/system/cpu/cpufreq/policy0/scaling_governor", "schedutil\n");
    assertEquals(Optional.of("performance,powersave"), new SystemFiles(root).governor());
  }

  @Test
  void theTickIsReadFromThePackedConfigurationOrThatBesideTheKernel() throws IOException {
    write("boot/config-6.1.0", "# CONFIG_HZ_100 is not set\nCONFIG_HZ_250=y\nCONFIG_HZ=250\n");
    SystemFiles files = new SystemFiles(root);
    assertEquals(Optional.of(250), files.tickHz("6.1.0"));
    assertEquals(Optional.empty(), files.tickHz("6.2.0"));
    Files.createDirectories(root.resolve("proc"));
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(root.resolve("proc/config.gz")))) {
      out.write("CONFIG_HZ=1000\n".getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(Optional.of(1000), files.tickHz("6.1.0"), "the running kernel's own goes first");
    Files.writeString(root.resolve("proc/config.gz"), "not packed");
    assertEquals(Optional.of(250), files.tickHz("6.1.0"));
  }

  @Test
  void theMicrocodeIsTheFirstProcessors() throws IOException {
    write("proc/cpuinfo", "processor\t: 0\nmicrocode\t: 0x1000065\nmicrocode\t: 0x7\n");
    assertEquals(Optional.of("0x1000065"), new SystemFiles(root).microcode());
  }

  @Test
  void aProgramHasOneDigestInJarsAndInFolders() throws IOException {
    write("classes/io/drivemark/A.class", "one");
    write("classes/io/drivemark/models/net.onnx", "weights");
    write("classes/META-INF/MANIFEST.MF", "Built-By: somebody");
    String folder = ProgramDigest.of(List.of(root.resolve("classes")));
    Path jar = root.resolve("a.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      zip.write("Built-By: somebody else".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("io/drivemark/A.class"));
      zip.write("one".getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(folder, ProgramDigest.of(List.of(jar)));
    write("classes/io/drivemark/models/net.onnx", "other weights");
    assertEquals(folder, ProgramDigest.of(List.of(root.resolve("classes"))), "cells name these");
    write("classes/io/drivemark/A.class", "two");
    assertNotEquals(folder, ProgramDigest.of(List.of(root.resolve("classes"))));
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
