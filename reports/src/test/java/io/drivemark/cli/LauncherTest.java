package io.drivemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The start script, with a Java that only says how it was called; and what a start loads. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final Path SCRIPT = Path.of("src/main/distribution/bin/drivemark");

  @TempDir Path folder;

  @Test
  void linksAreFollowedAndArgumentsKeptWhole() throws Exception {
    Path home = folder.toRealPath().resolve("a home");
    Path script = install(home);
    Path java = fakeJava();
    Path link = Files.createSymbolicLink(folder.resolve("drivemark"), script);
    Said said =
        run(List.of(link.toString(), "run", "a study.yaml"), Map.of("JAVA_HOME", java + ""));
    List<String> arguments = said.text().lines().toList();
    assertEquals(0, said.exitCode(), said.text());
    assertEquals(
        List.of("run", "a study.yaml"), arguments.subList(arguments.size() - 2, arguments.size()));
    assertTrue(arguments.contains("io.drivemark.cli.Main"), said.text());
    assertTrue(
        arguments.contains(home + "/lib/drivemark-reports.jar:" + home + "/lib/*"), said.text());
    assertTrue(arguments.contains("-Dai.djl.offline=true"), said.text());
    assertTrue(arguments.contains("-DOPT_OUT_TRACKING=true"), said.text());
  }

  /** The build leaves an archive of classes; a distribution without one starts as well. */
  @Test
  void theClassArchiveIsHandedToJavaWhereThereIsOne() throws Exception {
    Path home = folder.toRealPath().resolve("a home");
    Path script = install(home);
    List<String> command = List.of(script.toString(), "--version");
    Map<String, String> environment = Map.of("JAVA_HOME", fakeJava() + "");
    String option = "-XX:SharedArchiveFile=";
    assertFalse(run(command, environment).text().contains(option));
    Path archive = Files.createFile(home.resolve("drivemark.jsa"));
    Path place = Files.writeString(home.resolve("drivemark.place"), home + "\n");
    assertTrue(
        run(command, environment).text().lines().toList().contains(option + archive),
        "the archive is one word");
    // A copy elsewhere: Java would leave its own classes laid out alone as well.
    Files.writeString(place, folder + "\n");
    assertFalse(run(command, environment).text().contains(option));
    Files.delete(place);
    assertFalse(run(command, environment).text().contains(option));
  }

  /** Java refuses two collectors, so whoever chooses one must not meet another. */
  @ParameterizedTest(name = "{0} with \"{1}\"")
  @CsvSource({
    "score, '', true",
    "--help, '', true",
    "score, -Xmx2g, true",
    "score, -Xmx2g -XX:+UseParallelGC, false",
    "score, -XX:-UseSerialGC, false",
    "train, '', false",
    "run, '', false"
  })
  void theSimplestCollectorServesWhatRunsNoNetwork(String command, String options, boolean simplest)
      throws Exception {
    Path script = install(folder.toRealPath().resolve("home"));
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            fakeJava() + "",
            "DRIVEMARK_OPTS",
            options,
            "JAVA_TOOL_OPTIONS",
            "",
            "JDK_JAVA_OPTIONS",
            "");
    Said said = run(List.of(script.toString(), command), environment);
    assertEquals(simplest, said.text().lines().toList().contains("-XX:+UseSerialGC"), said.text());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "score --json x.json, true",
    "score --json x.json --metrics flicker, false",
    "score --boundaries, false",
    "--help, true",
    "list models, true",
    "score-depth, false",
    "run score, false"
  })
  void whatIsOverSoonIsCompiledQuickly(String arguments, boolean quickly) throws Exception {
    Path script = install(folder.toRealPath().resolve("home"));
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments.split(" ")));
    List<String> said = run(command, Map.of("JAVA_HOME", fakeJava() + "")).text().lines().toList();
    assertEquals(quickly, said.contains("-XX:TieredStopAtLevel=1"), said.toString());
  }

  @ParameterizedTest(name = "{0} with \"{1}\"")
  @CsvSource({
    "train --epochs 3, '', 1",
    "prune --model m, '', 1",
    "run study.yaml --out out --until variants, '', 1",
    "train --epochs 3, 4, 4",
    "run study.yaml --out out, '', none",
    "score train, '', none"
  })
  void trainingsAllocateFromOneArena(String arguments, String given, String expected)
      throws Exception {
    Path script = install(folder.toRealPath().resolve("home"));
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments.split(" ")));
    Path java = fakeJava("echo arenas ${MALLOC_ARENA_MAX:-none}");
    Map<String, String> environment = Map.of("JAVA_HOME", java + "", "MALLOC_ARENA_MAX", given);
    assertEquals("arenas " + expected + "\n", run(command, environment).text());
  }

  /** Java itself checks whether the archive fits; what is none must not be mentioned either. */
  @ParameterizedTest(name = "an archive of \"{0}\"")
  @ValueSource(strings = {"", "this is no archive of classes"})
  void anArchiveThatDoesNotFitIsIgnored(String content) throws Exception {
    Path home = folder.toRealPath().resolve("home");
    Path script = install(home);
    Files.writeString(home.resolve("drivemark.jsa"), content);
    Files.writeString(home.resolve("drivemark.place"), home + "\n");
    List<String> said =
        run(List.of(script.toString()), Map.of("JAVA_HOME", fakeJava() + ""))
            .text()
            .lines()
            .toList();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(said.subList(0, said.indexOf("-cp")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.drivemark.cli.Main", "--version"));
    assertEquals(new Said(0, "drivemark (not packaged)\n"), run(command, Map.of()));
  }

  @Test
  void withoutJavaItSaysWhatToDo() throws Exception {
    Path script = install(folder.resolve("home"));
    Said said = run(List.of("/bin/sh", script.toString()), Map.of("JAVA_HOME", "/nowhere"));
    assertEquals(3, said.exitCode());
    assertEquals(
        "drivemark: /nowhere/bin/java was not found: install Java 17 or later, or set JAVA_HOME to"
            + " where it is\n",
        said.text());
  }

  @Test
  void helpLoadsNoEngineAndNoNativeLibrary() throws Exception {
    Path classes = folder.resolve("classes.txt");
    Said said =
        run(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load=info:file=" + classes,
                "-cp",
                System.getProperty("java.class.path"),
                "io.drivemark.cli.Main",
                "--help"),
            Map.of());
    assertEquals(0, said.exitCode(), said.text());
    assertTrue(said.text().startsWith("Usage: drivemark"), said.text());
    List<String> heavy =
        Files.readAllLines(classes).stream()
            .filter(
                line ->
                    line.matches(
                        ".* (ai\\.|org\\.opencv|org\\.bytedeco|tech\\.tablesaw|gg\\.jte|com\\.sun\\.jna).*"))
            .toList();
    assertEquals(List.of(), heavy);
  }

  private Path install(Path home) throws IOException {
    Path script = home.resolve("bin/drivemark");
    Files.createDirectories(script.getParent());
    Files.copy(SCRIPT, script);
    return executable(script);
  }

  private Path fakeJava() throws IOException {
    return fakeJava("for a in \"$@\"; do echo \"$a\"; done");
  }

  private Path fakeJava(String says) throws IOException {
    Path java = folder.resolve("java home/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\n" + says + "\n");
    executable(java);
    return java.getParent().getParent();
  }

  private static Path executable(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Said(int exitCode, String text) {}

  private static Said run(List<String> command, Map<String, String> environment) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }
}
