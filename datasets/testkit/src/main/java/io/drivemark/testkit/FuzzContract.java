package io.drivemark.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever a reader is given, it answers or refuses with an exception that the user can act on, in
 * less than 5 s and without much memory. A subclass with a constructor without arguments names the
 * reader and a few valid inputs; these are damaged (bits, lengths, blocks repeated or left out,
 * numbers, tokens of the format) in an order that a seed fixes.
 *
 * <p>{@code mvn verify} reads damaged inputs for a second, always the same ones. The long run is
 * tagged {@code fuzz}, has a process of its own with a heap of 512 MB, and takes what time and seed
 * it is given (10 minutes and a seed by the clock without):
 *
 * <pre>
 * mvn test -Dexcluded.tags= -Dgroups=fuzz -Dfuzz.minutes=60
 * mvn -pl datasets -am test -Dexcluded.tags= -Dgroups=fuzz -Dfuzz.seed=7 \
 *     -Dtest=YamlFuzzTest -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 *
 * Inputs that a reader does not stand lie in {@code target/fuzz/NAME/*.b64}. Mend the reader and
 * keep the file as {@code src/test/resources/fuzz/NAME/WHAT-IT-WAS.b64}: kept inputs come first in
 * every run.
 */
public abstract class FuzzContract {
  private static final long SEED = 20_260_101;
  private static final Path FINDINGS = Path.of("target", "fuzz");

  /** The reader, with valid inputs. */
  protected abstract FuzzTarget target();

  @Test
  final void damagedInputIsReadOrRefused() throws IOException {
    FuzzTarget target = target();
    FuzzRun run =
        new FuzzRun(
            target,
            FuzzCorpus.kept(target, getClass().getClassLoader()),
            SEED,
            Duration.ofMillis(Long.getLong("fuzz.millis", 1000)),
            FuzzRun.HANG);
    Collection<FuzzFinding> findings = run.run();
    assertEquals("", FuzzRun.report(target, findings, FINDINGS));
    assertTrue(run.count() > target.seeds().size(), "no damaged input was read");
  }

  @Test
  @Tag("fuzz")
  final void damagedInputIsReadOrRefusedForLong() throws Exception {
    long seconds = Math.round(60 * Double.parseDouble(System.getProperty("fuzz.minutes", "10")));
    long seed = Long.getLong("fuzz.seed", System.currentTimeMillis());
    Files.createDirectories(FINDINGS);
    File log = FINDINGS.resolve(getClass().getSimpleName() + ".log").toFile();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("-Djava.awt.headless=true");
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("drivemark.") || name.startsWith("ai.djl.")) {
        command.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(FuzzMain.class.getName());
    command.addAll(List.of(getClass().getName(), "" + seconds, "" + seed, FINDINGS.toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    int code = process.waitFor();
    String text = Files.readString(log.toPath());
    assertEquals(0, code, () -> "seed " + seed + "\n" + text);
    System.out.println(text.strip());
  }
}
